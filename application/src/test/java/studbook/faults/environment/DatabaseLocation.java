package studbook.faults.environment;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;
import studbook.store.TestDatabase;

/** How a database is reached on this machine, and as which user. */
public record DatabaseLocation(int port, String database, String username, String password) {

  static DatabaseLocation of(TestDatabase database) {
    return at(database.jdbcUrl(), database.username(), database.password());
  }

  public static DatabaseLocation at(String jdbcUrl, String username, String password) {
    URI address = URI.create(jdbcUrl.substring("jdbc:".length()));
    return new DatabaseLocation(
        address.getPort(), address.getPath().substring(1), username, password);
  }

  /** The same database by another door. */
  public DatabaseLocation through(int otherPort) {
    return new DatabaseLocation(otherPort, database, username, password);
  }

  /** The same database as another user. */
  public DatabaseLocation as(String otherUser, String otherPassword) {
    return new DatabaseLocation(port, database, otherUser, otherPassword);
  }

  /** As in DATABASE_URL. */
  public String url() {
    return "postgresql://%s:%s@127.0.0.1:%d/%s"
        .formatted(username, URLEncoder.encode(password, StandardCharsets.UTF_8), port, database);
  }

  /** A new connection for each handle. */
  Jdbi jdbi() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl("jdbc:postgresql://127.0.0.1:" + port + "/" + database);
    source.setUser(username);
    source.setPassword(password);
    return Jdbi.create(source);
  }
}
