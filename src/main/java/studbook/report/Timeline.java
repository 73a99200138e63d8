package studbook.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import studbook.store.PauseCause;
import studbook.store.RunEvents;
import studbook.store.Samples;

/**
 * When a run worked and when it did not, from its first moment to its last, without a gap. Pure.
 *
 * @param spans the oldest first
 */
record Timeline(List<Span> spans) {

  /** What a run did for a while. */
  enum Doing {
    WORKING,
    /** It waited for something outside to heal. */
    PAUSED,
    /** A person or a signal had stopped it. */
    STOPPED,
    /** Its process had died without a word. */
    DEAD;

    /** As JSON spells it. */
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A while.
   *
   * @param cause of a pause, or of a stop that was not a person's
   */
  record Span(Doing doing, Instant from, Instant to, Optional<PauseCause> cause) {

    Duration duration() {
      return Duration.between(from, to);
    }
  }

  Timeline {
    spans = List.copyOf(spans);
  }

  /**
   * Reads it from what was noted.
   *
   * @param until when the run ended, or now where it is under way
   * @param alive whether a process owns it just now
   */
  static Timeline of(
      Instant start,
      List<RunEvents.Event> events,
      List<Samples.Sample> samples,
      Instant until,
      boolean alive) {
    Reader reader = new Reader(start, samples);
    events.forEach(reader::read);
    return reader.end(until, alive);
  }

  Duration in(Doing doing) {
    return spans.stream()
        .filter(span -> span.doing() == doing)
        .map(Span::duration)
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Time paused by one cause. */
  Duration paused(PauseCause cause) {
    return spans.stream()
        .filter(span -> span.doing() == Doing.PAUSED && span.cause().equals(Optional.of(cause)))
        .map(Span::duration)
        .reduce(Duration.ZERO, Duration::plus);
  }

  Duration whole() {
    return spans.stream().map(Span::duration).reduce(Duration.ZERO, Duration::plus);
  }

  List<Span> working() {
    return spans.stream().filter(span -> span.doing() == Doing.WORKING).toList();
  }

  /** Goes through the events; for one thread. */
  private static final class Reader {

    private final List<Samples.Sample> samples;
    private final List<Span> spans = new ArrayList<>();
    private Doing doing = Doing.WORKING;
    private Instant since;
    private Optional<PauseCause> cause = Optional.empty();

    Reader(Instant start, List<Samples.Sample> samples) {
      this.samples = samples;
      this.since = start;
    }

    void read(RunEvents.Event event) {
      switch (event.event()) {
        case "paused" -> become(Doing.PAUSED, event.at(), event.cause());
        case "went on" -> become(Doing.WORKING, event.at(), Optional.empty());
        case "stopped" -> become(Doing.STOPPED, event.at(), event.cause());
        case "resumed" -> {
          if (doing != Doing.STOPPED) {
            become(Doing.DEAD, lastSign(event.at()), Optional.empty());
          }
          become(Doing.WORKING, event.at(), Optional.empty());
        }
        default -> {} // planned, finished, superseded: its first and its last moment
      }
    }

    Timeline end(Instant until, boolean alive) {
      if (!alive && (doing == Doing.WORKING || doing == Doing.PAUSED)) {
        become(Doing.DEAD, lastSign(until), Optional.empty());
      }
      become(doing, until, Optional.empty());
      return new Timeline(spans);
    }

    /** The last that was heard of a process before {@code moment}. */
    private Instant lastSign(Instant moment) {
      return samples.stream()
          .map(Samples.Sample::at)
          .filter(at -> at.isBefore(moment) && at.isAfter(since))
          .reduce((_, later) -> later)
          .orElse(since);
    }

    private void become(Doing next, Instant at, Optional<PauseCause> why) {
      Instant moment = at.isAfter(since) ? at : since;
      if (moment.isAfter(since)) {
        spans.add(new Span(doing, since, moment, cause));
      }
      doing = next;
      since = moment;
      cause = why;
    }
  }
}
