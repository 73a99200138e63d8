package studbook.store.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The users of the dashboard. Safe for many threads. */
public final class UserRepository {

  private final Jdbi jdbi;

  public UserRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A user.
   *
   * @param name in lower case
   * @param passwordHash Argon2id in the PHC string format
   */
  public record UserRow(
      String name, AccessRole role, String passwordHash, Instant createdAt, Instant changedAt) {

    /** Without the hash. */
    @Override
    public String toString() {
      return name + " (" + role.text() + ")";
    }
  }

  /** All users by name. */
  public List<UserRow> all() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT * FROM studbook.dashboard_user ORDER BY name COLLATE \"C\"")
            .map((row, _) -> user(row))
            .list());
  }

  public Optional<UserRow> find(String name) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT * FROM studbook.dashboard_user WHERE name = :name")
            .bind("name", name)
            .map((row, _) -> user(row))
            .findOne());
  }

  /** Whether there is any user. */
  public boolean exists() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT EXISTS (SELECT FROM studbook.dashboard_user)")
            .mapTo(Boolean.class)
            .one());
  }

  /**
   * Adds a user.
   *
   * @return whether the name was free
   */
  public boolean add(String name, AccessRole role, String passwordHash) {
    return jdbi.withHandle(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO studbook.dashboard_user (name, role, password_hash) VALUES (:name, :role, :hash)
                ON CONFLICT DO NOTHING
                """)
            .bind("name", name)
            .bind("role", role.text())
            .bind("hash", passwordHash)
            .execute())
        == 1;
  }

  /** Removes a user and the user's sessions; returns whether there was one. */
  public boolean remove(String name) {
    return jdbi.withHandle(
            handle -> handle.execute("DELETE FROM studbook.dashboard_user WHERE name = ?", name))
        == 1;
  }

  /** Sets another password and ends the user's sessions; returns whether there is such a user. */
  public boolean changePassword(String name, String passwordHash) {
    return jdbi.inTransaction(handle -> {
      handle.execute("DELETE FROM studbook.dashboard_session WHERE user_name = ?", name);
      return handle.execute(
              """
              UPDATE studbook.dashboard_user SET password_hash = ?, changed_at = clock_timestamp()
              WHERE name = ?
              """,
              passwordHash,
              name)
          == 1;
    });
  }

  private static UserRow user(ResultSet row) throws SQLException {
    return new UserRow(
        row.getString("name"),
        AccessRole.of(row.getString("role")).orElse(AccessRole.VIEWER),
        row.getString("password_hash"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("changed_at", OffsetDateTime.class).toInstant());
  }
}
