package studbook.store.connection;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Keeps a connection whose server answered a statement with an error. By SQLSTATE alone the pool
 * would close it within its transaction: for example if a rule forbids the statement (0A000), or a
 * trigger raises a state of class 08.
 */
public final class EvictionRule implements SQLExceptionOverride {

  private static final String FEATURE_NOT_SUPPORTED = "0A000";

  @java.lang.Override
  public Override adjudicate(SQLException failure) {
    boolean usable =
        FEATURE_NOT_SUPPORTED.equals(failure.getSQLState()) || isRaisedByAFunction(failure);
    return usable ? Override.DO_NOT_EVICT : Override.CONTINUE_EVICT;
  }

  /**
   * The server names the function that raised an error; it never does for an error of its own
   * connection.
   */
  private static boolean isRaisedByAFunction(SQLException failure) {
    ServerErrorMessage error =
        failure instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
    String state = failure.getSQLState();
    return error != null && error.getWhere() != null && state != null && state.startsWith("08");
  }
}
