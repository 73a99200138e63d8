package studbook.json;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import studbook.model.RunState;
import studbook.store.run.RunCounts;
import studbook.store.run.RunRepository.RunRow;
import studbook.store.run.RunTimeline;

/**
 * A run.
 *
 * @param kind backfill or refresh
 * @param active whether a living process works on it
 * @param rateLimitPerSecond requests; infinite where nothing limits them
 * @param elapsedSeconds from the start to the end or to now; of a run whose process died, to the
 *     last sign of it
 * @param workingSeconds without pauses, stops and the time after a process died
 * @param horsesPerSecond average over the working time
 */
public record RunJson(
    long runId,
    String kind,
    RunState state,
    @Nullable String reason,
    boolean active,
    Optional<Long> retryOfRunId,
    String version,
    double rateLimitPerSecond,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Instant resumesAt,
    Duration elapsedSeconds,
    Duration workingSeconds,
    double horsesPerSecond,
    RunCountsJson counts) {

  public static RunJson of(RunRow run, RunCounts counts, RunTimeline timeline) {
    return new RunJson(
        run.id(),
        run.config().kind().text(),
        run.state(),
        run.reason(),
        run.isUnderWay(),
        run.config().retryOf(),
        run.config().version(),
        run.config().rate().perSecond(),
        run.startedAt(),
        run.endedAt(),
        run.pausedUntil(),
        timeline.elapsed(),
        timeline.working(),
        timeline.perSecond(counts.processed()),
        new RunCountsJson(counts));
  }
}
