package studbook.store;

import java.util.Optional;
import java.util.regex.Pattern;
import studbook.secret.Secret;

/**
 * Where a PostgreSQL is and who enters it. Immutable; {@link #toString()} shows the location only.
 *
 * @param jdbcUrl for pgjdbc, with every option and without any credential
 * @param password empty where the server wants none, or finds it elsewhere
 * @param location hosts, ports and database, for messages: {@code db.example.org:5432/postgres}
 */
public record DatabaseAddress(
    String jdbcUrl, Secret username, Optional<Secret> password, String location) {

  private static final Pattern VERIFIED =
      Pattern.compile("(^|&)sslmode=verify-(ca|full)(&|$)|(^|&)requireAuth=");
  private static final Pattern COMMA = Pattern.compile(",");
  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?");

  /**
   * Reads a libpq URI ({@code postgresql://user:password@host:port/database?sslmode=require}; also
   * several hosts, IPv6 in brackets, and libpq's defaults for what is missing) or a {@code
   * jdbc:postgresql:} URL with user and password in its query. What libpq and the URLs of hosting
   * services add is translated for pgjdbc or, where it means nothing here, ignored.
   *
   * @throws IllegalArgumentException with a sentence that quotes nothing that may be part of a
   *     credential
   */
  public static DatabaseAddress parse(String url) {
    return parse(url, System.getProperty("user.name", "postgres"));
  }

  /**
   * @param defaultUser who enters where the URL names nobody; libpq takes the system's user
   */
  static DatabaseAddress parse(String url, String defaultUser) {
    return new DatabaseUrl(url.strip()).address(defaultUser);
  }

  /**
   * Whether a server that asks for the password itself, and not for a proof of it, may have it:
   * where TLS shows that it is the right server, or the way to it does not leave this machine.
   */
  boolean mayTellPasswordInClear() {
    int slashes = jdbcUrl.indexOf("//");
    String rest = jdbcUrl.substring(slashes + 2);
    String options = rest.substring(rest.indexOf('?') + 1);
    return VERIFIED.matcher(options).find()
        || COMMA
            .splitAsStream(rest.substring(0, rest.indexOf('/')))
            .allMatch(host -> LOOPBACK.matcher(host).matches());
  }

  @Override
  public String toString() {
    return location;
  }
}
