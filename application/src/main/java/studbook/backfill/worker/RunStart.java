package studbook.backfill.worker;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import studbook.racingapi.Endpoint;
import studbook.store.database.DatabaseRetry;
import studbook.store.racecard.RacecardScanProgress;
import studbook.store.run.RunCounts;

/**
 * What has to be read of a run before anything can be done for it.
 *
 * @param usualShares by endpoint and name of a field: the share of the profiles of earlier runs
 *     that had it
 */
record RunStart(
    RunCounts tally, RacecardScanProgress sweep, Map<Endpoint, Map<String, Double>> usualShares) {

  /**
   * Reads it, and tries again while the database is unavailable.
   *
   * @param mayGoOn whether to try again
   * @return empty where the worker was asked to stop first
   */
  static Optional<RunStart> read(
      RunWorker.RunStores ledger, long run, DatabaseRetry retry, BooleanSupplier mayGoOn) {
    try {
      return retry.callWhile(
          mayGoOn,
          () ->
              new RunStart(
                  ledger.runs().tally(run),
                  ledger.racecards().sweeps().totals(run),
                  usualShares(ledger, run)));
    } catch (InterruptedException e) {
      return Optional.empty();
    }
  }

  private static Map<Endpoint, Map<String, Double>> usualShares(
      RunWorker.RunStores ledger, long run) {
    Map<Endpoint, Map<String, Double>> shares = new EnumMap<>(Endpoint.class);
    Arrays.stream(Endpoint.values())
        .forEach(endpoint ->
            shares.put(endpoint, ledger.book().fields().usualShares(run, endpoint.text())));
    return shares;
  }
}
