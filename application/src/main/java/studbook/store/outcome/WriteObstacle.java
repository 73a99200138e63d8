package studbook.store.outcome;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import studbook.store.error.ErrorClassifier;
import studbook.store.error.StoreException;
import studbook.store.table.MissingGrants;

/**
 * The obstacle to a write, for a person to remove. Derived from the SQLSTATE, the error's fields
 * and the catalog, never from its message, which the server translates.
 */
record WriteObstacle(Handle handle, JdbiException failure) {

  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String NOT_NULL_VIOLATION = "23502";

  /** Columns that Studbook fills; another NOT NULL column rejects every row. */
  private static final Set<String> WRITTEN =
      Set.of("sire_id", "sire", "dam_id", "dam", "damsire_id", "damsire", "breeder", "region");

  /**
   * Whether every other row would fail too: syntax, names, permissions, features, limits, or a NOT
   * NULL column without a value.
   */
  static boolean isOfTheSchema(JdbiException failure) {
    String state = state(failure);
    return state.startsWith("42")
        || state.startsWith("0A")
        || state.startsWith("3F")
        || state.startsWith("54")
        || state.startsWith("XX")
        || (state.equals(NOT_NULL_VIOLATION)
            && error(failure)
                .map(ServerErrorMessage::getColumn)
                .filter(column -> !WRITTEN.contains(column))
                .isPresent());
  }

  /** Whether a function of the user's raised it, and no constraint or type was violated. */
  static boolean isOfATrigger(JdbiException failure) {
    String state = state(failure);
    return !state.startsWith("22") && !state.startsWith("23") && !context(failure).isEmpty();
  }

  /** An exception for a person who can fix it; otherwise the original one. */
  RuntimeException exception() {
    String state = state(failure);
    boolean trigger = isOfATrigger(failure);
    if (state.equals(LOCK_NOT_AVAILABLE) && !trigger) {
      return new StoreException(
          "another session has held a lock on ra_horses or ra_horse_pedigree for 30 s:"
              + " end what it does (see pg_stat_activity), then try again",
          failure);
    }
    if (ErrorClassifier.passes(failure) && !trigger && !state.equals("25006")) {
      return failure;
    }
    return new StoreException(
        "a trial write failed: %s (%s)"
            .formatted(ErrorClassifier.reason(failure), advice(state, trigger)),
        failure);
  }

  private String advice(String state, boolean trigger) {
    String triggers = String.join(", ", triggers());
    if (trigger && !triggers.isEmpty()) {
      return "raised by the trigger " + triggers + ": fix its function or drop it";
    }
    return switch (state) {
      case "42501" -> rights();
      case "42P10" -> "horse_id must be the primary key of both tables";
      case NOT_NULL_VIOLATION -> "give that column a default, or drop its NOT NULL";
      case "25006" -> "the database is read-only just now";
      case "0A000" ->
          rules().isEmpty()
              ? "ra_horses or ra_horse_pedigree cannot be written this way"
              : "the rule "
                  + String.join(", ", rules())
                  + " conflicts with Studbook's write statement: drop it or use a trigger instead";
      default -> "a row of ra_horses or ra_horse_pedigree could not be written";
    };
  }

  private String rights() {
    List<String> grants = new MissingGrants(handle).toFill();
    return grants.isEmpty()
        ? "give this database user a policy for SELECT, INSERT and UPDATE on both tables, or"
            + " BYPASSRLS"
        : "as the owner run " + String.join(" ", grants);
  }

  /** Triggers of the two tables whose functions are in the error's context. */
  private List<String> triggers() {
    String context = context(failure);
    return handle
        .createQuery(
            """
            SELECT quote_ident(t.tgname) || ' on ' || c.relname || ' (function ' || p.proname || ')' AS trigger, p.proname
            FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
            WHERE NOT t.tgisinternal AND t.tgrelid IN (to_regclass('ra_horses'), to_regclass('ra_horse_pedigree'))
            ORDER BY 1
            """)
        .map((row, context1) ->
            context.contains(row.getString("proname")) ? row.getString("trigger") : "")
        .filter(named -> !named.isEmpty())
        .list();
  }

  private List<String> rules() {
    return handle
        .createQuery(
            """
            SELECT quote_ident(w.rulename) || ' on ' || c.relname
            FROM pg_rewrite w JOIN pg_class c ON c.oid = w.ev_class
            WHERE w.ev_type <> '1' AND w.ev_class IN (to_regclass('ra_horses'), to_regclass('ra_horse_pedigree'))
            ORDER BY 1
            """)
        .mapTo(String.class)
        .list();
  }

  private static String state(JdbiException failure) {
    return failure.getCause() instanceof SQLException cause && cause.getSQLState() != null
        ? cause.getSQLState()
        : "";
  }

  /** The server's call context: functions and statements. */
  private static String context(JdbiException failure) {
    return error(failure).map(ServerErrorMessage::getWhere).orElse("");
  }

  private static Optional<ServerErrorMessage> error(JdbiException failure) {
    return failure.getCause() instanceof PSQLException cause
        ? Optional.ofNullable(cause.getServerErrorMessage())
        : Optional.empty();
  }
}
