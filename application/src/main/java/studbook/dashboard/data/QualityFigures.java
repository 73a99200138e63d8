package studbook.dashboard.data;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import studbook.dashboard.live.BackgroundFigures;
import studbook.quality.Thresholds;
import studbook.quality.Validation;
import studbook.quality.Validation.ValidationRequest;
import studbook.report.section.ReportVerdict;
import studbook.store.run.RunRepository;
import studbook.store.run.RunRepository.RunRow;
import studbook.store.statistics.CheckHistoryRepository;
import studbook.time.Ticker;

/**
 * A validation of the tables, computed in the background while somebody asks, and the quality
 * scores after the runs. Safe for many threads.
 */
public final class QualityFigures {

  /** A validation reads every row. */
  private static final Duration INTERVAL = Duration.ofMinutes(3);

  private static final int NEWEST_RUNS = 100;

  /** A short line has room for so many runs. */
  private static final int CHECKED_RUNS = 30;

  private final RunRepository runs;
  private final CheckHistoryRepository checks;
  private final Jdbi computing;
  private final Thresholds thresholds;
  private final Clock clock;
  private final BackgroundFigures<DatedValidation> validations;

  /**
   * @param computing for the validation, which reads every row
   */
  public QualityFigures(
      Jdbi jdbi, Jdbi computing, Thresholds thresholds, Clock clock, Ticker ticker) {
    this.runs = new RunRepository(jdbi);
    this.checks = new CheckHistoryRepository(jdbi);
    this.computing = computing;
    this.thresholds = thresholds;
    this.clock = clock;
    this.validations = new BackgroundFigures<>("validation", this::validate, INTERVAL, ticker);
  }

  /** A validation of the tables, and when it was begun. */
  public record DatedValidation(Instant at, Validation validation) {

    /** Whether the rows are good, in words. */
    public ReportVerdict verdict() {
      return ReportVerdict.of(validation);
    }
  }

  /** The data quality score after a run, 0 to 100. */
  public record RunScore(long runId, Instant endedAt, double score) {}

  /**
   * What a check counted after a run.
   *
   * @param check its name, as in a validation
   * @param faults rows at fault
   * @param rows with data
   */
  public record RunCheck(long runId, Instant endedAt, String check, long faults, long rows) {}

  /** The newest validation; empty until the first is computed. */
  public Optional<DatedValidation> newest() {
    return validations.newest();
  }

  /** Whether the last one could not be computed. */
  public boolean hasFailed() {
    return validations.hasFailed();
  }

  private Optional<DatedValidation> validate() {
    Instant at = clock.instant();
    return Validation.compute(
            computing,
            new ValidationRequest(Optional.empty(), thresholds, at.getEpochSecond()),
            clock)
        .map(validation -> new DatedValidation(at, validation));
  }

  /** What the checks counted after the newest runs, oldest first. */
  public List<RunCheck> runChecks() {
    return checks.newest(CHECKED_RUNS).stream()
        .map(one ->
            new RunCheck(
                one.run(), one.at(), one.count().key(), one.count().faults(), one.count().rows()))
        .toList();
  }

  /** The same, arranged by check. */
  public CheckHistory checkHistory() {
    return CheckHistory.of(checks.newest(CHECKED_RUNS));
  }

  /** The scores after the newest runs, oldest first. */
  public List<RunScore> scores() {
    return runs.newest(NEWEST_RUNS).stream()
        .sorted(Comparator.comparingLong(RunRow::id))
        .flatMap(run ->
            Optional.ofNullable(run.endedAt()).stream()
                .flatMap(end ->
                    run.quality().after().stream()
                        .map(score -> new RunScore(run.id(), end, score))))
        .toList();
  }
}
