package studbook.time;

import java.time.LocalDate;

/** Days of racecards, the first and the last among them. */
public record DateRange(LocalDate since, LocalDate until) {

  public DateRange {
    if (since.isAfter(until)) {
      throw new IllegalArgumentException("no day lies between " + since + " and " + until);
    }
  }
}
