package studbook.store;

import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * A row that the user's schema does not take: a constraint, a type, a policy, or a trigger that
 * raises whatever state its author chose.
 *
 * @param sentence what the server said, with the constraint's name and without the row's values
 * @param isOfRights whether a right or a policy is the matter
 */
record Refusal(String sentence, boolean isOfRights) {

  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  /**
   * The refusal in {@code trouble}; empty where the database is in trouble itself, which passes, or
   * where the statement is wrong, which no other row would mend.
   */
  static Optional<Refusal> in(JdbiException trouble) {
    if (!(trouble.getCause() instanceof SQLException cause) || Outage.passes(cause)) {
      return Optional.empty();
    }
    String state = cause.getSQLState() == null ? "" : cause.getSQLState();
    return isOfTheRow(state)
        ? Optional.of(new Refusal(sentence(cause), state.equals(INSUFFICIENT_PRIVILEGE)))
        : Optional.empty();
  }

  /**
   * 42 is syntax and names, but 42501 is also what a policy's check raises; XX is a broken server.
   */
  private static boolean isOfTheRow(String state) {
    return state.equals(INSUFFICIENT_PRIVILEGE)
        || (state.length() == 5
            && !state.startsWith("42")
            && !state.startsWith("XX")
            && !state.startsWith("0A")
            && !state.startsWith("28")
            && !state.startsWith("3D")
            && !state.startsWith("54"));
  }

  /** The server's detail is left out: it would quote the row's values. */
  private static String sentence(SQLException cause) {
    ServerErrorMessage error =
        cause instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
    if (error == null) {
      return "the database refused the row";
    }
    String constraint = error.getConstraint();
    return "the database refused the row: "
        + error.getMessage()
        + (constraint == null ? "" : " (constraint " + constraint + ")");
  }
}
