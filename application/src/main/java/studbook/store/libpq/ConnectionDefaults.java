package studbook.store.libpq;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * libpq's defaults for a connection string: PG* variables, the service's definition, the password
 * file, the root certificate in the home folder and the system's user. Reads files at each call, so
 * changed passwords are seen. Immutable.
 */
public final class ConnectionDefaults {

  /** The supported variables with libpq's keyword for each. */
  private static final Map<String, String> VARIABLES =
      Map.ofEntries(
          Map.entry("PGHOST", "host"),
          Map.entry("PGHOSTADDR", "hostaddr"),
          Map.entry("PGPORT", "port"),
          Map.entry("PGDATABASE", "dbname"),
          Map.entry("PGUSER", "user"),
          Map.entry("PGPASSWORD", "password"),
          Map.entry("PGPASSFILE", "passfile"),
          Map.entry("PGSERVICE", "service"),
          Map.entry("PGSSLMODE", "sslmode"),
          Map.entry("PGSSLROOTCERT", "sslrootcert"),
          Map.entry("PGSSLCERT", "sslcert"),
          Map.entry("PGSSLKEY", "sslkey"),
          Map.entry("PGSSLNEGOTIATION", "sslnegotiation"),
          Map.entry("PGGSSENCMODE", "gssencmode"),
          Map.entry("PGCHANNELBINDING", "channel_binding"),
          Map.entry("PGREQUIREAUTH", "require_auth"),
          Map.entry("PGAPPNAME", "application_name"),
          Map.entry("PGCONNECT_TIMEOUT", "connect_timeout"),
          Map.entry("PGOPTIONS", "options"),
          Map.entry("PGTARGETSESSIONATTRS", "target_session_attrs"),
          Map.entry("PGLOADBALANCEHOSTS", "load_balance_hosts"));

  private final Function<String, Optional<String>> environment;
  private final Optional<Path> home;
  private final String systemUser;

  private ConnectionDefaults(
      Function<String, Optional<String>> environment, Optional<Path> home, String systemUser) {
    this.environment = environment;
    this.home = home;
    this.systemUser = systemUser;
  }

  /**
   * The defaults of a user on this machine.
   *
   * @param environment a variable's value; empty if unset
   * @param home folder of {@code .pgpass}, {@code .pg_service.conf} and {@code .postgresql}
   */
  public static ConnectionDefaults of(
      Function<String, Optional<String>> environment, Path home, String systemUser) {
    return new ConnectionDefaults(environment, Optional.of(home), systemUser);
  }

  /** Defaults without variables and files. */
  public static ConnectionDefaults ofUser(String systemUser) {
    return new ConnectionDefaults(_ -> Optional.empty(), Optional.empty(), systemUser);
  }

  /** The default user. */
  public String systemUser() {
    return systemUser;
  }

  /** The variables that are set, each with libpq's keyword. */
  public Map<String, DefaultSetting> variables() {
    Map<String, DefaultSetting> set = new LinkedHashMap<>();
    VARIABLES.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(variable ->
            environment
                .apply(variable.getKey())
                .ifPresent(value ->
                    set.put(variable.getKey(), new DefaultSetting(variable.getValue(), value))));
    return set;
  }

  /** A libpq keyword with its value. */
  public record DefaultSetting(String keyword, String value) {

    /** The keyword only: the value may be a password. */
    @Override
    public String toString() {
      return keyword;
    }
  }

  /**
   * The parameters of a service, from the user's file or the system's.
   *
   * @throws IllegalArgumentException if there is no such service, in a sentence without its subject
   */
  public Map<String, String> service(String name) {
    return serviceFiles()
        .flatMap(file -> new ServiceFile(file).definition(name).stream())
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "names a service that no service file defines (PGSERVICEFILE, ~/.pg_service.conf,"
                    + " pg_service.conf in PGSYSCONFDIR)"));
  }

  private Stream<Path> serviceFiles() {
    Optional<Path> own =
        environment
            .apply("PGSERVICEFILE")
            .map(Path::of)
            .or(() -> home.map(folder -> folder.resolve(".pg_service.conf")));
    Optional<Path> system =
        environment.apply("PGSYSCONFDIR").map(folder -> Path.of(folder, "pg_service.conf"));
    return Stream.concat(own.stream(), system.stream());
  }

  /**
   * The password file's entry for a server, database and user.
   *
   * @param file instead of {@code ~/.pgpass}, if configured
   */
  public Optional<String> password(
      Optional<String> file, String host, String port, String database, String user) {
    return file.or(() -> environment.apply("PGPASSFILE"))
        .map(Path::of)
        .or(() -> home.map(folder -> folder.resolve(".pgpass")))
        .flatMap(path -> new PasswordFile(path).password(host, port, database, user));
  }

  /** {@code ~/.postgresql/root.crt}, if it exists. */
  public Optional<Path> rootCertificate() {
    return home.map(folder -> folder.resolve(".postgresql").resolve("root.crt"))
        .filter(Files::exists);
  }
}
