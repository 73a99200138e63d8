package studbook.text;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Numbers and times for people. */
public final class HumanFormat {

  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm zzz", Locale.UK);
  private static final DateTimeFormatter DAY_AND_HOUR =
      DateTimeFormatter.ofPattern("EEE d MMM HH:mm zzz", Locale.UK);

  private HumanFormat() {}

  /** {@code 111,430}. */
  public static String count(long number) {
    return String.format(Locale.UK, "%,d", number);
  }

  /** {@code 1 horse}, {@code 2,000 horses}. */
  public static String count(long number, String one) {
    return count(number) + " " + one + (number == 1 ? "" : "s");
  }

  /** {@code 40.9%}; 0% if {@code whole} is 0. */
  public static String percent(long part, long whole) {
    return String.format(Locale.UK, "%.1f%%", whole == 0 ? 0.0 : 100.0 * part / whole);
  }

  /** {@code 3.6}, and no decimals from a hundred on. */
  public static String rate(double perSecond) {
    return String.format(Locale.UK, perSecond >= 100 ? "%,.0f" : "%.1f", perSecond);
  }

  /** {@code 8 h 43 min}, {@code 3 min 5 s}, {@code 12 s}: two units at most. */
  public static String duration(Duration duration) {
    long seconds = Math.max(0, Math.round(duration.toMillis() / 1000.0));
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
    }
    long minutes = Math.round(seconds / 60.0);
    if (minutes < 48 * 60) {
      return minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
    }
    long hours = Math.round(minutes / 60.0);
    return hours / 24 + " d" + (hours % 24 == 0 ? "" : " " + hours % 24 + " h");
  }

  /** {@code 03:12 BST}; with the day if it is not within the next twenty hours. */
  public static String moment(Instant instant, Clock clock) {
    ZonedDateTime local = instant.atZone(clock.getZone());
    boolean near =
        Duration.between(clock.instant(), instant).abs().compareTo(Duration.ofHours(20)) < 0;
    return (near ? HOUR : DAY_AND_HOUR).format(local);
  }

  /** {@code ETA 03:12 BST}, or that it is not known yet. */
  public static String eta(Optional<Duration> remaining, Clock clock) {
    return remaining
        .map(left -> "ETA " + moment(clock.instant().plus(left), clock))
        .orElse("ETA not known yet");
  }

  /** Limits a text to this many Unicode characters; a longer one ends in an ellipsis. */
  public static String shortened(String text, int longest) {
    return text.codePointCount(0, text.length()) <= longest
        ? text
        : text.substring(0, text.offsetByCodePoints(0, Math.max(0, longest - 1))) + "…";
  }

  /** {@code Tue 3 Mar 14:05 GMT}: a past time, in the local zone with its name. */
  public static String day(Instant instant, Clock clock) {
    return DAY_AND_HOUR.format(instant.atZone(clock.getZone()));
  }
}
