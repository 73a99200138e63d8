package studbook.report.figures;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import studbook.text.HumanFormat;

/** Times of a report in the user's zone, with its name: a report may be read years later. */
public record TimeFormat(Clock clock) {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm:ss zzz", Locale.UK);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("d MMM HH:mm:ss zzz", Locale.UK);

  /** {@code 3 March 2026, 14:05:09 GMT}. */
  public String date(Instant instant) {
    return DATE.format(instant.atZone(clock.getZone()));
  }

  /** {@code 3 Mar 14:05:09 GMT}. */
  public String second(Instant instant) {
    return SECOND.format(instant.atZone(clock.getZone()));
  }

  /** {@code 84 ms}, {@code 1.3 s}, and as {@link HumanFormat#duration} from a minute on. */
  public static String millis(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1_000) {
      return millis + " ms";
    }
    return millis < 60_000
        ? String.format(Locale.UK, "%.1f s", millis / 1e3)
        : HumanFormat.duration(duration);
  }
}
