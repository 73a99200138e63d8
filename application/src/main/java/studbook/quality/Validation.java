package studbook.quality;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import studbook.store.run.ChainRun;
import studbook.store.run.RunCounts;
import studbook.store.run.RunRepository.RunRow;
import studbook.store.statistics.ConsistentSnapshot;

/**
 * Whether a run was a success, and whether the rows can be trusted; from one snapshot.
 *
 * @param run empty if there is no run yet
 * @param tally of the run alone
 * @param chain it and the runs that it retries or that retry it, oldest first
 * @param incomplete horses that have a date of birth, lack another field, and were not confirmed by
 *     the API lately
 * @param rows with data that the checks read
 * @param score empty if no row has data
 */
public record Validation(
    Optional<RunRow> run,
    RunCounts tally,
    List<ChainRun> chain,
    List<Criterion> criteria,
    long incomplete,
    long rows,
    List<CheckResult> findings,
    Optional<QualityScore> score,
    RowSample sample) {

  public Validation {
    chain = List.copyOf(chain);
    criteria = List.copyOf(criteria);
    findings = List.copyOf(findings);
  }

  /**
   * What to validate.
   *
   * @param run whose horses are judged; empty for the horses of all runs, and the newest run
   * @param seed of the sample
   */
  public record ValidationRequest(Optional<Long> run, Thresholds thresholds, long seed) {}

  /** Validates the current tables. Empty if there is no such run. */
  public static Optional<Validation> take(Jdbi jdbi, ValidationRequest request, Clock clock) {
    return ConsistentSnapshot.take(
        jdbi,
        audit -> {
          Optional<RunRow> run = audit.run(request.run());
          return request.run().isPresent() && run.isEmpty()
              ? Optional.<Validation>empty()
              : Optional.of(of(audit, run, request, clock));
        });
  }

  private static Validation of(
      ConsistentSnapshot audit, Optional<RunRow> run, ValidationRequest request, Clock clock) {
    List<RunRow> chain = run.map(one -> audit.chain(one.id())).orElse(List.of());
    CheckResults findings = CheckResults.take(audit);
    return new Validation(
        run,
        run.map(one -> audit.tally(one.id())).orElse(RunCounts.NOTHING),
        chain.stream().map(link -> new ChainRun(link, audit.tally(link.id()))).toList(),
        Criteria.take(
            audit,
            request.thresholds(),
            chain,
            request.run().isPresent() ? chain.stream().map(RunRow::id).toList() : audit.runs(),
            findings.pedigrees(),
            clock),
        audit.incomplete(),
        findings.rows(),
        findings.all(),
        QualityScore.of(findings.rows(), findings.all()),
        RowSample.take(
            audit.sample(chain.stream().map(RunRow::id).toList()), request.seed(), clock));
  }

  /**
   * Whether every computable criterion is met, no check fails, and the sample matches. Criteria
   * that are missed only because horses were not requested yet are no failure. An empty table does
   * not pass.
   */
  public boolean passes() {
    boolean met =
        criteria.stream()
            .map(Criterion::result)
            .noneMatch(result -> result == CheckStatus.WARN || result == CheckStatus.FAIL);
    return met
        && criteria.getFirst().result() != CheckStatus.NOT_APPLICABLE
        && Stream.concat(findings.stream().map(CheckResult::result), Stream.of(sample.result()))
            .noneMatch(result -> result == CheckStatus.FAIL);
  }

  /** Whether horses of the database were never requested. */
  public boolean isPartial() {
    return criteria.stream().anyMatch(one -> one.result() == CheckStatus.NOT_YET);
  }

  /** Whether one of the runs can still continue. */
  public boolean isUnfinished() {
    return chain.stream().anyMatch(link -> link.run().isUnfinished());
  }
}
