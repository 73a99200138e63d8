package studbook.backfill.plan;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import studbook.time.DateRange;

/**
 * Options of the racecard scan.
 *
 * @param read whether days are read at all
 * @param since the first day, if given
 * @param until the last day, if given
 * @param cacheProfiles whether profiles of runners that are not needed yet are cached
 * @param racecardYield the expected yield
 */
public record RacecardScanOptions(
    boolean read,
    Optional<LocalDate> since,
    Optional<LocalDate> until,
    boolean cacheProfiles,
    RacecardYield racecardYield) {

  /** Of earlier days the API has no racecards. */
  public static final LocalDate FIRST_DAY = LocalDate.of(2023, 1, 23);

  /** The API has racecards up to a week ahead. */
  public static final int DAYS_AHEAD = 7;

  /** The zone of racing days. */
  public static final ZoneId ZONE = ZoneId.of("Europe/London");

  /** All days up to today. */
  public static final RacecardScanOptions USUAL =
      new RacecardScanOptions(
          true, Optional.empty(), Optional.empty(), true, RacecardYield.REFERENCE);

  /** No days. */
  public static final RacecardScanOptions NONE =
      new RacecardScanOptions(
          false, Optional.empty(), Optional.empty(), true, RacecardYield.REFERENCE);

  /** Explicit days are read without regard to their expected yield. */
  boolean isExplicit() {
    return since.isPresent() || until.isPresent();
  }

  /**
   * The days to read.
   *
   * @throws IllegalArgumentException if the range is empty
   */
  DateRange span(LocalDate today) {
    return new DateRange(since.orElse(FIRST_DAY), until.orElse(today));
  }
}
