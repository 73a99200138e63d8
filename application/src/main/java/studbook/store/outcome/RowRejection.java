package studbook.store.outcome;

import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.JdbiException;
import studbook.store.error.DatabaseError;
import studbook.store.error.ErrorClassifier;

/**
 * A write that the server rejected while the session works. It may concern one row: a constraint, a
 * type, a policy, or a trigger that raises any state.
 *
 * @param sentence the server's message, with the constraint's name or the SQLSTATE, and without the
 *     row's values
 * @param error that was raised
 * @param isCertain whether only a row can be at fault; otherwise the statement or the database may
 *     be
 */
public record RowRejection(String sentence, DatabaseError error, boolean isCertain) {

  /** Feature, login, database name, syntax and names, limits: independent of the row. */
  private static final Set<String> OF_THE_STATEMENT = Set.of("0A", "28", "3D", "42", "54");

  /**
   * The rejection in {@code failure}; empty if the session is broken, or the error is not the
   * server's.
   */
  public static Optional<RowRejection> in(JdbiException failure) {
    return DatabaseError.in(failure)
        .filter(error -> error.place() == DatabaseError.ErrorPlace.STATEMENT)
        .map(RowRejection::of);
  }

  private static RowRejection of(DatabaseError error) {
    return new RowRejection(sentence(error), error, isOfRights(error) || isOfARow(error));
  }

  private static boolean isOfARow(DatabaseError error) {
    return !error.stateClass().isEmpty()
        && !OF_THE_STATEMENT.contains(error.stateClass())
        && !ErrorClassifier.passes(error);
  }

  /** Whether a permission or policy is the cause. */
  public boolean isOfRights() {
    return isOfRights(error);
  }

  private static boolean isOfRights(DatabaseError error) {
    return error.state().equals(DatabaseError.INSUFFICIENT_PRIVILEGE);
  }

  /** Equal for errors that the same piece of code raises. */
  String origin() {
    return error.state() + " " + error.routine().orElse("");
  }

  /** Without the server's detail, which would quote the row's values. */
  private static String sentence(DatabaseError error) {
    String what =
        error
            .constraint()
            .map(name -> "constraint " + name)
            .orElseGet(() -> "SQLSTATE " + error.state());
    return "the database rejected the row: %s (%s)".formatted(error.message().orElse(""), what);
  }
}
