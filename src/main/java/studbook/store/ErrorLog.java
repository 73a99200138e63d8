package studbook.store;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Everything that went wrong in a run, also what healed. Safe for many threads. */
public final class ErrorLog {

  private final Jdbi jdbi;

  public ErrorLog(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Appends, in one transaction. */
  public void append(List<ErrorEntry> entries) {
    jdbi.useTransaction(handle -> append(handle, entries));
  }

  static void append(Handle handle, List<ErrorEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO studbook.error (run_id, horse_id, kind, endpoint, status, attempt, millis, message)
            VALUES (:run, :horse, :kind, :endpoint, :status, :attempt, :millis, :message)
            """);
    for (ErrorEntry entry : entries) {
      batch
          .bind("run", entry.run())
          .bind("horse", entry.horse().map(Object::toString).orElse(null))
          .bind("kind", entry.kind().text())
          .bind("endpoint", entry.endpoint().orElse(null))
          .bind("status", entry.status() == 0 ? null : entry.status())
          .bind("attempt", Math.min(Short.MAX_VALUE, entry.attempt()))
          .bind("millis", entry.took().toMillis())
          .bind("message", entry.message())
          .add();
    }
    batch.execute();
  }

  /** The ids of the horses that failed in a run, in their order. */
  public List<String> failedHorses(long run) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT horse_id FROM studbook.ledger
                WHERE run_id = :run AND state = 'failed' ORDER BY horse_id
                """)
            .bind("run", run)
            .mapTo(String.class)
            .list());
  }
}
