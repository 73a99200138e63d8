package studbook.time;

import java.time.LocalDate;

/** A range of racecard days, both ends inclusive. */
public record DateRange(LocalDate since, LocalDate until) {

  public DateRange {
    if (since.isAfter(until)) {
      throw new IllegalArgumentException("no day between " + since + " and " + until);
    }
  }
}
