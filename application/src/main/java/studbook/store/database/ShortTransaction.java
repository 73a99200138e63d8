package studbook.store.database;

import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;

/**
 * A transaction whose locks block other processes. A process that freezes within it (a suspended
 * machine, SIGSTOP) keeps its connection and would keep the locks; so the server ends a session
 * that is idle in it for as long as a lease lasts. The process gets a transient error.
 */
public final class ShortTransaction {

  private ShortTransaction() {}

  public static <R, X extends Exception> R in(Jdbi jdbi, HandleCallback<R, X> work) throws X {
    return jdbi.inTransaction(handle -> {
      handle.execute("SELECT set_config('idle_in_transaction_session_timeout', '15s', true)");
      return work.withHandle(handle);
    });
  }

  public static <X extends Exception> void use(Jdbi jdbi, HandleConsumer<X> work) throws X {
    in(jdbi, work.asCallback());
  }
}
