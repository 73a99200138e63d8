package studbook.backfill.plan;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import studbook.time.DateRange;

/**
 * What a person wants of racecards.
 *
 * @param read whether days are read at all
 * @param since the first day, where one was named
 * @param until the last day, where one was named
 * @param remember whether runners that nobody wants yet are kept for later
 * @param racecardYield what they are expected to bring
 */
public record RacecardScanOptions(
    boolean read,
    Optional<LocalDate> since,
    Optional<LocalDate> until,
    boolean remember,
    RacecardYield racecardYield) {

  /** Of earlier days the API has no racecards. */
  public static final LocalDate FIRST_DAY = LocalDate.of(2023, 1, 23);

  /** The API has racecards up to a week ahead. */
  public static final int DAYS_AHEAD = 7;

  /** By whose midnight a day of racing ends. */
  public static final ZoneId ZONE = ZoneId.of("Europe/London");

  /** All days up to today. */
  public static final RacecardScanOptions USUAL =
      new RacecardScanOptions(
          true, Optional.empty(), Optional.empty(), true, RacecardYield.REFERENCE);

  /** A person who names days wants them read, whatever they are expected to bring. */
  boolean isExplicit() {
    return since.isPresent() || until.isPresent();
  }

  /**
   * The days to be read.
   *
   * @throws IllegalArgumentException where no day lies between
   */
  public DateRange span(LocalDate today) {
    return new DateRange(since.orElse(FIRST_DAY), until.orElse(today));
  }
}
