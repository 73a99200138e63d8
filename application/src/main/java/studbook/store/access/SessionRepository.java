package studbook.store.access;

import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * The sessions of the dashboard, of all services on the database: a restart or another service
 * behind the same proxy knows them. Only hashes are stored. Safe for many threads.
 */
public final class SessionRepository {

  private static final String VALID =
      """
      s.started_at > clock_timestamp() - :absolute * interval '1 second'
      AND s.last_used_at > clock_timestamp() - :idle * interval '1 second'
      """;

  private final Jdbi jdbi;
  private final Duration idle;
  private final Duration absolute;

  /**
   * @param idle time after its last use until a session ends
   * @param absolute time after its start until it ends
   */
  public SessionRepository(Jdbi jdbi, Duration idle, Duration absolute) {
    this.jdbi = jdbi;
    this.idle = idle;
    this.absolute = absolute;
  }

  /** The user of a session, or the owner of a token. */
  public record KnownVisitor(String name, AccessRole role) {}

  /** Begins a session and deletes those that are over. */
  public void begin(byte[] hash, String user) {
    jdbi.useTransaction(handle -> {
      handle
          .createUpdate("DELETE FROM studbook.dashboard_session s WHERE NOT (" + VALID + ")")
          .bind("idle", idle.toSeconds())
          .bind("absolute", absolute.toSeconds())
          .execute();
      handle.execute(
          "INSERT INTO studbook.dashboard_session (session_hash, user_name) VALUES (?, ?)",
          hash,
          user);
    });
  }

  /** The user of a valid session. */
  public Optional<KnownVisitor> find(byte[] hash) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT u.name, u.role FROM studbook.dashboard_session s
                JOIN studbook.dashboard_user u ON u.name = s.user_name
                WHERE s.session_hash = :hash AND
                """
                    + VALID)
            .bind("hash", hash)
            .bind("idle", idle.toSeconds())
            .bind("absolute", absolute.toSeconds())
            .map((row, _) ->
                new KnownVisitor(
                    row.getString("name"),
                    AccessRole.of(row.getString("role")).orElse(AccessRole.VIEWER)))
            .findOne());
  }

  /** Records that a session is used. */
  public void touch(byte[] hash) {
    jdbi.useHandle(handle ->
        handle.execute(
            "UPDATE studbook.dashboard_session SET last_used_at = clock_timestamp() WHERE session_hash = ?",
            hash));
  }

  /** Ends a session. Repeatable. */
  public void end(byte[] hash) {
    jdbi.useHandle(handle ->
        handle.execute("DELETE FROM studbook.dashboard_session WHERE session_hash = ?", hash));
  }
}
