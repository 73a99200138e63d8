package studbook.backfill;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.racingapi.FieldCensus;
import studbook.racingapi.RacingApi;
import studbook.racingapi.Traffic;
import studbook.store.DatabaseRetry;
import studbook.store.Fields;
import studbook.store.Samples;
import studbook.time.Ticker;

/**
 * Notes in the database how the run goes and what the answers held, for those who look later or
 * from elsewhere. The samples thin out: one a second in the first minute, one every ten seconds
 * from the tenth. What cannot be written now is in the next one. For one thread at a time.
 */
final class Recorder {

  private static final Logger log = LoggerFactory.getLogger(Recorder.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /** Of the time that has passed: so often a run is sampled while it is young. */
  private static final int SHARE = 60;

  /** Where the notes are kept. */
  record Book(Samples samples, Fields fields) {}

  private final Book book;
  private final RacingApi api;
  private final UUID worker;
  private final Ticker ticker;
  private final long began;

  private long lastAt;
  private Traffic.Count last = new Traffic.Count(0, 0, 0);
  private int unwrittenFullest;
  private final Map<String, FieldCensus.Count> lastFields = new HashMap<>();

  Recorder(Book book, RacingApi api, UUID worker, Ticker ticker) {
    this.book = book;
    this.api = api;
    this.worker = worker;
    this.ticker = ticker;
    this.began = ticker.nanos();
    this.lastAt = began;
  }

  /** Notes the run as it stands, where it is time again. */
  void tick(RunView view) {
    long now = ticker.nanos();
    long pause = Math.min((now - began) / SHARE, LONGEST_PAUSE.toNanos());
    if (now - lastAt >= pause) {
      note(view);
    }
  }

  /** Notes the run as it stands. */
  void note(RunView view) {
    long now = ticker.nanos();
    Traffic.Count count = api.traffic().count();
    unwrittenFullest = Math.max(unwrittenFullest, count.fullest());
    DatabaseRetry.attempt(
        () -> write(view, count, now),
        reason -> log.debug("a sample waits for the database: {}", reason));
  }

  private boolean write(RunView view, Traffic.Count count, long now) {
    book.samples().add(view.run(), sample(view, count, Duration.ofNanos(now - lastAt)));
    lastAt = now;
    last = count;
    unwrittenFullest = 0;
    noteFields(view.run());
    return true;
  }

  private Samples.Sample sample(RunView view, Traffic.Count count, Duration span) {
    return new Samples.Sample(
        Instant.EPOCH,
        worker,
        span,
        view.tally().processed(),
        view.tally().failed(),
        view.perSecond(),
        view.remaining(),
        view.bound(),
        count.sent() - last.sent(),
        count.throttled() - last.throttled(),
        unwrittenFullest);
  }

  private void noteFields(long run) {
    List<FieldCensus.Count> counts = api.fields().counts();
    book.fields().add(run, counts.stream().map(this::grown).filter(Recorder::isNews).toList());
    counts.forEach(count -> lastFields.put(key(count), count));
  }

  private Fields.Count grown(FieldCensus.Count now) {
    FieldCensus.Count before = lastFields.get(key(now));
    return new Fields.Count(
        now.endpoint().text(),
        now.field(),
        now.known(),
        now.answers() - (before == null ? 0 : before.answers()),
        now.filled() - (before == null ? 0 : before.filled()));
  }

  private static boolean isNews(Fields.Count count) {
    return count.answers() > 0;
  }

  private static String key(FieldCensus.Count count) {
    return count.endpoint().text() + " " + count.field();
  }
}
