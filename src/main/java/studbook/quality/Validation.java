package studbook.quality;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import studbook.store.run.Runs;
import studbook.store.run.Tally;
import studbook.store.statistics.Audit;

/**
 * Whether a run was a success, and whether the rows can be trusted; all from one snapshot.
 *
 * @param run empty where there is no run yet
 * @param tally of the run alone
 * @param chain it and the runs that it retries or that retry it, the oldest first
 * @param incomplete horses that have a date of birth, lack another field, and were not confirmed by
 *     the API lately
 * @param rows with data: those that the checks looked at
 * @param score empty where no row has data
 */
public record Validation(
    Optional<Runs.Run> run,
    Tally tally,
    List<Runs.Run> chain,
    List<Criterion> criteria,
    long incomplete,
    long rows,
    List<Finding> findings,
    Optional<Score> score,
    Sample sample) {

  public Validation {
    chain = List.copyOf(chain);
    criteria = List.copyOf(criteria);
    findings = List.copyOf(findings);
  }

  /**
   * What is to be validated.
   *
   * @param run whose horses are judged; empty for the horses of all runs, and the newest run
   * @param seed of the sample
   */
  public record Request(Optional<Long> run, Thresholds thresholds, long seed) {}

  /** Validates the tables as they stand. Empty where there is no such run. */
  public static Optional<Validation> take(Jdbi jdbi, Request request, Clock clock) {
    return Audit.take(
        jdbi,
        audit -> {
          Optional<Runs.Run> run = audit.run(request.run());
          return request.run().isPresent() && run.isEmpty()
              ? Optional.<Validation>empty()
              : Optional.of(of(audit, run, request, clock));
        });
  }

  private static Validation of(Audit audit, Optional<Runs.Run> run, Request request, Clock clock) {
    List<Runs.Run> chain = run.map(one -> audit.chain(one.id())).orElse(List.of());
    Findings findings = Findings.take(audit, request.thresholds());
    return new Validation(
        run,
        run.map(one -> audit.tally(one.id())).orElse(Tally.NOTHING),
        chain,
        Criteria.take(
            audit,
            request.thresholds(),
            chain,
            request.run().isPresent() ? chain.stream().map(Runs.Run::id).toList() : audit.runs(),
            findings.pedigrees(),
            clock),
        audit.incomplete(),
        findings.rows(),
        findings.all(),
        Score.of(findings.rows(), findings.all()),
        Sample.take(
            audit.sample(chain.stream().map(Runs.Run::id).toList()), request.seed(), clock));
  }

  /**
   * Whether every criterion is met that can be computed, no check fails, and the sample passes.
   * What the database misses only because horses were not asked for yet is no failure. An empty
   * table passes nothing.
   */
  public boolean passes() {
    boolean met =
        criteria.stream()
            .map(Criterion::result)
            .noneMatch(result -> result == Result.WARN || result == Result.FAIL);
    return met
        && criteria.getFirst().result() != Result.NOT_APPLICABLE
        && Stream.concat(findings.stream().map(Finding::result), Stream.of(sample.result()))
            .noneMatch(result -> result == Result.FAIL);
  }

  /** Whether horses of the database are left that were not asked for. */
  public boolean isPartial() {
    return criteria.stream().anyMatch(one -> one.result() == Result.NOT_YET);
  }

  /** Whether one of the runs could still go on. */
  public boolean isUnfinished() {
    return chain.stream().anyMatch(Runs.Run::isUnfinished);
  }
}
