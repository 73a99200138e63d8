package studbook.ratelimit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import studbook.store.work.RunEventRepository;

/**
 * A time in which less was sent than the account's limit allows, because the API had answered 429
 * again and again.
 *
 * @param to when it ends or ended, by what is known now
 * @param rate the lowered limit: {@code 28/s}
 */
public record LimitReduction(Instant from, Instant to, String rate) {

  /** The events that record it: the second is dated when the first one's effect ends. */
  static final String LOWERED = "limit lowered";

  static final String RESTORED = "limit restored";

  private static final String TO = "to ";

  /** Whether an event tells that the limit is the usual one again; it may lie in the future. */
  public static boolean isRestored(RunEventRepository.RunEvent event) {
    return event.event().equals(RESTORED);
  }

  /** As the event's detail has it. */
  static String detail(String rate) {
    return TO + rate;
  }

  /**
   * All of a run.
   *
   * @param events the oldest first
   * @param until where the run ended, or a later moment
   */
  public static List<LimitReduction> of(
      List<RunEventRepository.RunEvent> events, Optional<Instant> until) {
    List<LimitReduction> all = new ArrayList<>();
    for (RunEventRepository.RunEvent event : events) {
      if (event.event().equals(LOWERED)) {
        Instant to = until.map(end -> earlier(end, end(event, events))).orElse(end(event, events));
        String detail = event.detail().orElse("");
        all.add(
            new LimitReduction(
                event.at(), to, detail.startsWith(TO) ? detail.substring(TO.length()) : detail));
      }
    }
    return all;
  }

  /** Whether a moment lies in it. */
  public boolean contains(Instant moment) {
    return !moment.isBefore(from) && moment.isBefore(to);
  }

  private static Instant end(
      RunEventRepository.RunEvent lowered, List<RunEventRepository.RunEvent> events) {
    return events.stream()
        .filter(event -> event.event().equals(RESTORED) && event.at().isAfter(lowered.at()))
        .map(RunEventRepository.RunEvent::at)
        .findFirst()
        .orElse(lowered.at());
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
