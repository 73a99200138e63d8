package studbook.store.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import studbook.store.run.ProcessIdentity;
import studbook.store.work.LeaseConfig;

/**
 * What operators did through the dashboard or the JSON API. A command in the background belongs to
 * its process: it is interrupted if that has ended. Safe for many threads.
 */
public final class OperatorActionRepository {

  /** The result of a command that runs in the background, until it ends. */
  public static final String STARTED = "started";

  /** The columns of an {@link OperatorAction}. */
  private static final String COLUMNS =
      """
      action_id, acted_at, operator, command, state, result, host, pid, pid_start,
      last_heartbeat_at > clock_timestamp() - interval '%d s' AS seen_lately
      """
          .formatted(LeaseConfig.DEAD_AFTER.toSeconds());

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
      long id, Instant at, String operator, String command, ActionState state, String result) {

    public boolean isRunning() {
      return state == ActionState.RUNNING;
    }

    /** Whether it did what it should, or still does. */
    public boolean isGood() {
      return state == ActionState.DONE || isRunning();
    }
  }

  /** Records an action of this process and returns its id. */
  public long record(String operator, String command, ActionState state, String result) {
    ProcessIdentity process = ProcessIdentity.mine();
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                INSERT INTO studbook.operator_action (operator, command, state, result, host, pid, pid_start)
                VALUES (:operator, :command, :state, :result, :host, :pid, :pidStart) RETURNING action_id
                """)
            .bind("operator", operator)
            .bind("command", command)
            .bind("state", state.text())
            .bind("result", result)
            .bind("host", process.host())
            .bind("pid", process.process())
            .bind("pidStart", process.started())
            .mapTo(Long.class)
            .one());
  }

  /**
   * Records what became of an action that was started; also if its process had been taken for dead
   * meanwhile. Repeatable.
   */
  public void finish(long id, ActionState state, String result) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                UPDATE studbook.operator_action SET state = :state, result = :result WHERE action_id = :id
                """)
            .bind("id", id)
            .bind("state", state.text())
            .bind("result", result)
            .execute());
  }

  /** Records that this process runs the commands of these actions. */
  public void heartbeat(Set<Long> ids) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                UPDATE studbook.operator_action
                SET last_heartbeat_at = clock_timestamp(), state = 'running', result = :started
                WHERE action_id = ANY (:ids::bigint[]) AND state IN ('running', 'interrupted')
                """)
            .bindArray("ids", Long.class, ids)
            .bind("started", STARTED)
            .execute());
  }

  /** Records as interrupted what processes ran that have ended. Repeatable. */
  public void endInterrupted() {
    running().stream()
        .filter(action -> !action.isRunning())
        .forEach(action ->
            jdbi.useHandle(handle ->
                handle
                    .createUpdate(
                        """
                        UPDATE studbook.operator_action SET state = 'interrupted', result = :result
                        WHERE action_id = :id AND state = 'running'
                        """)
                    .bind("id", action.id())
                    .bind("result", action.result())
                    .execute()));
  }

  private List<OperatorAction> running() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT "
                    + COLUMNS
                    + "FROM studbook.operator_action WHERE state = 'running' ORDER BY action_id")
            .map((row, _) -> action(row))
            .list());
  }

  /** An action by its number. */
  public Optional<OperatorAction> find(long id) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT " + COLUMNS + "FROM studbook.operator_action WHERE action_id = :id")
            .bind("id", id)
            .map((row, _) -> action(row))
            .findOne());
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
                "SELECT "
                    + COLUMNS
                    + """
                    FROM studbook.operator_action
                    WHERE cardinality(:commands::text[]) = 0 OR split_part(command, ' ', 1) = ANY (:commands::text[])
                    ORDER BY action_id DESC LIMIT :most
                    """)
            .bind("most", most)
            .bindArray("commands", String.class, commands)
            .map((row, _) -> action(row))
            .list());
  }

  /** As recorded, except that a command whose process has ended is interrupted. */
  private static OperatorAction action(ResultSet row) throws SQLException {
    ProcessIdentity process =
        new ProcessIdentity(row.getString("host"), row.getLong("pid"), row.getString("pid_start"));
    ActionState recorded = ActionState.of(row.getString("state"));
    boolean interrupted =
        recorded == ActionState.RUNNING && !process.isAlive(row.getBoolean("seen_lately"));
    return new OperatorAction(
        row.getLong("action_id"),
        row.getObject("acted_at", OffsetDateTime.class).toInstant(),
        row.getString("operator"),
        row.getString("command"),
        interrupted ? ActionState.INTERRUPTED : recorded,
        interrupted ? interruption(process) : row.getString("result"));
  }

  /** Why an action of a process was interrupted, as a sentence. */
  public static String interruption(ProcessIdentity process) {
    return "The process that ran it ended first: %s.".formatted(process);
  }
}
