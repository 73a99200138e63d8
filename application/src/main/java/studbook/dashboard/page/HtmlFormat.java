package studbook.dashboard.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import studbook.model.SafeText;
import studbook.text.HumanFormat;

/**
 * Values as the pages show them. Times are of this machine's zone until a script shows them in the
 * browser's. Immutable.
 *
 * @param clock whose zone is shown
 */
public record HtmlFormat(Clock clock) {

  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss", Locale.UK);
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT);

  /** Longer texts from outside are shortened. */
  private static final int MAX_TEXT = 500;

  public static String count(long number) {
    return HumanFormat.count(number);
  }

  public static String percent(long part, long whole) {
    return HumanFormat.percent(part, whole);
  }

  /** {@code 93.0%}. */
  public static String percent(double percent) {
    return String.format(Locale.UK, "%.1f%%", percent);
  }

  public static String rate(double perSecond) {
    return HumanFormat.rate(perSecond);
  }

  public static String duration(Duration duration) {
    return HumanFormat.duration(duration);
  }

  /** A number with so many decimals. */
  public static String number(double value, int decimals) {
    return String.format(Locale.UK, "%,." + decimals + "f", value);
  }

  /** For coordinates in SVG, with one decimal; charts have thousands, and a format takes longer. */
  public static String coordinate(double value) {
    return Double.toString(Math.round(value * 10) / 10.0);
  }

  /** Text from outside on one line, without characters that deceive the eye. */
  public static String text(String outside) {
    return SafeText.excerpt(outside, MAX_TEXT);
  }

  /** For a path or a query. */
  public static String url(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** In the zone of the clock. */
  public String time(Instant instant) {
    return LOCAL.format(instant.atZone(clock.getZone()));
  }

  /** For the attribute {@code datetime}. */
  public static String iso(Instant instant) {
    return instant.toString();
  }

  /** For people, on hover. */
  public static String utc(Instant instant) {
    return UTC.format(instant.atOffset(ZoneOffset.UTC));
  }

  /** {@code in 3 h} or {@code 5 min ago}. */
  public String distance(Instant instant) {
    Duration until = Duration.between(clock.instant(), instant);
    return until.isNegative()
        ? HumanFormat.duration(until.negated()) + " ago"
        : "in " + HumanFormat.duration(until);
  }
}
