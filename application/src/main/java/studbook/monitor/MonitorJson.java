package studbook.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import studbook.json.LimitReductionJson;
import studbook.json.LoggedErrorJson;
import studbook.json.RunJson;
import studbook.json.TableCountsJson;
import studbook.monitor.MonitorData.RunMetrics;
import studbook.monitor.MonitorData.RunMetrics.WorkRate;
import studbook.monitor.MonitorData.TimedCounts;
import studbook.store.statistics.Bottleneck;

/** The figures of the monitor as JSON. */
public record MonitorJson(
    Instant generatedAt,
    Optional<RunJson> run,
    Optional<ProgressJson> progress,
    Optional<TableCountsJson> tables,
    Optional<Instant> countedAt,
    List<LoggedErrorJson> errors) {

  private static final int NEWEST_ERRORS = 5;

  /**
   * Figures of an active run, recorded by its processes.
   *
   * @param limitReductions the latest only
   */
  public record ProgressJson(
      Optional<Double> currentHorsesPerSecond,
      Optional<Double> currentLimitUsedPercent,
      Optional<Double> limitUsedPercent,
      int maxRequestsPerSecond,
      long throttled,
      Optional<Bottleneck> bottleneck,
      List<LimitReductionJson> limitReductions,
      Optional<Duration> estimatedSeconds,
      Optional<Instant> estimatedEndAt,
      long racecardDays,
      long racecardDaysPending) {

    private static ProgressJson of(RunMetrics run, Instant at) {
      return new ProgressJson(
          run.now().map(WorkRate::horses),
          run.limitUsedNow(),
          run.limitUsed(),
          run.fullest(),
          run.throttled(),
          run.bound(),
          run.lowered().stream().map(LimitReductionJson::of).toList(),
          run.remaining(at),
          run.eta(),
          run.racecardScan().days(),
          run.racecardScan().left());
    }
  }

  public static MonitorJson of(MonitorData data) {
    return new MonitorJson(
        data.at(),
        data.run().map(run -> RunJson.of(run.run(), run.counts(), run.snapshot().timeline())),
        data.run().map(run -> ProgressJson.of(run, data.at())),
        data.database().map(TimedCounts::counts).map(TableCountsJson::of),
        data.database().map(TimedCounts::at),
        data.run().stream()
            .flatMap(run -> run.errors().stream())
            .limit(NEWEST_ERRORS)
            .map(LoggedErrorJson::of)
            .toList());
  }
}
