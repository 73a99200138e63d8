package studbook.dashboard.api;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import studbook.dashboard.access.RouteAccess;

/**
 * A route of the JSON API.
 *
 * @param path below {@code /api/v1}, with parameters in braces
 * @param queries the parameters of the query, with their meanings
 * @param response the record that is sent as JSON
 */
record ApiRoute(
    ApiMethod method,
    String path,
    String summary,
    RouteAccess access,
    Map<String, String> queries,
    Class<? extends Record> response,
    RouteAnswer handler) {

  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

  static final String PREFIX = "/api/v1";

  /** What a request does. */
  enum ApiMethod {
    GET,
    POST
  }

  /** Answers a request. */
  interface RouteAnswer {
    Record answer(Context request);
  }

  /** One that reads. */
  static ApiRoute read(
      String path,
      String summary,
      Map<String, String> queries,
      Class<? extends Record> response,
      RouteAnswer handler) {
    return new ApiRoute(
        ApiMethod.GET, path, summary, RouteAccess.VIEWER, queries, response, handler);
  }

  /** One that acts. */
  static ApiRoute act(String path, String summary, RouteAnswer handler) {
    return new ApiRoute(
        ApiMethod.POST, path, summary, RouteAccess.OPERATOR, Map.of(), ActionJson.class, handler);
  }

  /** The names of the parameters in the path. */
  List<String> parameters() {
    return PARAMETER.matcher(path).results().map(found -> found.group(1)).toList();
  }
}
