package studbook.store.connection;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a database URL. A password with an unescaped {@code @} or {@code /} shifts the following
 * parts, so any of them may be part of the password: no message here quotes the URL.
 */
final class DatabaseUrl {

  private static final String JDBC = "jdbc:postgresql:";
  private static final Pattern LIBPQ = Pattern.compile("postgres(?:ql)?://(.*)");
  private static final Pattern HOST =
      Pattern.compile("(?<host>[A-Za-z0-9._-]*|\\[[0-9A-Fa-f:.]{2,45}])(?::(?<port>\\d{0,5}))?");
  static final String ENCODING =
      "in a password @ is written %40, / %2F, : %3A, ? %3F, & %26 and % %25";

  private final boolean jdbc;
  private final String authority;
  private final String path;
  private final String query;
  private String user = "";
  private String password = "";

  DatabaseUrl(String url) {
    Matcher libpq = LIBPQ.matcher(url);
    jdbc = url.startsWith(JDBC);
    if (!jdbc && !libpq.matches()) {
      throw refusal(
          "should begin with postgresql:// or jdbc:postgresql://,"
              + " as in postgresql://user:password@host:5432/database?sslmode=require");
    }
    String rest = jdbc ? url.substring(JDBC.length()) : takeUserInfo(libpq.group(1));
    int question = rest.indexOf('?');
    String place = question < 0 ? rest : rest.substring(0, question);
    query = question < 0 ? "" : rest.substring(question + 1);
    if (jdbc) {
      refuseUserInfo(place);
      place = place.startsWith("//") ? place.substring(2) : "/" + place.replaceFirst("^/", "");
    }
    int slash = place.indexOf('/');
    authority = slash < 0 ? place : place.substring(0, slash);
    path = slash < 0 ? "" : place.substring(slash + 1);
  }

  /** Whether the names in its query are pgjdbc's own. */
  boolean isJdbc() {
    return jdbc;
  }

  /**
   * Its values by libpq's keywords ({@code host}, {@code port}, {@code dbname}, {@code user},
   * {@code password}) and the names in its query, which override as in libpq. Empty parts are
   * missing.
   */
  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    putServers(parameters);
    parameters.put("dbname", decode(path, jdbc));
    parameters.put("user", user);
    parameters.put("password", password);
    putQuery(parameters);
    parameters.values().removeIf(String::isEmpty);
    return parameters;
  }

  /** Removes {@code user:password@} as libpq does: up to the first @ before the first slash. */
  private String takeUserInfo(String text) {
    int at = text.indexOf('@');
    int slash = text.indexOf('/');
    if (at < 0) {
      return text;
    }
    if ((slash >= 0 && slash < at) || text.indexOf('@', at + 1) >= 0) {
      throw refusal("has an @ that does not end the user and password; " + ENCODING);
    }
    String userInfo = text.substring(0, at);
    int colon = userInfo.indexOf(':');
    user = decode(colon < 0 ? userInfo : userInfo.substring(0, colon), false);
    password = colon < 0 ? "" : decode(userInfo.substring(colon + 1), false);
    return text.substring(at + 1);
  }

  private static void refuseUserInfo(String place) {
    if (place.contains("@")) {
      throw refusal(
          "has an @ before its query; a jdbc: URL takes its user and password as"
              + " ?user=…&password=…, the form user:password@host belongs to postgresql://");
    }
  }

  private void putServers(Map<String, String> parameters) {
    List<String> hosts = new ArrayList<>();
    List<String> ports = new ArrayList<>();
    for (String element : authority.split(",", -1)) {
      String host = decode(element, false);
      if (host.startsWith("/")) {
        throw ServerList.unixSocket();
      }
      Matcher matcher = HOST.matcher(host);
      if (!matcher.matches()) {
        throw refusal("has no valid host:port before its database; " + ENCODING);
      }
      hosts.add(matcher.group("host"));
      ports.add(matcher.group("port") == null ? "" : matcher.group("port"));
    }
    if (hosts.stream().anyMatch(host -> !host.isEmpty())) {
      parameters.put("host", String.join(",", hosts));
    }
    if (ports.stream().anyMatch(port -> !port.isEmpty())) {
      parameters.put("port", String.join(",", ports));
    }
  }

  private void putQuery(Map<String, String> parameters) {
    boolean credentialSeen = false;
    for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        throw refusal("has a query with a part that is not name=value; " + ENCODING);
      }
      String name = decode(pair.substring(0, equals), jdbc);
      String value = decode(pair.substring(equals + 1), jdbc);
      boolean credential = name.equals("user") || name.equals("password");
      // After a password an unknown name may be the rest of the password.
      if (credentialSeen && !credential && !DatabaseOptions.knows(name, jdbc)) {
        throw refusal(
            "has an unknown parameter behind its user or password; in a password & is %26");
      }
      credentialSeen |= credential;
      parameters.put(name, value);
    }
  }

  private static String decode(String text, boolean plusIsSpace) {
    String result;
    try {
      result =
          URLDecoder.decode(plusIsSpace ? text : text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // Its message quotes the text, so it is not kept as a cause.
      throw refusal("has a % that is not followed by two hexadecimal digits; " + ENCODING);
    }
    if (result.codePoints().anyMatch(point -> Character.isISOControl(point) || point == 0xFFFD)) {
      throw refusal("has a control character or text that is not UTF-8");
    }
    return result;
  }

  private static IllegalArgumentException refusal(String sentence) {
    return new IllegalArgumentException(sentence);
  }
}
