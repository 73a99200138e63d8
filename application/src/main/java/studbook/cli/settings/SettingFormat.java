package studbook.cli.settings;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import studbook.backfill.files.LogRetention;
import studbook.text.AgeFormat;
import studbook.time.Rate;

/**
 * The format of a setting.
 *
 * @param description completes the sentence "NAME should be …"
 * @param parser returns empty for an invalid text, which is never quoted
 */
record SettingFormat<T>(String description, Function<String, Optional<T>> parser) {

  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "min", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));
  private static final Pattern TIMEOUT_TEXT =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s?(s|ms)?");
  private static final Pattern OUTAGE_TEXT = Pattern.compile("(\\d{1,6})\\s?(s|min|h)");
  private static final Pattern RETENTION_TEXT = Pattern.compile("(\\d{1,5})\\s?(d)");
  private static final Pattern RUN_AGE_TEXT = Pattern.compile("(\\d{1,3})\\s?(mo|y)");
  private static final Pattern PERCENT_TEXT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)\\s?%?");
  private static final Pattern LISTEN_TEXT = Pattern.compile("(.+:)?(\\d{1,5})");
  private static final Predicate<String> HOST_NAME =
      Pattern.compile("[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?").asMatchPredicate();
  private static final Pattern LOOPBACK =
      Pattern.compile(
          "localhost|127(?:\\.\\d{1,3}){3}|\\[(?:0*:){2,7}0*1]", Pattern.CASE_INSENSITIVE);

  static final SettingFormat<Rate> RATE =
      new SettingFormat<>(
          "requests per second: a number from 0.01 to 10000, or unlimited", Rate::parse);

  static final SettingFormat<Duration> TIMEOUT =
      new SettingFormat<>(
          "a duration from 1ms to 600s: seconds such as 30 or 2.5, or 30s, or 500ms",
          text -> duration(text, TIMEOUT_TEXT, Duration.ofMillis(1), Duration.ofMinutes(10)));

  static final SettingFormat<Duration> OUTAGE =
      new SettingFormat<>(
          "a duration up to 100h, such as 90s, 10min or 2h",
          text -> duration(text, OUTAGE_TEXT, Duration.ZERO, Duration.ofHours(100)));

  /** At least a day: a newer file may be the log of a running process. */
  static final SettingFormat<LogRetention> RETENTION =
      new SettingFormat<>("a number of days such as 90d, or forever", SettingFormat::retention);

  /** At least four months: plans look 90 days back. */
  static final SettingFormat<Optional<Period>> RUN_AGE =
      new SettingFormat<>(
          "a number of months or years of at least 4 months, such as 12mo or 2y, or forever",
          SettingFormat::runAge);

  static final SettingFormat<Period> AGE =
      new SettingFormat<>(AgeFormat.DESCRIPTION, AgeFormat::parse);

  static final SettingFormat<Double> PERCENT =
      new SettingFormat<>(
          "a percentage: a number from 0 to 100, such as 95 or 99.5", SettingFormat::percent);

  static final SettingFormat<URI> BASE_URL =
      new SettingFormat<>(
          "an https URL without user, query and fragment, such as https://api.theracingapi.com/v1;"
              + " http only for this machine (127.0.0.1, [::1], localhost), because it would send"
              + " the password unencrypted",
          SettingFormat::baseUrl);

  static final SettingFormat<String> USERNAME =
      new SettingFormat<>(
          "a user name without colon and control characters",
          text -> printable(text).filter(name -> name.indexOf(':') < 0));

  static final SettingFormat<String> PASSWORD =
      new SettingFormat<>("a password without control characters", SettingFormat::printable);

  /** Numeric, so that no name service decides where the metrics are reachable. */
  static final SettingFormat<InetSocketAddress> LISTEN =
      new SettingFormat<>(
          "a port of this machine, or an IP address and port, such as 127.0.0.1:8087",
          SettingFormat::listen);

  /** In lower case, separated by commas. */
  static final SettingFormat<Set<String>> HOST_NAMES =
      new SettingFormat<>(
          "names of hosts separated by commas, such as studbook.example.com",
          text -> set(text, name -> Optional.of(name.toLowerCase(Locale.ROOT)).filter(HOST_NAME)));

  /** Separated by commas. */
  static final SettingFormat<Set<InetAddress>> IP_ADDRESSES =
      new SettingFormat<>(
          "IP addresses separated by commas, such as 10.0.0.2",
          text -> set(text, SettingFormat::ip));

  private static <T> Optional<Set<T>> set(String text, Function<String, Optional<T>> parser) {
    List<Optional<T>> parts =
        Arrays.stream(text.split(",")).map(part -> parser.apply(part.strip())).toList();
    return parts.stream().allMatch(Optional::isPresent)
        ? Optional.of(parts.stream().flatMap(Optional::stream).collect(Collectors.toSet()))
        : Optional.empty();
  }

  private static Optional<InetAddress> ip(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A file that exists, relative to {@code workingDirectory}. */
  static SettingFormat<Path> fileIn(Path workingDirectory) {
    return new SettingFormat<>(
        "a file that exists",
        text -> {
          try {
            return Optional.of(workingDirectory.resolve(text.strip())).filter(Files::isRegularFile);
          } catch (InvalidPathException e) {
            return Optional.empty();
          }
        });
  }

  /** A folder that exists or can be created, relative to {@code workingDirectory}. */
  static SettingFormat<Path> folderIn(Path workingDirectory) {
    return new SettingFormat<>(
        "a directory: not an existing file, and without ~, which only a shell expands",
        text -> folder(workingDirectory, text.strip()));
  }

  private static Optional<Duration> duration(
      String text, Pattern form, Duration shortest, Duration longest) {
    Matcher matcher = form.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Duration unit =
        Objects.requireNonNull(
            UNITS.get(Objects.requireNonNullElse(matcher.group(2), "s")),
            "the form allows no other");
    BigDecimal nanos =
        new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit.toNanos()));
    return Optional.of(Duration.ofNanos(nanos.setScale(0, RoundingMode.HALF_UP).longValueExact()))
        .filter(time -> time.compareTo(shortest) >= 0 && time.compareTo(longest) <= 0);
  }

  private static Optional<LogRetention> retention(String text) {
    return text.strip().equals("forever")
        ? Optional.of(new LogRetention(Optional.empty()))
        : duration(text, RETENTION_TEXT, Duration.ofDays(1), Duration.ofDays(99_999))
            .map(age -> new LogRetention(Optional.of(age)));
  }

  private static Optional<Optional<Period>> runAge(String text) {
    Matcher matcher = RUN_AGE_TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      return text.strip().equals("forever") ? Optional.of(Optional.empty()) : Optional.empty();
    }
    int months = Integer.parseInt(matcher.group(1)) * (matcher.group(2).equals("y") ? 12 : 1);
    return months < 4 ? Optional.empty() : Optional.of(Optional.of(Period.ofMonths(months)));
  }

  private static Optional<Double> percent(String text) {
    Matcher matcher = PERCENT_TEXT.matcher(text.strip());
    return matcher.matches()
        ? Optional.of(Double.valueOf(matcher.group(1))).filter(percent -> percent <= 100)
        : Optional.empty();
  }

  /** Whether a host is this machine, by its name alone. */
  static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host).matches();
  }

  private static Optional<URI> baseUrl(String text) {
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
              || ("http".equalsIgnoreCase(url.getScheme()) && host != null && isLoopback(host));
      return plain && safe ? Optional.of(url) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static Optional<InetSocketAddress> listen(String text) {
    Matcher matcher = LISTEN_TEXT.matcher(text.strip());
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65_535) {
      return Optional.empty();
    }
    String host = Objects.requireNonNullElse(matcher.group(1), "127.0.0.1:");
    try {
      InetAddress address =
          InetAddress.ofLiteral(host.substring(0, host.length() - 1).replaceAll("[\\[\\]]", ""));
      return Optional.of(new InetSocketAddress(address, Integer.parseInt(matcher.group(2))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Path> folder(Path workingDirectory, String text) {
    try {
      return Optional.of(workingDirectory.resolve(text).normalize())
          .filter(folder -> !text.startsWith("~"))
          .filter(folder -> Files.notExists(folder) || Files.isDirectory(folder));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> printable(String text) {
    return Optional.of(text).filter(all -> all.codePoints().noneMatch(Character::isISOControl));
  }
}
