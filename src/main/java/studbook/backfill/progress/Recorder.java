package studbook.backfill.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.racingapi.FieldCensus;
import studbook.racingapi.RacingApi;
import studbook.racingapi.Traffic;
import studbook.store.database.DatabaseRetry;
import studbook.store.statistics.Fields;
import studbook.store.statistics.Samples;
import studbook.time.Ticker;

/**
 * Notes in the database how the run goes and what the answers held, for those who look later or
 * from elsewhere. The samples thin out: one a second in the first minute, one every ten seconds
 * from the tenth. What cannot be written now is in the next one. For one thread at a time.
 */
public final class Recorder {

  private static final Logger log = LoggerFactory.getLogger(Recorder.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /** Of the time that has passed: so often a run is sampled while it is young. */
  private static final int SHARE = 60;

  /** Where the notes are kept. */
  public record Book(Samples samples, Fields fields) {}

  /**
   * A sample and what the answers of its span held. Its id stays the same however often it is sent,
   * so that one whose reply was lost counts once.
   */
  private record Note(UUID id, long run, Samples.Sample sample, List<Fields.Count> fields) {}

  private final Book book;
  private final RacingApi api;
  private final UUID worker;
  private final Ticker ticker;
  private final long began;

  private long lastAt;
  private Traffic.Count last = new Traffic.Count(0, 0, 0);
  private Optional<Note> unwritten = Optional.empty();
  private final Map<String, FieldCensus.Count> lastFields = new HashMap<>();

  public Recorder(Book book, RacingApi api, UUID worker, Ticker ticker) {
    this.book = book;
    this.api = api;
    this.worker = worker;
    this.ticker = ticker;
    this.began = ticker.nanos();
    this.lastAt = began;
  }

  /** Notes the run as it stands, where it is time again. */
  public void tick(RunView view) {
    long now = ticker.nanos();
    long pause = Math.min((now - began) / SHARE, LONGEST_PAUSE.toNanos());
    if (now - lastAt >= pause) {
      note(view);
    }
  }

  /** Notes the run as it stands, after a note that is not known to be written. */
  public void note(RunView view) {
    DatabaseRetry.attempt(
        () -> {
          unwritten.ifPresent(this::write);
          Note next = take(view);
          unwritten = Optional.of(next);
          write(next);
          return true;
        },
        reason -> log.debug("a sample waits for the database: {}", reason));
  }

  private void write(Note note) {
    book.samples().add(note.run(), note.id(), note.sample(), note.fields());
    unwritten = Optional.empty();
  }

  private Note take(RunView view) {
    long now = ticker.nanos();
    Traffic.Count count = api.traffic().count();
    Samples.Sample sample = sample(view, count, Duration.ofNanos(now - lastAt));
    lastAt = now;
    last = count;
    return new Note(UUID.randomUUID(), view.run(), sample, news());
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
        count.fullest());
  }

  private List<Fields.Count> news() {
    List<FieldCensus.Count> counts = api.fields().counts();
    List<Fields.Count> news = counts.stream().map(this::grown).filter(Recorder::isNews).toList();
    counts.forEach(count -> lastFields.put(key(count), count));
    return news;
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
