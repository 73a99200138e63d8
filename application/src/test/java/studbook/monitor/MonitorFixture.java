package studbook.monitor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import studbook.model.ErrorKind;
import studbook.model.HorseId;
import studbook.model.PauseCause;
import studbook.model.RunState;
import studbook.ratelimit.LimitReduction;
import studbook.store.outcome.ErrorEntry;
import studbook.store.outcome.ErrorLog.LoggedError;
import studbook.store.racecard.RacecardScanProgress;
import studbook.store.run.ProcessIdentity;
import studbook.store.run.RunCounts;
import studbook.store.run.RunRepository;
import studbook.store.run.RunTimeline;
import studbook.store.run.WorkerRepository.WorkerRow;
import studbook.store.statistics.Bottleneck;
import studbook.store.statistics.MonitorQueries;
import studbook.store.statistics.ThroughputHistory;
import studbook.store.statistics.ThroughputHistory.HistoryBucket;
import studbook.store.statistics.ThroughputSamples.ThroughputSample;
import studbook.store.table.TableCounts;
import studbook.store.work.RunEventRepository.RunEvent;
import studbook.store.work.RunEventType;
import studbook.time.Rate;

/**
 * A run of 111,394 horses that has worked for an hour and a half, at five a second, as a look finds
 * it: paused for the half hour between.
 */
final class MonitorFixture {

  static final Instant START = Instant.parse("2026-03-03T10:00:00Z");
  static final Instant NOW = START.plus(Duration.ofHours(2));
  static final Clock CLOCK = Clock.fixed(NOW, ZoneId.of("Europe/London"));
  static final RunCounts TALLY =
      new RunCounts(111_394, 23_000, 310, 1_200, 1_470, 20, 0, 0, 24_100, 26_460);
  static final TableCounts CENSUS = new TableCounts(111_430, 23_036, 24_120);

  private static final Duration PIECE = Duration.ofMinutes(1);

  private RunState state = RunState.RUNNING;
  private @Nullable String reason;
  private @Nullable Instant ended;
  private boolean alive = true;
  private Rate rate = new Rate(5);
  private Bottleneck bottleneck = Bottleneck.RATE_LIMIT;
  private List<LimitReduction> lowered = List.of();
  private RacecardScanProgress scan = RacecardScanProgress.NONE;
  private List<LoggedError> errors =
      IntStream.rangeClosed(1, 30)
          .mapToObj(i -> error(NOW.minusSeconds(60L * i), "hrs_" + i, 503, "answered 503"))
          .toList();

  MonitorFixture state(RunState newState, @Nullable String newReason) {
    state = newState;
    reason = newReason;
    ended = newState == RunState.RUNNING || newState == RunState.PAUSED ? null : NOW;
    return this;
  }

  MonitorFixture dead() {
    alive = false;
    return this;
  }

  MonitorFixture unlimited() {
    rate = Rate.UNLIMITED;
    return this;
  }

  MonitorFixture bound(Bottleneck newBound) {
    bottleneck = newBound;
    return this;
  }

  MonitorFixture lowered(Instant from, Instant to) {
    lowered = List.of(new LimitReduction(from, to, "3.5/s"));
    return this;
  }

  MonitorFixture racecards(long days, long left) {
    scan = new RacecardScanProgress(days, left, days - left, 100, Optional.empty());
    return this;
  }

  static LoggedError error(Instant at, String horse, int status, String message) {
    return new LoggedError(
        at,
        new ErrorEntry(
            7,
            Optional.of(new HorseId(horse)),
            ErrorKind.SERVER_ERROR,
            Optional.of("pro"),
            status,
            1,
            Duration.ofMillis(20),
            message));
  }

  MonitorFixture errors(LoggedError... logged) {
    errors = List.of(logged);
    return this;
  }

  private RunRepository.RunRow run() {
    WorkerRow owner =
        new WorkerRow(
            UUID.randomUUID(),
            new ProcessIdentity("alpha", 4711, "x"),
            "1.0",
            rate,
            Optional.empty(),
            !alive,
            true);
    return new RunRepository.RunRow(
        7,
        state,
        reason,
        null,
        owner,
        TALLY.total(),
        new RunRepository.RunConfig("test", rate, List.of(), Optional.empty()),
        new RunRepository.RunEstimate(Optional.empty(), Optional.empty()),
        new TableCounts(111_430, 36, 20),
        Optional.empty(),
        new RunRepository.RunQuality(Optional.empty(), Optional.empty()),
        START,
        ended);
  }

  private static HistoryBucket stretch(Instant from, boolean paused) {
    return new HistoryBucket(from, from.plus(PIECE), paused ? 0 : 288, paused ? 0 : 294, 1, 5);
  }

  private ThroughputHistory course() {
    List<HistoryBucket> stretches = new ArrayList<>();
    for (int minute = 0; minute < 120; minute++) {
      stretches.add(stretch(START.plus(PIECE.multipliedBy(minute)), minute >= 60 && minute < 90));
    }
    ThroughputSample newest =
        new ThroughputSample(
            NOW,
            UUID.randomUUID(),
            PIECE,
            26_000,
            20,
            4.8,
            Optional.of(Duration.ofHours(5)),
            bottleneck,
            294,
            0,
            5);
    return new ThroughputHistory(
        stretches, Optional.of(stretches.getLast()), Optional.of(newest), Optional.of(bottleneck));
  }

  private RunTimeline timeline() {
    Instant down = START.plus(Duration.ofMinutes(60));
    List<RunEvent> events =
        List.of(
            new RunEvent(START, RunEventType.PLANNED, Optional.empty(), Optional.empty()),
            new RunEvent(
                down, RunEventType.PAUSED, Optional.of("401"), Optional.of(PauseCause.CREDENTIALS)),
            new RunEvent(
                down.plus(Duration.ofMinutes(30)),
                RunEventType.RESUMED,
                Optional.empty(),
                Optional.empty()));
    return RunTimeline.of(START, events, new TreeSet<>(List.of(NOW)), NOW, alive);
  }

  MonitorData figures() {
    return MonitorData.of(
        new MonitorQueries.MonitorRow(
            NOW,
            Optional.of(
                new MonitorQueries.RunSnapshot(
                    run(), TALLY, course(), timeline(), lowered, scan, errors))),
        Optional.of(new MonitorData.TimedCounts(CENSUS, NOW)));
  }

  MonitorSnapshot sight() {
    return new MonitorSnapshot(Optional.of(figures()), Optional.empty());
  }

  static MonitorSnapshot noRun() {
    return new MonitorSnapshot(
        Optional.of(
            MonitorData.of(
                new MonitorQueries.MonitorRow(NOW, Optional.empty()),
                Optional.of(new MonitorData.TimedCounts(CENSUS, NOW)))),
        Optional.empty());
  }
}
