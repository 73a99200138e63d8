package studbook.store.connection;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import studbook.security.Secret;
import studbook.store.libpq.ConnectionDefaults;

/**
 * Completes a URL as libpq does: first its own values, then its service, then PG* variables; a
 * password that is still missing comes from the password file.
 */
final class AddressParser {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\[?YOUR-PASSWORD]?");

  private final boolean jdbc;
  private final ConnectionDefaults defaults;

  /** By libpq's keywords. */
  private final Map<String, String> places = new LinkedHashMap<>();

  /** By pgjdbc's names. */
  private final Map<String, String> properties = new LinkedHashMap<>();

  /** The source of a keyword that is not from the URL. */
  private final Map<String, String> origins = new LinkedHashMap<>();

  AddressParser(DatabaseUrl url, ConnectionDefaults defaults) {
    this.jdbc = url.isJdbc();
    this.defaults = defaults;
    url.parameters().forEach((name, value) -> add(name, value, ""));
    addSsl();
    if (!jdbc) {
      addDefaults();
    }
  }

  DatabaseAddress address() {
    ServerList servers;
    String addresses;
    try {
      servers = ServerList.of(place("host"), place("hostaddr"), place("port"));
      addresses = servers.addresses().orElse("");
    } catch (ServerList.ServerListMistake mistake) {
      throw from(origins.getOrDefault(mistake.keyword(), ""), mistake);
    }
    if (!addresses.isEmpty()) {
      properties.put("socketFactoryArg", addresses);
    }
    TlsOptions.complete(properties, defaults.rootCertificate());
    String user = places.getOrDefault("user", defaults.systemUser());
    String database = places.getOrDefault("dbname", user);
    String options =
        properties.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"));
    return new DatabaseAddress(
        "jdbc:postgresql://%s/%s%s"
            .formatted(servers.places(), encode(database), options.isEmpty() ? "" : "?" + options),
        Secret.of(user),
        password(servers, database, user).map(Secret::of),
        // A database named after the user must not be displayed.
        places.containsKey("dbname") ? servers.places() + "/" + database : servers.places());
  }

  /** A JDBC parameter that libpq accepts; an explicit mode overrides it. */
  private void addSsl() {
    switch (place("ssl")) {
      case "" -> {}
      case "true", "1", "require" -> properties.putIfAbsent("sslmode", "require");
      case "false", "0", "disable" -> properties.putIfAbsent("sslmode", "disable");
      default -> throw new IllegalArgumentException("has an ssl that is neither true nor false");
    }
  }

  private void addDefaults() {
    Map<String, ConnectionDefaults.DefaultSetting> variables = defaults.variables();
    Optional<String> service =
        Optional.ofNullable(places.get("service"))
            .or(() ->
                Optional.ofNullable(variables.get("PGSERVICE"))
                    .map(ConnectionDefaults.DefaultSetting::value));
    service.ifPresent(name ->
        defaults.service(name).forEach((keyword, value) -> add(keyword, value, "its service")));
    variables.forEach((name, setting) -> add(setting.keyword(), setting.value(), name));
  }

  private void add(String name, String value, String origin) {
    try {
      DatabaseOptions.put(name, value, jdbc, properties);
    } catch (IllegalArgumentException e) {
      throw from(origin, e);
    }
    if (!value.isEmpty()
        && DatabaseOptions.isPlace(name, jdbc)
        && places.putIfAbsent(name, value) == null
        && !origin.isEmpty()) {
      origins.put(name, origin);
    }
  }

  private static IllegalArgumentException from(String origin, IllegalArgumentException e) {
    return origin.isEmpty()
        ? e
        : new IllegalArgumentException(
            "is completed by " + origin + ", which " + e.getMessage(), e);
  }

  private Optional<String> password(ServerList servers, String database, String user) {
    Optional<String> given = Optional.ofNullable(places.get("password"));
    if (given.isPresent()) {
      if (PLACEHOLDER.matcher(given.get()).matches()) {
        throw new IllegalArgumentException(
            "still has the placeholder [YOUR-PASSWORD] where the password belongs");
      }
      return given;
    }
    Optional<String> file = Optional.ofNullable(places.get("passfile"));
    Set<Optional<String>> found = new LinkedHashSet<>();
    for (ServerList.ServerAddress server : servers.servers()) {
      found.add(defaults.password(file, server.host(), server.port(), database, user));
    }
    if (found.size() > 1) {
      // pgjdbc has one password for all servers, and no server may get another's.
      throw new IllegalArgumentException(
          "names several hosts, and the password file does not have the same password for all");
    }
    return found.iterator().next();
  }

  private String place(String keyword) {
    return places.getOrDefault(keyword, "");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
