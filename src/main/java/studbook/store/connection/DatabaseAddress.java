package studbook.store.connection;

import java.util.Optional;
import java.util.regex.Pattern;
import studbook.security.Secret;
import studbook.store.libpq.ConnectionDefaults;

/**
 * Where a PostgreSQL is and who enters it. Immutable; {@link #toString()} shows the location only.
 *
 * @param jdbcUrl for pgjdbc, with every option and without any credential
 * @param password empty where the server wants none, or finds it elsewhere
 * @param location hosts, ports and database, for messages: {@code db.example.org:5432/postgres}
 */
public record DatabaseAddress(
    String jdbcUrl, Secret username, Optional<Secret> password, String location) {

  private static final Pattern VERIFIED = Pattern.compile("(^|&)sslmode=verify-(ca|full)(&|$)");
  private static final Pattern NAMED_METHODS = Pattern.compile("(^|&)requireAuth=");

  /** Of a JDBC URL: its own judge of certificates or names may accept anything. */
  private static final Pattern OTHER_JUDGE =
      Pattern.compile(
          "(^|&)(sslhostnameverifier=|sslfactory=(?!"
              + Pattern.quote(TlsOptions.JAVA_TRUST_STORE)
              + "(&|$)))");

  /** Something that decides where a host's name leads to. */
  private static final Pattern OTHER_WAY = Pattern.compile("(^|&)socketFactory");

  private static final Pattern COMMA = Pattern.compile(",");
  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?");

  /**
   * Reads a libpq URI ({@code postgresql://user:password@host:port/database?sslmode=require}; also
   * several hosts, IPv6 in brackets, and libpq's defaults for what is missing) or a {@code
   * jdbc:postgresql:} URL with user and password in its query. What libpq and the URLs of hosting
   * services add is translated for pgjdbc or, where it means nothing here, ignored. {@code
   * sslrootcert} means what it means to libpq in either form.
   *
   * @param defaults for what a libpq URI leaves out; of a JDBC URL only user and password file
   * @throws IllegalArgumentException with a sentence that quotes nothing that may be part of a
   *     credential
   */
  public static DatabaseAddress parse(String url, ConnectionDefaults defaults) {
    return new AddressParser(new DatabaseUrl(url.strip()), defaults).address();
  }

  /** Reads {@code url} alone: no variable, no service file, no password file. */
  public static DatabaseAddress parse(String url) {
    return parse(url, System.getProperty("user.name", "postgres"));
  }

  /**
   * @param defaultUser who enters where the URL names nobody; libpq takes the system's user
   */
  static DatabaseAddress parse(String url, String defaultUser) {
    return parse(url, ConnectionDefaults.ofUser(defaultUser));
  }

  /**
   * Whether a server that asks for the password itself, and not for a proof of it, may have it:
   * where TLS shows that it is the right server, or the way to it does not leave this machine.
   */
  boolean mayTellPasswordInClear() {
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
