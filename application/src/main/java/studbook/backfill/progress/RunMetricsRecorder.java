package studbook.backfill.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.model.drift.ApiDrift;
import studbook.racingapi.FieldCounter;
import studbook.racingapi.RacingApi;
import studbook.racingapi.RequestCounters;
import studbook.store.database.DatabaseRetry;
import studbook.store.statistics.FieldStatistics;
import studbook.store.statistics.ThroughputSamples;
import studbook.time.Ticker;

/**
 * Records the run's progress and the fields of responses in the database, for later and remote
 * readers. Samples become rarer: one a second in the first minute, one every ten seconds from the
 * tenth. What cannot be written now is in the next one. For one thread at a time.
 */
public final class RunMetricsRecorder {

  private static final Logger log = LoggerFactory.getLogger(RunMetricsRecorder.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /** The sampling interval of a young run is this part of its age. */
  private static final int SHARE = 60;

  /**
   * A sample with the field counts and differences of its span. Its id stays the same in retries,
   * so that one whose reply was lost counts once.
   */
  private record PendingSample(
      UUID id,
      long run,
      ThroughputSamples.ThroughputSample sample,
      List<FieldStatistics.FieldCount> fields,
      List<ApiDrift> drifts) {}

  private final ThroughputSamples samples;
  private final RacingApi api;
  private final UUID worker;
  private final Ticker ticker;
  private final long began;

  private long lastAt;
  private RequestCounters.SecondCount last = new RequestCounters.SecondCount(0, 0, 0);
  private Optional<PendingSample> unwritten = Optional.empty();
  private final Map<String, FieldCounter.FieldPresence> lastFields = new HashMap<>();

  public RunMetricsRecorder(Jdbi jdbi, RacingApi api, UUID worker, Ticker ticker) {
    this.samples = new ThroughputSamples(jdbi);
    this.api = api;
    this.worker = worker;
    this.ticker = ticker;
    this.began = ticker.nanos();
    this.lastAt = began;
  }

  /** Records a sample if one is due. */
  public void tick(ProgressSnapshot snapshot) {
    long now = ticker.nanos();
    long pause = Math.min((now - began) / SHARE, LONGEST_PAUSE.toNanos());
    if (now - lastAt >= pause) {
      note(snapshot);
    }
  }

  /** Records a sample, after an earlier one whose write is not certain. */
  public void note(ProgressSnapshot snapshot) {
    DatabaseRetry.attempt(
        () -> {
          unwritten.ifPresent(this::write);
          PendingSample next = take(snapshot);
          unwritten = Optional.of(next);
          write(next);
          return true;
        },
        reason -> log.debug("a sample waits for the database: {}", reason));
  }

  private void write(PendingSample sample) {
    DriftLog.logNew(
        samples.add(sample.run(), sample.id(), sample.sample(), sample.fields(), sample.drifts()));
    unwritten = Optional.empty();
  }

  private PendingSample take(ProgressSnapshot snapshot) {
    long now = ticker.nanos();
    RequestCounters.SecondCount count = api.traffic().count();
    ThroughputSamples.ThroughputSample sample =
        sample(snapshot, count, Duration.ofNanos(now - lastAt));
    lastAt = now;
    last = count;
    return new PendingSample(UUID.randomUUID(), snapshot.run(), sample, news(), api.drift().take());
  }

  private ThroughputSamples.ThroughputSample sample(
      ProgressSnapshot snapshot, RequestCounters.SecondCount count, Duration span) {
    return new ThroughputSamples.ThroughputSample(
        Instant.EPOCH,
        worker,
        span,
        snapshot.counts().processed(),
        snapshot.counts().failed(),
        snapshot.perSecond(),
        snapshot.remaining(),
        snapshot.bound(),
        count.sent() - last.sent(),
        count.throttled() - last.throttled(),
        count.fullest());
  }

  private List<FieldStatistics.FieldCount> news() {
    List<FieldCounter.FieldPresence> counts = api.fields().counts();
    List<FieldStatistics.FieldCount> news =
        counts.stream().map(this::grown).filter(RunMetricsRecorder::isNews).toList();
    counts.forEach(presence -> lastFields.put(key(presence), presence));
    return news;
  }

  private FieldStatistics.FieldCount grown(FieldCounter.FieldPresence now) {
    FieldCounter.FieldPresence before = lastFields.get(key(now));
    return new FieldStatistics.FieldCount(
        now.endpoint().text(),
        now.field(),
        now.answers() - (before == null ? 0 : before.answers()),
        now.filled() - (before == null ? 0 : before.filled()));
  }

  private static boolean isNews(FieldStatistics.FieldCount count) {
    return count.answers() > 0;
  }

  private static String key(FieldCounter.FieldPresence presence) {
    return presence.endpoint().text() + " " + presence.field();
  }
}
