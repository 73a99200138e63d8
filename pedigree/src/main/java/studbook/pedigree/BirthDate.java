package studbook.pedigree;

import java.time.LocalDate;
import java.time.Month;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * When an animal was born.
 *
 * @param day empty if only the year is known
 */
public record BirthDate(int year, Optional<LocalDate> day) {

  /**
   * The first days of these months are the official birthdays of the northern hemisphere, of South
   * America, and of Australia and New Zealand: records have them for animals of which only the year
   * is known.
   */
  private static final Set<Month> OFFICIAL = EnumSet.of(Month.JANUARY, Month.JULY, Month.AUGUST);

  private static final int LAST_YEAR = 9999;

  /** Refuses a day of another year, and years that are not of four digits at most. */
  public BirthDate {
    if (year < 0 || year > LAST_YEAR) {
      throw new IllegalArgumentException("a birth in the year " + year);
    }
    if (day.isPresent() && day.get().getYear() != year) {
      throw new IllegalArgumentException("%s is not in %d".formatted(day.get(), year));
    }
  }

  /** Born in a year, on an unknown day. */
  public static BirthDate inYear(int year) {
    return new BirthDate(year, Optional.empty());
  }

  /** A date of a record: an official birthday (1 January, 1 July, 1 August) means its year only. */
  public static BirthDate recorded(LocalDate date) {
    return date.getDayOfMonth() == 1 && OFFICIAL.contains(date.getMonth())
        ? inYear(date.getYear())
        : new BirthDate(date.getYear(), Optional.of(date));
  }
}
