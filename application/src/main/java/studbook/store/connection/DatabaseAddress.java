package studbook.store.connection;

import java.util.Optional;
import java.util.regex.Pattern;
import studbook.security.Secret;
import studbook.store.libpq.ConnectionDefaults;

/**
 * The address of a PostgreSQL, with credentials. Immutable; {@link #toString()} shows the location
 * only.
 *
 * @param jdbcUrl for pgjdbc, with every option and no credential
 * @param password empty if the server needs none, or finds it elsewhere
 * @param location hosts, ports and database, for messages: {@code db.example.org:5432/postgres}
 */
public record DatabaseAddress(
    String jdbcUrl, Secret username, Optional<Secret> password, String location) {

  private static final Pattern VERIFIED = Pattern.compile("(^|&)sslmode=verify-(ca|full)(&|$)");
  private static final Pattern NAMED_METHODS = Pattern.compile("(^|&)requireAuth=");

  /**
   * Parameters of a JDBC URL that replace certificate or host name verification, which could accept
   * anything.
   */
  private static final Pattern OTHER_JUDGE =
      Pattern.compile(
          "(^|&)(sslhostnameverifier=|sslfactory=(?!"
              + Pattern.quote(TlsOptions.JAVA_TRUST_STORE)
              + "(&|$)))");

  /** Parameters that change where a host name leads. */
  private static final Pattern OTHER_WAY = Pattern.compile("(^|&)socketFactory");

  private static final Pattern COMMA = Pattern.compile(",");
  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?");

  /**
   * Parses a libpq URI ({@code postgresql://user:password@host:port/database?sslmode=require}; also
   * several hosts, IPv6 in brackets, and libpq's defaults) or a {@code jdbc:postgresql:} URL with
   * user and password in its query. Additions of libpq and hosting services are translated for
   * pgjdbc, or ignored if they have no meaning here. {@code sslrootcert} means the same as in libpq
   * in both forms.
   *
   * @param defaults for values missing in a libpq URI; for a JDBC URL only user and password file
   * @throws IllegalArgumentException with a sentence that quotes nothing that may be part of a
   *     credential
   */
  public static DatabaseAddress parse(String url, ConnectionDefaults defaults) {
    return new AddressParser(new DatabaseUrl(url.strip()), defaults).address();
  }

  /** Parses {@code url} alone: no variables, service file or password file. */
  public static DatabaseAddress parse(String url) {
    return parse(url, System.getProperty("user.name", "postgres"));
  }

  /**
   * @param defaultUser if the URL has none; libpq uses the system's user
   */
  static DatabaseAddress parse(String url, String defaultUser) {
    return parse(url, ConnectionDefaults.ofUser(defaultUser));
  }

  /**
   * Whether a server that requests the password itself instead of a proof may have it: if TLS
   * verifies the server, or the connection stays on this machine.
   */
  boolean mayExposePassword() {
    int slashes = jdbcUrl.indexOf("//");
    String rest = jdbcUrl.substring(slashes + 2);
    String options = rest.substring(rest.indexOf('?') + 1);
    boolean verified = VERIFIED.matcher(options).find() && !OTHER_JUDGE.matcher(options).find();
    boolean onThisMachine =
        !OTHER_WAY.matcher(options).find()
            && COMMA
                .splitAsStream(rest.substring(0, rest.indexOf('/')))
                .allMatch(host -> LOOPBACK.matcher(host).matches());
    return verified || onThisMachine || NAMED_METHODS.matcher(options).find();
  }

  @Override
  public String toString() {
    return location;
  }
}
