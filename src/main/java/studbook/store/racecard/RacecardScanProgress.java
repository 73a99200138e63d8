package studbook.store.racecard;

import java.util.Optional;

/**
 * How far a run's sweep is.
 *
 * @param days of the run, read or not
 * @param left days that are not read yet and not given up
 * @param requests sent for days
 * @param brought horses of the run that days settled
 * @param decision why no days are read, or no more of them, where that was decided
 */
public record RacecardScanProgress(
    long days, long left, long requests, long brought, Optional<String> decision) {

  public static final RacecardScanProgress NONE =
      new RacecardScanProgress(0, 0, 0, 0, Optional.empty());
}
