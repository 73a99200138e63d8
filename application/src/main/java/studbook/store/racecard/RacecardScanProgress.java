package studbook.store.racecard;

import java.util.Optional;

/**
 * The progress of a run's racecard scan.
 *
 * @param days of the run, read or not
 * @param left days that are neither read nor given up
 * @param requests sent for days
 * @param completed horses of the run that days completed
 * @param decision why no or no more days are read, if that was decided
 */
public record RacecardScanProgress(
    long days, long left, long requests, long completed, Optional<String> decision) {

  public static final RacecardScanProgress NONE =
      new RacecardScanProgress(0, 0, 0, 0, Optional.empty());
}
