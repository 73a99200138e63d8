package studbook.store.outcome;

import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.JdbiException;
import studbook.store.error.DatabaseError;
import studbook.store.error.ErrorClassifier;

/**
 * A write that the server refused while the session works. It may be about one row: a constraint, a
 * type, a policy, or a trigger that raises whatever state its author chose.
 *
 * @param sentence what the server said, with the constraint's name or the SQLSTATE, and without the
 *     row's values
 * @param error that was raised
 * @param isCertain whether only a row can be at fault; otherwise the statement or the database may
 *     be
 */
public record RowRejection(String sentence, DatabaseError error, boolean isCertain) {

  /** Feature, login, database name, syntax and names, limits: whatever the row holds. */
  private static final Set<String> OF_THE_STATEMENT = Set.of("0A", "28", "3D", "42", "54");

  /** The refusal in {@code trouble}; empty where no session works, or the error is ours. */
  public static Optional<RowRejection> in(JdbiException trouble) {
    return DatabaseError.in(trouble)
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

  /** Whether a right or a policy is the matter. */
  boolean isOfRights() {
    return isOfRights(error);
  }

  private static boolean isOfRights(DatabaseError error) {
    return error.state().equals(DatabaseError.INSUFFICIENT_PRIVILEGE);
  }

  /** The same for errors that the same piece of code raises. */
  String origin() {
    return error.state() + " " + error.routine().orElse("");
  }

  /** The server's detail is left out: it would quote the row's values. */
  private static String sentence(DatabaseError error) {
    String what =
        error
            .constraint()
            .map(name -> "constraint " + name)
            .orElseGet(() -> "SQLSTATE " + error.state());
    return "the database refused the row: %s (%s)".formatted(error.message().orElse(""), what);
  }
}
