package studbook.cli.settings;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import studbook.backfill.files.LogRetention;
import studbook.quality.ThresholdRange;

/** What single settings look like. A value that does not fit is empty, and never quoted. */
final class SettingParsers {

  static final String TIMEOUT =
      "a time from 1ms to 600s: seconds as in 30 or 2.5, or 30s, or 500ms";
  static final String BASE_URL =
      "an https URL without user, query and fragment, as https://api.theracingapi.com/v1 is; http"
          + " is for this machine only (127.0.0.1, [::1], localhost), since elsewhere it would show"
          + " the password to the network";
  static final String FOLDER =
      "a folder: not a file that stands there, and with no ~, which only a shell replaces";
  static final String PERCENT = "per cent: a number from 0 to 100, as in 95 or 99.5";
  static final String PAUSE = "a time up to 100h, as in 90s, 10min or 2h";
  static final String RETENTION = "a number of days, as in 90d, or forever";
  static final String MOST =
      "per cent from 0 to 100: where a warning begins and where a failure, as in 5/10, the second no"
          + " smaller; or one number for both";
  static final String LEAST =
      "per cent from 0 to 100: where a warning begins and where a failure, as in 90/70, the second no"
          + " larger; or one number for both";
  static final SettingText USERNAME =
      new SettingText(
          "a user name without colon and control characters", SettingParsers::isUsername);
  static final SettingText PASSWORD =
      new SettingText("a password without control characters", SettingParsers::isPrintable);

  private static final Pattern TIME = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s?(s|ms)?");
  private static final Pattern NUMBER = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)\\s?%?");
  private static final Pattern PAUSE_FORM = Pattern.compile("(\\d{1,6})\\s?(s|min|h)");
  private static final Pattern DAYS = Pattern.compile("(\\d{1,5})\\s?d");
  private static final Duration LONGEST_PAUSE = Duration.ofHours(100);
  private static final Pattern LOOPBACK =
      Pattern.compile(
          "localhost|127(?:\\.\\d{1,3}){3}|\\[(?:0*:){2,7}0*1]", Pattern.CASE_INSENSITIVE);
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private SettingParsers() {}

  /** A text that must satisfy a test. */
  record SettingText(String description, Predicate<String> test) {
    Optional<String> check(String text) {
      return test.test(text) ? Optional.of(text) : Optional.empty();
    }
  }

  static Optional<Duration> timeout(String text) {
    Matcher matcher = TIME.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int digits = "ms".equals(matcher.group(2)) ? 6 : 9;
    BigDecimal nanos = new BigDecimal(matcher.group(1)).movePointRight(digits);
    Duration duration = Duration.ofNanos(nanos.setScale(0, RoundingMode.HALF_UP).longValueExact());
    boolean fits = duration.compareTo(SHORTEST) >= 0 && duration.compareTo(LONGEST) <= 0;
    return fits ? Optional.of(duration) : Optional.empty();
  }

  static Optional<Duration> pause(String text) {
    Matcher matcher = PAUSE_FORM.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    Duration pause =
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(number);
          case "min" -> Duration.ofMinutes(number);
          default -> Duration.ofHours(number);
        };
    return Optional.of(pause).filter(one -> one.compareTo(LONGEST_PAUSE) <= 0);
  }

  /** At least a day: a younger file may be the log of a process that still writes. */
  static Optional<LogRetention> retention(String text) {
    if (text.strip().equals("forever")) {
      return Optional.of(new LogRetention(Optional.empty()));
    }
    Matcher matcher = DAYS.matcher(text.strip());
    return matcher.matches()
        ? Optional.of(Duration.ofDays(Long.parseLong(matcher.group(1))))
            .filter(Duration::isPositive)
            .map(age -> new LogRetention(Optional.of(age)))
        : Optional.empty();
  }

  static Optional<Double> percent(String text) {
    Matcher matcher = NUMBER.matcher(text.strip());
    return matcher.matches()
        ? Optional.of(Double.valueOf(matcher.group(1))).filter(percent -> percent <= 100)
        : Optional.empty();
  }

  /** One per cent or two between which stands a stroke. */
  static Optional<ThresholdRange> limits(String text, boolean most) {
    String[] parts = text.split("/", -1);
    Optional<Double> warn = percent(parts[0]);
    Optional<Double> fail = percent(parts[parts.length - 1]);
    if (parts.length > 2 || warn.isEmpty() || fail.isEmpty()) {
      return Optional.empty();
    }
    boolean ordered = most ? warn.get() <= fail.get() : warn.get() >= fail.get();
    return ordered
        ? Optional.of(new ThresholdRange(most, warn.get(), fail.get()))
        : Optional.empty();
  }

  static Optional<URI> baseUrl(String text) {
    try {
      URI url = new URI(text.strip().replaceFirst("/+$", ""));
      String host = url.getHost();
      boolean plain =
          host != null
              && url.getPort() <= 65_535
              && url.getPort() != 0
              && url.getRawUserInfo() == null
              && url.getRawQuery() == null
              && url.getRawFragment() == null;
      boolean safe =
          "https".equalsIgnoreCase(url.getScheme())
              || ("http".equalsIgnoreCase(url.getScheme())
                  && host != null
                  && LOOPBACK.matcher(host).matches());
      return plain && safe ? Optional.of(url) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  static Optional<Path> folder(Path workingDirectory, String text) {
    if (text.strip().startsWith("~")) {
      return Optional.empty();
    }
    try {
      Path folder = workingDirectory.resolve(text.strip()).normalize();
      return Files.exists(folder) && !Files.isDirectory(folder)
          ? Optional.empty()
          : Optional.of(folder);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static boolean isUsername(String text) {
    return text.indexOf(':') < 0 && isPrintable(text);
  }

  private static boolean isPrintable(String text) {
    return text.codePoints().noneMatch(Character::isISOControl);
  }
}
