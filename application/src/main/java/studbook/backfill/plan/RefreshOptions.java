package studbook.backfill.plan;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import studbook.store.run.HorseSelection;
import studbook.store.table.RefreshIntervals;

/**
 * What a refresh requests again, and how fast.
 *
 * @param intervals after which a horse is due
 * @param max maximum number of horses
 * @param ids only these, if given
 * @param budgetShare of the rate that it uses at most, above 0, at most 1
 */
public record RefreshOptions(
    RefreshIntervals intervals,
    Optional<Long> max,
    Optional<List<String>> ids,
    Optional<Double> budgetShare) {

  /**
   * Days before today whose racecards are read. An older one is no good confirmation: the horse may
   * have changed since.
   */
  private static final int DAYS_BACK = 7;

  public RefreshOptions {
    ids = ids.map(List::copyOf);
  }

  public HorseSelection selection() {
    return HorseSelection.due(intervals, max, ids);
  }

  /** The racecards of the last days and of tomorrow, which confirm many horses with one request. */
  public RacecardScanOptions scanOptions(Clock clock) {
    LocalDate today = LocalDate.now(clock.withZone(RacecardScanOptions.ZONE));
    LocalDate since = today.minusDays(DAYS_BACK);
    return new RacecardScanOptions(
        ids.isEmpty() && !since.isBefore(RacecardScanOptions.FIRST_DAY),
        Optional.of(since),
        Optional.of(today.plusDays(1)),
        true,
        RacecardYield.REFERENCE);
  }
}
