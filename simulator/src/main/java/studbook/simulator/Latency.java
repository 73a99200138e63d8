package studbook.simulator;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long an answer takes: {@code mean}, and up to {@code spread} more or less, evenly. */
public record Latency(Duration mean, Duration spread) {

  public static final Latency NONE = new Latency(Duration.ZERO, Duration.ZERO);

  private static final Pattern FORM =
      Pattern.compile("(\\d{1,6})(?:\\s*(?:±|\\+-)\\s*(\\d{1,6}))?\\s*(?:ms)?");

  public Latency {
    if (mean.isNegative() || spread.isNegative() || spread.compareTo(mean) > 0) {
      throw new IllegalArgumentException("not a latency: " + mean + " ± " + spread);
    }
  }

  /**
   * Parses a latency in milliseconds: {@code 300}, {@code 300ms}, {@code 300±100ms} or {@code
   * 300+-100}.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static Latency parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "not a latency in milliseconds, such as 300 or 300±100ms: " + text);
    }
    String spread = matcher.group(2);
    return new Latency(
        Duration.ofMillis(Long.parseLong(matcher.group(1))),
        Duration.ofMillis(spread == null ? 0 : Long.parseLong(spread)));
  }

  /** The latency of one answer, for a share from 0 to 1. */
  Duration at(double share) {
    return mean.plusNanos((long) (spread.toNanos() * (2 * share - 1)));
  }
}
