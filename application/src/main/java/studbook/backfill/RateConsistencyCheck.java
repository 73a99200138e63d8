package studbook.backfill;

import java.util.List;
import java.util.Optional;
import studbook.store.error.StoreException;
import studbook.store.run.WorkerRepository;
import studbook.time.Rate;

/** Checks that all live processes of an account have the same limits. */
final class RateConsistencyCheck {

  private RateConsistencyCheck() {}

  /**
   * Checks the other workers.
   *
   * @param others those of the account
   * @throws StoreException with the one that differs, and both limits
   */
  static void check(List<WorkerRepository.WorkerRow> others, BackfillSetup setup) {
    for (WorkerRepository.WorkerRow other : others) {
      boolean agrees =
          other.rate().equals(setup.rate()) && other.racecardsRate().equals(setup.racecardsRate());
      if (!agrees && other.isAlive()) {
        throw new StoreException(
            "the processes disagree on the rate limit: %s uses %s, this process %s; set %s to the same value"
                .formatted(
                    other.process(),
                    shown(other.rate(), other.racecardsRate()),
                    shown(setup.rate(), setup.racecardsRate()),
                    other.rate().equals(setup.rate())
                        ? "RACING_API_RACECARDS_RATE"
                        : "RACING_API_RATE"));
      }
    }
  }

  private static String shown(Rate rate, Optional<Rate> racecardsRate) {
    return rate + racecardsRate.map(own -> " and " + own + " for racecards").orElse("");
  }
}
