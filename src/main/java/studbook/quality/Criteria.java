package studbook.quality;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.stream.Stream;
import studbook.store.Audit;
import studbook.store.Census;
import studbook.store.LastOutcomes;
import studbook.store.LedgerTotals;
import studbook.store.RunEvents;
import studbook.store.Runs;
import studbook.store.Tally;
import studbook.text.Words;

/**
 * The success criteria: two of the tables as they stand, three of a run together with the runs that
 * it retries or that retry it.
 *
 * @param chain these runs, the oldest first; none where there is no run yet
 * @param totals of each of these
 */
record Criteria(
    Audit audit,
    Thresholds thresholds,
    List<Runs.Run> chain,
    List<LedgerTotals> totals,
    Clock clock) {

  /**
   * Computes them all.
   *
   * @param pedigrees horses with a row in ra_horse_pedigree
   */
  static List<Criterion> take(
      Audit audit, Thresholds thresholds, List<Runs.Run> chain, long pedigrees, Clock clock) {
    Census census = audit.census();
    List<LedgerTotals> totals =
        chain.isEmpty() ? List.of() : audit.totals(chain.stream().map(Runs.Run::id).toList());
    Criteria criteria = new Criteria(audit, thresholds, chain, totals, clock);
    return List.of(
        criteria.atLeast(
            "enriched",
            "with dob / horses",
            census.enriched(),
            census.horses(),
            thresholds.enriched()),
        criteria.atLeast(
            "pedigree",
            "with pedigree / horses",
            pedigrees,
            census.horses(),
            thresholds.pedigree()),
        criteria.errors(),
        criteria.critical(),
        criteria.agreement());
  }

  /** What is not reached while a run is not over is a warning: it may be reached yet. */
  private Criterion atLeast(String key, String formula, long part, long whole, double limit) {
    Result missed = isUnfinished() ? Result.WARN : Result.FAIL;
    return share(
        key,
        formula,
        new long[] {part, whole},
        "≥ " + Limits.plain(limit) + "%",
        percent -> percent >= limit,
        missed);
  }

  private boolean isUnfinished() {
    return chain.stream().anyMatch(Runs.Run::isUnfinished);
  }

  private Criterion errors() {
    LastOutcomes outcomes = outcomes();
    return share(
        "errors",
        "failed / attempted",
        new long[] {outcomes.failed(), outcomes.attempted()},
        "< " + Limits.plain(thresholds.errors()) + "%",
        percent -> percent < thresholds.errors(),
        Result.FAIL);
  }

  private LastOutcomes outcomes() {
    return switch (totals.size()) {
      case 0 -> new LastOutcomes(0, 0);
      case 1 -> {
        Tally ledger = totals.getFirst().ledger();
        yield new LastOutcomes(ledger.processed(), ledger.failed());
      }
      default -> audit.lastOutcomes(chain.stream().map(Runs.Run::id).toList());
    };
  }

  private static Criterion share(
      String key,
      String formula,
      long[] parts,
      String limit,
      DoublePredicate isMet,
      Result missed) {
    double percent = parts[1] == 0 ? 0 : 100.0 * parts[0] / parts[1];
    return new Criterion(
        key,
        formula,
        Words.count(parts[0]) + " / " + Words.count(parts[1]),
        parts[1] == 0
            ? Optional.empty()
            : Optional.of(new Criterion.Figure(percent, Percent.text(percent))),
        limit,
        parts[1] == 0 ? Result.NOT_APPLICABLE : isMet.test(percent) ? Result.PASS : missed,
        List.of());
  }

  private Criterion critical() {
    Instant now = audit.now();
    List<Interruption> found =
        chain.stream().flatMap(run -> interruptions(run, audit.events(run.id()), now)).toList();
    return count(
        "critical",
        "ended, paused > " + Words.duration(thresholds.pause()),
        Interruption.criticalCauses(),
        found.size(),
        found.stream().map(one -> sentence(one, now)).toList());
  }

  private Stream<Interruption> interruptions(
      Runs.Run run, List<RunEvents.Event> events, Instant now) {
    return Interruption.critical(run.id(), events, now, thresholds.pause()).stream();
  }

  private String sentence(Interruption one, Instant now) {
    Duration length = one.length(now);
    String cause = Interruption.words(one.cause());
    return one.ended() && one.until().isEmpty()
        ? "run %d was ended by %s on %s".formatted(one.run(), cause, Words.day(one.from(), clock))
        : "run %d %s for %s by %s, from %s"
            .formatted(
                one.run(),
                one.until().isPresent() ? "was paused" : "has been paused",
                Words.duration(length),
                cause,
                Words.day(one.from(), clock));
  }

  private Criterion agreement() {
    long difference = totals.stream().mapToLong(LedgerTotals::difference).sum();
    return count(
        "totals",
        "pieces = ledger = rows",
        Words.count(totals.stream().mapToLong(one -> one.ledger().total()).sum(), "horse"),
        difference,
        totals.stream().flatMap(one -> Differences.of(one).stream()).toList());
  }

  private Criterion count(
      String key, String formula, String counted, long number, List<String> notes) {
    return new Criterion(
        key,
        formula,
        counted,
        chain.isEmpty()
            ? Optional.empty()
            : Optional.of(new Criterion.Figure(number, Words.count(number))),
        "0",
        chain.isEmpty() ? Result.NOT_APPLICABLE : number == 0 ? Result.PASS : Result.FAIL,
        notes);
  }
}
