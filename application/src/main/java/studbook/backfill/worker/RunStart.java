package studbook.backfill.worker;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Jdbi;
import studbook.racingapi.Endpoint;
import studbook.store.database.DatabaseRetry;
import studbook.store.racecard.RacecardScanProgress;
import studbook.store.racecard.RacecardScanRepository;
import studbook.store.run.RunCounts;
import studbook.store.run.RunRepository;
import studbook.store.statistics.FieldStatistics;

/**
 * The data that a worker needs to start a run.
 *
 * @param usualShares by endpoint and field name: the share of profiles of earlier runs that had it
 */
record RunStart(
    RunCounts counts, RacecardScanProgress scan, Map<Endpoint, Map<String, Double>> usualShares) {

  /**
   * Loads it, retrying while the database is unavailable.
   *
   * @return empty if the worker was stopped first
   */
  static Optional<RunStart> load(
      Jdbi jdbi, long run, DatabaseRetry retry, BooleanSupplier shouldContinue) {
    try {
      return retry.callWhile(
          shouldContinue,
          () ->
              new RunStart(
                  new RunRepository(jdbi).counts(run),
                  new RacecardScanRepository(jdbi).totals(run),
                  usualShares(new FieldStatistics(jdbi), run)));
    } catch (InterruptedException e) {
      return Optional.empty();
    }
  }

  private static Map<Endpoint, Map<String, Double>> usualShares(
      FieldStatistics statistics, long run) {
    Map<Endpoint, Map<String, Double>> shares = new EnumMap<>(Endpoint.class);
    for (Endpoint endpoint : Endpoint.values()) {
      shares.put(endpoint, statistics.usualShares(run, endpoint.text()));
    }
    return shares;
  }
}
