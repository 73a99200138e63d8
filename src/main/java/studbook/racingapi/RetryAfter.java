package studbook.racingapi;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Optional;

/** Reads Retry-After headers: seconds or an HTTP date. What makes no sense counts as not sent. */
final class RetryAfter {

  private RetryAfter() {}

  /**
   * The longest wait that the headers ask for; empty where none asks for one in the future. A date
   * counts from the answer's own Date, so that a wall clock that is wrong on either side matters
   * not.
   */
  static Optional<Duration> parse(HttpHeaders headers, Clock clock) {
    Instant now = headers.firstValue("Date").flatMap(RetryAfter::date).orElseGet(clock::instant);
    return headers.allValues("Retry-After").stream()
        .flatMap(header -> parse(header.strip(), now).stream())
        .filter(Duration::isPositive)
        .max(Comparator.naturalOrder());
  }

  private static Optional<Duration> parse(String header, Instant now) {
    if (header.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(header)));
    }
    return date(header).map(date -> Duration.between(now, date));
  }

  private static Optional<Instant> date(String header) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header.strip())));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
