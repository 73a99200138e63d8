package studbook.racingapi;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads Retry-After headers: seconds or an HTTP date. What makes no sense counts as not sent. */
final class RetryAfter {

  private RetryAfter() {}

  /** The longest wait that the headers ask for; empty where none asks for one in the future. */
  static Optional<Duration> parse(List<String> headers, Clock clock) {
    return headers.stream()
        .flatMap(header -> parse(header.strip(), clock).stream())
        .filter(Duration::isPositive)
        .max(Comparator.naturalOrder());
  }

  private static Optional<Duration> parse(String header, Clock clock) {
    if (header.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(header)));
    }
    try {
      ZonedDateTime date = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Optional.of(Duration.between(clock.instant(), date));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
