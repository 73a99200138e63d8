package studbook.store.connection;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.postgresql.PGProperty;

/** Translates the options of a database URL from libpq's names and values to pgjdbc's. */
final class DatabaseOptions {

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("sslmode", "sslmode"),
          Map.entry("sslrootcert", "sslrootcert"),
          Map.entry("sslcert", "sslcert"),
          Map.entry("sslkey", "sslkey"),
          Map.entry("sslnegotiation", "sslNegotiation"),
          Map.entry("gssencmode", "gssEncMode"),
          Map.entry("connect_timeout", "connectTimeout"),
          Map.entry("application_name", "ApplicationName"),
          Map.entry("options", "options"),
          Map.entry("target_session_attrs", "targetServerType"),
          Map.entry("channel_binding", "channelBinding"),
          Map.entry("require_auth", "requireAuth"),
          Map.entry("load_balance_hosts", "loadBalanceHosts"),
          Map.entry("schema", "currentSchema"));

  /** Used by libpq, Prisma or a hosting service, without meaning for pgjdbc or Studbook. */
  private static final Set<String> IGNORED =
      Set.of(
          "keepalives",
          "keepalives_idle",
          "keepalives_interval",
          "keepalives_count",
          "tcp_user_timeout",
          "fallback_application_name",
          "client_encoding",
          "sslcompression",
          "sslsni",
          "pgbouncer",
          "connection_limit",
          "pool_timeout",
          "socket_timeout", // Prisma's, for a statement; statements here have no limit
          "workaround", // Vercel's integration of Supabase
          "statement_cache_size",
          "sslaccept",
          "uselibpqcompat");

  /** libpq's parameters of server and user; they are in the address, not in properties. */
  private static final Set<String> PLACES =
      Set.of(
          "host", "hostaddr", "port", "dbname", "user", "password", "passfile", "service", "ssl");

  /** Properties of pgjdbc that change the host or contain a secret: never part of a query here. */
  private static final Set<PGProperty> REFUSED =
      Set.of(
          PGProperty.USER,
          PGProperty.PASSWORD,
          PGProperty.SSL_PASSWORD,
          PGProperty.PG_HOST,
          PGProperty.PG_PORT,
          PGProperty.PG_DBNAME,
          PGProperty.SERVICE);

  private static final Map<String, List<String>> CHOICES =
      Map.of(
          "sslmode",
          List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
          "channelBinding",
          List.of("disable", "prefer", "require"));

  private static final Map<String, String> TARGETS =
      Map.of(
          "any", "any",
          "read-write", "primary",
          "primary", "primary",
          "read-only", "secondary",
          "standby", "secondary",
          "prefer-standby", "preferSecondary");

  private DatabaseOptions() {}

  static boolean knows(String name, boolean jdbc) {
    return isPlace(name, jdbc)
        || isIgnored(name)
        || (jdbc && isProperty(name))
        || NAMES.containsKey(name);
  }

  /** Whether {@code name} is part of the address itself. */
  static boolean isPlace(String name, boolean jdbc) {
    return PLACES.contains(name) && !(jdbc && (isProperty(name) || name.equals("service")));
  }

  /**
   * Adds pgjdbc's property for a parameter, if it has a meaning here.
   *
   * @param jdbc whether the name is pgjdbc's own; libpq's are accepted in either case
   * @throws IllegalArgumentException with an unknown or invalid parameter
   */
  static void put(String name, String value, boolean jdbc, Map<String, String> properties) {
    if (!knows(name, jdbc)) {
      throw new IllegalArgumentException(
          "has the parameter " + printable(name) + ", which is unknown here");
    }
    // A pooler refuses a search path in the first message, and public is the default.
    boolean usual = name.equals("schema") && value.equals("public");
    if (!isPlace(name, jdbc) && !isIgnored(name) && !usual) {
      String property = jdbc && isProperty(name) ? name : NAMES.getOrDefault(name, name);
      properties.putIfAbsent(property, value(name, property, value));
    }
  }

  private static String value(String name, String property, String value) {
    return switch (name) {
      case "target_session_attrs" -> choice(name, TARGETS, value);
      case "load_balance_hosts" ->
          choice(name, Map.of("disable", "false", "random", "true"), value);
      case "connect_timeout" -> {
        if (!value.matches("-?\\d{1,6}")) {
          throw new IllegalArgumentException("has a connect_timeout that is no number of seconds");
        }
        // libpq waits forever at 0 and below, pgjdbc at 0.
        yield String.valueOf(Math.max(0, Integer.parseInt(value)));
      }
      default -> {
        List<String> choices = CHOICES.get(property);
        if (choices != null && !choices.contains(value)) {
          throw new IllegalArgumentException(
              "has a " + name + " that is not one of " + String.join(", ", choices));
        }
        yield value;
      }
    };
  }

  private static String choice(String name, Map<String, String> choices, String value) {
    String chosen = choices.get(value);
    if (chosen == null) {
      throw new IllegalArgumentException(
          "has a "
              + name
              + " that is not one of "
              + String.join(", ", choices.keySet().stream().sorted().toList()));
    }
    return chosen;
  }

  private static boolean isIgnored(String name) {
    return IGNORED.contains(name) || name.toLowerCase(Locale.ROOT).startsWith("supa");
  }

  private static boolean isProperty(String name) {
    PGProperty property = PGProperty.forName(name);
    return property != null && !REFUSED.contains(property);
  }

  private static String printable(String name) {
    String kept = name.replaceAll("[^A-Za-z0-9_.-]", "?");
    return kept.length() > 40 ? kept.substring(0, 40) + "…" : kept;
  }
}
