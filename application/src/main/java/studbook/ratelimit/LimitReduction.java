package studbook.ratelimit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import studbook.store.work.RunEventRepository;
import studbook.store.work.RunEventType;

/**
 * A period of a lowered rate after repeated 429s.
 *
 * @param to its end, or its expected end
 * @param rate the lowered rate: {@code 28/s}
 */
public record LimitReduction(Instant from, Instant to, String rate) {

  private static final String TO = "to ";

  /** Whether an event records the restored rate; its time may be in the future. */
  public static boolean isRestored(RunEventRepository.RunEvent event) {
    return event.type() == RunEventType.LIMIT_RESTORED;
  }

  /** The detail of the event. */
  static String detail(String rate) {
    return TO + rate;
  }

  /**
   * All reductions of a run.
   *
   * @param events oldest first
   * @param until the end of the run, or a later time
   */
  public static List<LimitReduction> of(
      List<RunEventRepository.RunEvent> events, Optional<Instant> until) {
    List<LimitReduction> all = new ArrayList<>();
    for (RunEventRepository.RunEvent event : events) {
      if (event.type() == RunEventType.LIMIT_LOWERED) {
        Instant end = end(event, events);
        Instant to = until.filter(end::isAfter).orElse(end);
        String detail = event.detail().orElse("");
        all.add(
            new LimitReduction(
                event.at(), to, detail.startsWith(TO) ? detail.substring(TO.length()) : detail));
      }
    }
    return all;
  }

  /** Whether a time is within this period. */
  public boolean contains(Instant moment) {
    return !moment.isBefore(from) && moment.isBefore(to);
  }

  private static Instant end(
      RunEventRepository.RunEvent lowered, List<RunEventRepository.RunEvent> events) {
    return events.stream()
        .filter(event ->
            event.type() == RunEventType.LIMIT_RESTORED && event.at().isAfter(lowered.at()))
        .map(RunEventRepository.RunEvent::at)
        .findFirst()
        .orElse(lowered.at());
  }
}
