package studbook.quality;

import static studbook.text.HumanFormat.day;
import static studbook.text.HumanFormat.duration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.stream.Stream;
import studbook.quality.Criterion.CriterionFigure;
import studbook.store.run.RunRepository.RunRow;
import studbook.store.statistics.ConsistencyTotals;
import studbook.store.statistics.ConsistentSnapshot;
import studbook.store.statistics.FinalOutcomeCounts;
import studbook.store.table.TableCounts;
import studbook.store.work.RunEventRepository.RunEvent;
import studbook.text.HumanFormat;

/**
 * The success criteria: two of the current tables, one of the requested horses, two of a run with
 * the runs of its retry chain. While some horses were never requested, two more cover those that
 * were.
 *
 * @param chain these runs, oldest first; none if there is no run yet
 * @param totals of each of these
 * @param counts of the requested horses
 * @param notAttempted horses that no run has requested
 */
record Criteria(
    ConsistentSnapshot snapshot,
    Thresholds thresholds,
    List<RunRow> chain,
    List<ConsistencyTotals> totals,
    FinalOutcomeCounts counts,
    long notAttempted,
    Clock clock) {

  /** Fewer horses do not give a meaningful share. */
  private static final long FEWEST = 10;

  /**
   * Computes all criteria.
   *
   * @param judged the runs whose horses count, oldest first
   * @param pedigrees horses with a row in ra_horse_pedigree
   */
  static List<Criterion> compute(
      ConsistentSnapshot snapshot,
      Thresholds thresholds,
      List<RunRow> chain,
      List<Long> judged,
      long pedigrees,
      Clock clock) {
    TableCounts counts = snapshot.tableCounts();
    Criteria criteria =
        new Criteria(
            snapshot,
            thresholds,
            chain,
            chain.isEmpty() ? List.of() : snapshot.totals(chain.stream().map(RunRow::id).toList()),
            judged.isEmpty() ? FinalOutcomeCounts.NONE : snapshot.lastOutcomes(judged),
            snapshot.notAttempted(),
            clock);
    List<Criterion> all = new ArrayList<>();
    all.add(
        criteria.atLeast(
            "enriched",
            "with dob / horses",
            new long[] {counts.enriched(), counts.horses()},
            thresholds.enriched()));
    all.add(
        criteria.atLeast(
            "pedigree",
            "with pedigree / horses",
            new long[] {pedigrees, counts.horses()},
            thresholds.pedigree()));
    if (criteria.isPartial()) {
      all.addAll(criteria.ofRequestedHorses());
    }
    all.add(criteria.errors());
    all.add(criteria.critical());
    all.add(criteria.agreement());
    return all;
  }

  /** Not reached yet, because the work is not over, is no failure. */
  private Criterion atLeast(String key, String formula, long[] parts, double limit) {
    CheckStatus missed =
        isUnfinished() ? CheckStatus.WARN : isPartial() ? CheckStatus.NOT_YET : CheckStatus.FAIL;
    return share(
        key,
        formula,
        parts,
        "≥ " + ThresholdRange.plain(limit) + "%",
        percent -> percent >= limit,
        missed);
  }

  private boolean isUnfinished() {
    return chain.stream().anyMatch(RunRow::isUnfinished);
  }

  /** Whether runs have requested some horses of the tables and not others. */
  private boolean isPartial() {
    return notAttempted > 0 && counts.attempted() > 0;
  }

  private List<Criterion> ofRequestedHorses() {
    long present = counts.present();
    return List.of(
        ofRequestedHorses(
            "enriched_requested",
            "with dob / requested",
            new long[] {counts.enriched(), present},
            thresholds.enriched()),
        ofRequestedHorses(
            "pedigree_requested",
            "with pedigree / requested",
            new long[] {counts.pedigrees(), present},
            thresholds.pedigree()));
  }

  /** One horse may always be missing: of ten it would be more than the limit allows. */
  private Criterion ofRequestedHorses(String key, String formula, long[] parts, double limit) {
    boolean judged = parts[1] >= FEWEST;
    return share(
        key,
        formula,
        parts,
        "≥ " + ThresholdRange.plain(limit) + "%",
        percent -> percent >= limit || parts[1] - parts[0] <= 1,
        isUnfinished() ? CheckStatus.WARN : judged ? CheckStatus.FAIL : CheckStatus.NOT_APPLICABLE);
  }

  private Criterion errors() {
    return share(
        "errors",
        "failed / attempted",
        new long[] {counts.failed(), counts.attempted()},
        "< " + ThresholdRange.plain(thresholds.errors()) + "%",
        percent -> percent < thresholds.errors(),
        CheckStatus.FAIL);
  }

  private static Criterion share(
      String key,
      String formula,
      long[] parts,
      String limit,
      DoublePredicate isMet,
      CheckStatus missed) {
    double percent = parts[1] == 0 ? 0 : 100.0 * parts[0] / parts[1];
    return new Criterion(
        key,
        formula,
        HumanFormat.count(parts[0]) + " / " + HumanFormat.count(parts[1]),
        parts[1] == 0
            ? Optional.empty()
            : Optional.of(new CriterionFigure(percent, PercentFormat.text(percent))),
        limit,
        parts[1] == 0
            ? CheckStatus.NOT_APPLICABLE
            : isMet.test(percent) ? CheckStatus.PASS : missed,
        List.of());
  }

  private Criterion critical() {
    Instant now = snapshot.now();
    List<CriticalOutage> found =
        chain.stream().flatMap(run -> interruptions(run, snapshot.events(run.id()), now)).toList();
    return count(
        "critical",
        "ended, paused > " + duration(thresholds.pause()),
        CriticalOutage.criticalCauses(),
        found.size(),
        found.stream().map(outage -> sentence(outage, now)).toList());
  }

  private Stream<CriticalOutage> interruptions(RunRow run, List<RunEvent> events, Instant now) {
    return CriticalOutage.critical(run.id(), events, now, thresholds.pause()).stream();
  }

  private String sentence(CriticalOutage outage, Instant now) {
    Duration length = outage.length(now);
    String cause = CriticalOutage.words(outage.cause());
    return outage.ended() && outage.until().isEmpty()
        ? "run %d was ended by %s on %s".formatted(outage.run(), cause, day(outage.from(), clock))
        : "run %d %s for %s by %s, from %s"
            .formatted(
                outage.run(),
                outage.until().isPresent() ? "was paused" : "has been paused",
                duration(length),
                cause,
                day(outage.from(), clock));
  }

  private Criterion agreement() {
    long difference = totals.stream().mapToLong(ConsistencyTotals::difference).sum();
    return count(
        "totals",
        "chunks = work items = rows",
        HumanFormat.count(totals.stream().mapToLong(one -> one.workItems().total()).sum(), "horse"),
        difference,
        totals.stream().flatMap(one -> ConsistencyReport.of(one).stream()).toList());
  }

  private Criterion count(
      String key, String formula, String counted, long number, List<String> notes) {
    return new Criterion(
        key,
        formula,
        counted,
        chain.isEmpty()
            ? Optional.empty()
            : Optional.of(new CriterionFigure(number, HumanFormat.count(number))),
        "0",
        chain.isEmpty()
            ? CheckStatus.NOT_APPLICABLE
            : number == 0 ? CheckStatus.PASS : CheckStatus.FAIL,
        notes);
  }
}
