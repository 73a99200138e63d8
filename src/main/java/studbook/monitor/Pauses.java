package studbook.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import studbook.store.RunEvents.Event;

/** When a run was paused: from the event that says so to the next one, whatever that is. */
record Pauses(List<Span> spans) {

  record Span(Instant from, Instant to) {}

  Pauses {
    spans = List.copyOf(spans);
  }

  /**
   * As the events tell.
   *
   * @param events the oldest first
   * @param now where a pause ends that still lasts
   */
  static Pauses of(List<Event> events, Instant now) {
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).event().equals("paused")) {
        spans.add(
            new Span(events.get(i).at(), i + 1 < events.size() ? events.get(i + 1).at() : now));
      }
    }
    return new Pauses(spans);
  }

  /** How much of the time from one moment to another was pause. */
  Duration within(Instant from, Instant to) {
    Duration sum = Duration.ZERO;
    for (Span span : spans) {
      Instant begin = span.from().isAfter(from) ? span.from() : from;
      Instant end = span.to().isBefore(to) ? span.to() : to;
      if (begin.isBefore(end)) {
        sum = sum.plus(Duration.between(begin, end));
      }
    }
    return sum;
  }
}
