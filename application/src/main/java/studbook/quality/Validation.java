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
 * @param counts of the run alone
 * @param chain it and the runs that it retries or that retry it, oldest first
 * @param incomplete horses that have a date of birth, lack another field, and were not confirmed by
 *     the API lately
 * @param rows with data that the checks read
 * @param score empty if no row has data
 */
public record Validation(
    Optional<RunRow> run,
    RunCounts counts,
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
  public static Optional<Validation> compute(Jdbi jdbi, ValidationRequest request, Clock clock) {
    return ConsistentSnapshot.take(
        jdbi,
        snapshot -> {
          Optional<RunRow> run = snapshot.run(request.run());
          return request.run().isPresent() && run.isEmpty()
              ? Optional.<Validation>empty()
              : Optional.of(of(snapshot, run, request, clock));
        });
  }

  private static Validation of(
      ConsistentSnapshot snapshot, Optional<RunRow> run, ValidationRequest request, Clock clock) {
    List<RunRow> chain = run.map(one -> snapshot.chain(one.id())).orElse(List.of());
    CheckResults results = CheckResults.take(snapshot);
    return new Validation(
        run,
        run.map(one -> snapshot.runCounts(one.id())).orElse(RunCounts.NOTHING),
        chain.stream().map(link -> new ChainRun(link, snapshot.runCounts(link.id()))).toList(),
        Criteria.compute(
            snapshot,
            request.thresholds(),
            chain,
            request.run().isPresent() ? chain.stream().map(RunRow::id).toList() : snapshot.runs(),
            results.pedigrees(),
            clock),
        snapshot.incomplete(),
        results.rows(),
        results.all(),
        results.score(),
        RowSample.draw(
            snapshot.sample(chain.stream().map(RunRow::id).toList()), request.seed(), clock));
  }

  /**
   * Whether every computable criterion is met, no check fails, and the sample matches. Criteria
   * that are missed only because horses were not requested yet are no failure. An empty table does
   * not pass.
   */
  public boolean passes() {
    boolean met =
        criteria.stream()
            .map(Criterion::status)
            .noneMatch(status -> status == CheckStatus.WARN || status == CheckStatus.FAIL);
    return met
        && criteria.getFirst().status() != CheckStatus.NOT_APPLICABLE
        && Stream.concat(findings.stream().map(CheckResult::result), Stream.of(sample.result()))
            .noneMatch(status -> status == CheckStatus.FAIL);
  }

  /** Whether horses of the database were never requested. */
  public boolean isPartial() {
    return criteria.stream().anyMatch(criterion -> criterion.status() == CheckStatus.NOT_YET);
  }

  /** Whether one of the runs can still continue. */
  public boolean isUnfinished() {
    return chain.stream().anyMatch(run -> run.run().isUnfinished());
  }
}
