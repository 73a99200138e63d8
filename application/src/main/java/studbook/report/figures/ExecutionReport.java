package studbook.report.figures;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import studbook.model.drift.DriftKind;
import studbook.quality.QualityScore;
import studbook.quality.Thresholds;
import studbook.quality.Validation;
import studbook.quality.Validation.ValidationRequest;
import studbook.ratelimit.LimitReduction;
import studbook.store.run.ChainRun;
import studbook.store.run.RunCounts;
import studbook.store.run.RunRepository.RunRow;
import studbook.store.run.RunStatus;
import studbook.store.run.RunTimeline;
import studbook.store.run.RunTimelineQueries;
import studbook.store.statistics.DriftStatistics;
import studbook.store.statistics.DriftStatistics.SeenDrift;
import studbook.store.statistics.ErrorSummaryQueries;
import studbook.store.statistics.ErrorSummaryQueries.ErrorGroup;
import studbook.store.statistics.ErrorSummaryQueries.ErrorMessageCount;
import studbook.store.statistics.FieldStatistics;
import studbook.store.statistics.FieldStatistics.FieldCount;
import studbook.store.statistics.RateCurve;
import studbook.store.statistics.RateCurve.RateStep;
import studbook.store.statistics.ResponseTimeQueries;
import studbook.store.statistics.ResponseTimeQueries.SlowResponse;
import studbook.store.statistics.ThroughputHistory;
import studbook.store.statistics.ThroughputSamples;
import studbook.store.statistics.ThroughputSamples.ThroughputSample;
import studbook.store.table.TableCounts;
import studbook.store.work.RunEventRepository;
import studbook.store.work.RunEventRepository.RunEvent;

/**
 * The content of a report on a run, loaded at one moment. Immutable; the formats compute nothing
 * twice.
 *
 * @param takenAt when it was loaded
 * @param validation of the run and the current rows
 * @param now the user's tables: as the run left them if it is finished, otherwise now
 * @param log the events of the run, oldest first
 * @param rate while the run worked, oldest first
 * @param errors of the error log by kind
 * @param messages of the error log, most frequent first
 * @param slowest responses, slowest first
 * @param fields of the responses that Studbook reads
 * @param drifts differences of the API that were seen while it ran
 * @param archived whether the events, samples and errors of the run may be in the archive
 */
public record ExecutionReport(
    Instant takenAt,
    RunRow run,
    RunCounts counts,
    Validation validation,
    TableCounts now,
    List<RunEvent> log,
    RunTimeline timeline,
    List<RateStep> rate,
    RunPerformance performance,
    List<ErrorGroup> errors,
    List<ErrorMessageCount> messages,
    ResponseTimeDistribution distribution,
    List<SlowResponse> slowest,
    List<FieldCount> fields,
    List<SeenDrift> drifts,
    boolean archived) {

  /** Fewer responses of an endpoint do not show that a field is never filled. */
  public static final long FEWEST_ANSWERS = 20;

  private static final int SLOWEST = 10;
  private static final int MOST_MESSAGES = 20;

  /** Loads it. 111,430 horses take about half a second. */
  public static ExecutionReport load(Jdbi jdbi, RunRow run, Thresholds thresholds, Clock clock) {
    long id = run.id();
    Validation validation =
        Validation.compute(jdbi, new ValidationRequest(Optional.of(id), thresholds, id), clock)
            .orElseThrow();
    RunCounts counts = validation.counts();
    List<RunEvent> log = new RunEventRepository(jdbi).of(id);
    List<ThroughputSample> samples = new ThroughputSamples(jdbi).of(id);
    List<ErrorGroup> errors = new ErrorSummaryQueries(jdbi).of(id);
    ResponseTimeQueries responseTimes = new ResponseTimeQueries(jdbi);
    Instant now = clock.instant();
    RunTimeline timeline = new RunTimelineQueries(jdbi).of(run);
    List<RateStep> rate =
        new RateCurve(ThroughputHistory.of(jdbi, id).stretches(), timeline).steps();
    return new ExecutionReport(
        now,
        run,
        counts,
        validation,
        run.after().orElseGet(() -> TableCounts.take(jdbi)),
        log,
        timeline,
        rate,
        RunPerformance.of(run, counts, timeline, rate, samples, errors, lowered(run, log)),
        errors,
        new ErrorSummaryQueries(jdbi).messages(id, MOST_MESSAGES),
        ResponseTimeDistribution.of(responseTimes.spread(id)),
        responseTimes.slowest(id, SLOWEST),
        new FieldStatistics(jdbi).of(id),
        new DriftStatistics(jdbi)
            .between(run.startedAt(), Optional.ofNullable(run.endedAt()).orElse(now)),
        new RunTimelineQueries(jdbi).isSaved(id));
  }

  /** The runs that this one retries and that retry it, with itself, oldest first. */
  public List<ChainRun> chain() {
    return validation.chain();
  }

  /** Reductions of the rate. */
  public List<LimitReduction> lowered() {
    return lowered(run, log);
  }

  private static List<LimitReduction> lowered(RunRow run, List<RunEvent> log) {
    return LimitReduction.of(log, Optional.ofNullable(run.endedAt()));
  }

  /** Fields that the API sent and Studbook has not heard of. */
  public List<SeenDrift> unknownFields() {
    return drifts.stream().filter(seen -> seen.drift().kind() == DriftKind.UNKNOWN_FIELD).toList();
  }

  /** Fields that Studbook reads and no response filled. */
  public List<FieldCount> emptyFields() {
    return fields.stream()
        .filter(field -> field.answers() >= FEWEST_ANSWERS && field.filled() == 0)
        .toList();
  }

  /** The events without those in the future or automatic ones after the run's end. */
  public List<RunEvent> happened() {
    Instant end = run.endedAt() == null ? takenAt : run.endedAt();
    return log.stream()
        .filter(event -> !LimitReduction.isRestored(event) || event.at().isBefore(end))
        .toList();
  }

  /** Share of the completed horses that failed, 0 to 1. */
  public double errorRate() {
    return counts.processed() == 0 ? 0 : (double) counts.failed() / counts.processed();
  }

  /** The score of the rows: as the run left them if it is finished, otherwise now. */
  public Optional<Double> qualityNow() {
    return run.quality().after().or(() -> validation.score().map(QualityScore::value));
  }

  public RunStatus status() {
    return RunStatus.of(run);
  }
}
