package studbook.backfill.progress;

import java.util.List;
import studbook.store.outcome.WriteResult;

/** Notified of a run's progress, on the working threads: methods must return quickly. */
public interface RunListener {

  /** Some horses were committed. */
  void onCommit(List<WriteResult.RowWritten> written, ProgressSnapshot snapshot);

  /**
   * The run can neither begin nor end before the database is available again, or a lock is
   * released.
   *
   * @param reason the message of the server or driver, or who holds the lock
   */
  void onDatabaseWait(long run, String reason);

  /** The run is finished; counting the quality of all rows takes some seconds more. */
  void onQualityCount(long run);

  /** About once a second, and when a pause begins or ends. */
  void onTick(ProgressSnapshot snapshot);
}
