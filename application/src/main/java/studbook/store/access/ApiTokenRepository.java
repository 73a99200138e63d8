package studbook.store.access;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import studbook.store.access.SessionRepository.KnownVisitor;

/** The tokens of programs that use the JSON API. Only hashes are stored. Safe for many threads. */
public final class ApiTokenRepository {

  private final Jdbi jdbi;

  public ApiTokenRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A token.
   *
   * @param lastUsedAt to the minute; empty if it never was
   */
  public record ApiTokenRow(
      String name, AccessRole role, Instant createdAt, Optional<Instant> lastUsedAt) {}

  /**
   * Adds a token.
   *
   * @return whether the name was free
   */
  public boolean add(String name, AccessRole role, byte[] hash) {
    return jdbi.withHandle(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO studbook.api_token (name, role, token_hash) VALUES (:name, :role, :hash)
                ON CONFLICT DO NOTHING
                """)
            .bind("name", name)
            .bind("role", role.text())
            .bind("hash", hash)
            .execute())
        == 1;
  }

  /** Removes a token; returns whether there was one. */
  public boolean remove(String name) {
    return jdbi.withHandle(
            handle -> handle.execute("DELETE FROM studbook.api_token WHERE name = ?", name))
        == 1;
  }

  /** All tokens by name. */
  public List<ApiTokenRow> all() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT * FROM studbook.api_token ORDER BY name COLLATE \"C\"")
            .map((row, _) ->
                new ApiTokenRow(
                    row.getString("name"),
                    AccessRole.of(row.getString("role")).orElse(AccessRole.VIEWER),
                    row.getObject("created_at", OffsetDateTime.class).toInstant(),
                    Optional.ofNullable(row.getObject("last_used_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant)))
            .list());
  }

  /** Whose token it is; records the use once a minute. */
  public Optional<KnownVisitor> find(byte[] hash) {
    return jdbi.inTransaction(handle -> {
      Optional<KnownVisitor> found =
          handle
              .createQuery("SELECT name, role FROM studbook.api_token WHERE token_hash = :hash")
              .bind("hash", hash)
              .map((row, _) ->
                  new KnownVisitor(
                      row.getString("name"),
                      AccessRole.of(row.getString("role")).orElse(AccessRole.VIEWER)))
              .findOne();
      if (found.isPresent()) {
        handle.execute(
            """
            UPDATE studbook.api_token SET last_used_at = clock_timestamp()
            WHERE token_hash = ? AND (last_used_at < clock_timestamp() - interval '1 minute') IS NOT FALSE
            """,
            (Object) hash);
      }
      return found;
    });
  }
}
