package studbook.store.access;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** What operators did through the dashboard or the JSON API. Safe for many threads. */
public final class OperatorActionRepository {

  /** The result of a command that runs in the background, until it ends. */
  public static final String STARTED = "started";

  private final Jdbi jdbi;

  public OperatorActionRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * An action.
   *
   * @param operator name of the user, or of the token
   * @param command as it would be typed, without {@code studbook}
   * @param result the last line that it printed; may contain text from outside
   */
  public record OperatorAction(
      long id, Instant at, String operator, String command, boolean succeeded, String result) {

    /** Whether it was started and its end is not recorded: it runs, or its process died. */
    public boolean isRunning() {
      return succeeded && result.equals(STARTED);
    }
  }

  /** Records an action and returns its id. */
  public long record(String operator, String command, boolean succeeded, String result) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                INSERT INTO studbook.operator_action (operator, command, succeeded, result)
                VALUES (:operator, :command, :succeeded, :result) RETURNING action_id
                """)
            .bind("operator", operator)
            .bind("command", command)
            .bind("succeeded", succeeded)
            .bind("result", result)
            .mapTo(Long.class)
            .one());
  }

  /** Records what became of an action that was started. */
  public void finish(long id, boolean succeeded, String result) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                UPDATE studbook.operator_action SET succeeded = :succeeded, result = :result
                WHERE action_id = :id AND result = :started
                """)
            .bind("id", id)
            .bind("succeeded", succeeded)
            .bind("result", result)
            .bind("started", STARTED)
            .execute());
  }

  /** The newest actions, latest first. */
  public List<OperatorAction> newest(int most) {
    return newest(most, List.of());
  }

  /**
   * The newest actions, latest first.
   *
   * @param commands first words of their commands; all actions if there are none
   */
  public List<OperatorAction> newest(int most, List<String> commands) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM studbook.operator_action
                WHERE cardinality(:commands::text[]) = 0 OR split_part(command, ' ', 1) = ANY (:commands::text[])
                ORDER BY action_id DESC LIMIT :most
                """)
            .bind("most", most)
            .bindArray("commands", String.class, commands)
            .map((row, _) ->
                new OperatorAction(
                    row.getLong("action_id"),
                    row.getObject("acted_at", OffsetDateTime.class).toInstant(),
                    row.getString("operator"),
                    row.getString("command"),
                    row.getBoolean("succeeded"),
                    row.getString("result")))
            .list());
  }
}
