package studbook.backfill.progress;

import java.util.List;
import studbook.store.outcome.WriteResult;

/** Told how a run goes, on the threads that do the work: answers must be quick. */
public interface RunListener {

  /** Some horses were committed. */
  void committed(List<WriteResult.RowWritten> written, ProgressSnapshot view);

  /**
   * The run can neither begin nor end before the database is available again.
   *
   * @param reason what the server or the driver said
   */
  void waitsForDatabase(long run, String reason);

  /** About once a second, and when a pause begins or ends. */
  void ticked(ProgressSnapshot view);
}
