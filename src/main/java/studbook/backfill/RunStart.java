package studbook.backfill;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import studbook.store.DatabaseRetry;
import studbook.store.SweepTotals;
import studbook.store.Tally;

/** What has to be read of a run before anything can be done for it. */
record RunStart(Tally tally, SweepTotals sweep) {

  /**
   * Reads it, and tries again while the database is unavailable.
   *
   * @param mayGoOn whether to try again
   * @return empty where the worker was asked to stop first
   */
  static Optional<RunStart> read(
      Worker.Ledger ledger, long run, DatabaseRetry retry, BooleanSupplier mayGoOn) {
    try {
      return retry.callWhile(
          mayGoOn,
          () -> new RunStart(ledger.runs().tally(run), ledger.racecards().sweeps().totals(run)));
    } catch (InterruptedException e) {
      return Optional.empty();
    }
  }
}
