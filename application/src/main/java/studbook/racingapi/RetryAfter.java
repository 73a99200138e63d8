package studbook.racingapi;

import java.math.BigDecimal;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Parses Retry-After headers as servers write them: seconds, whole or fractional; Unix time; the
 * three forms of an HTTP date (RFC 9110, section 5.6.7); several of these, as joined by a proxy.
 * Invalid values are ignored.
 */
final class RetryAfter {

  /** A comma between two values; one within a date is followed by the day of the month. */
  private static final String BETWEEN_VALUES = ",(?!\\s*[0-9]{1,2}[ -])";

  /** Larger numbers are Unix times (from 2001): as seconds they would be more than thirty years. */
  private static final BigDecimal FIRST_UNIX_TIME = BigDecimal.valueOf(1_000_000_000);

  private static final List<DateTimeFormatter> LOCAL_DATES =
      List.of(
          new DateTimeFormatterBuilder()
              .appendPattern("EEEE, dd-MMM-")
              .appendValueReduced(ChronoField.YEAR, 2, 2, 1990)
              .appendPattern(" HH:mm:ss 'GMT'")
              .toFormatter(Locale.ENGLISH),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH));

  private RetryAfter() {}

  /**
   * The maximum delay of the headers; empty if none is in the future. A date is relative to the
   * response's own Date, so a wrong wall clock on either side does not matter.
   */
  static Optional<Duration> parse(HttpHeaders headers, Clock clock) {
    Instant now = headers.firstValue("Date").flatMap(RetryAfter::date).orElseGet(clock::instant);
    return headers.allValues("Retry-After").stream()
        .flatMap(header -> Arrays.stream(header.split(BETWEEN_VALUES, -1)))
        .flatMap(value -> parse(value.strip(), now).stream())
        .filter(Duration::isPositive)
        .max(Comparator.naturalOrder());
  }

  private static Optional<Duration> parse(String value, Instant now) {
    if (value.matches("[0-9]{1,10}(\\.[0-9]{1,9})?")) {
      BigDecimal number = new BigDecimal(value);
      Duration seconds =
          Duration.ofSeconds(
              number.longValue(), number.remainder(BigDecimal.ONE).movePointRight(9).longValue());
      return Optional.of(
          number.compareTo(FIRST_UNIX_TIME) < 0
              ? seconds
              : Duration.between(now, Instant.EPOCH.plus(seconds)));
    }
    return date(value).map(date -> Duration.between(now, date));
  }

  private static Optional<Instant> date(String value) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value.strip())));
    } catch (DateTimeException e) {
      return LOCAL_DATES.stream().flatMap(format -> date(value, format).stream()).findFirst();
    }
  }

  private static Optional<Instant> date(String value, DateTimeFormatter format) {
    try {
      return Optional.of(LocalDateTime.parse(value.strip(), format).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
