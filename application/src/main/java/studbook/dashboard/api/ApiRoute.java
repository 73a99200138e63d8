package studbook.dashboard.api;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import studbook.dashboard.access.RouteAccess;
import studbook.dashboard.page.OperatorActions.RecordedAction;
import studbook.dashboard.page.PageParameters;

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
  static final String LIMIT = "limit";
  static final String LIMIT_TEXT = "At most so many, up to 1000; default 100.";

  private static final int MOST = 1_000;
  private static final int USUAL = 100;

  /** What a request does. */
  enum ApiMethod {
    GET,
    POST
  }

  /** Answers a request. */
  interface RouteAnswer {
    Record answer(Context request);
  }

  /** Does what a request asks for. */
  interface ActionAnswer {
    RecordedAction act(Context request);
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
  static ApiRoute act(
      String path, String summary, Map<String, String> queries, ActionAnswer handler) {
    return new ApiRoute(
        ApiMethod.POST,
        path,
        summary,
        RouteAccess.OPERATOR,
        queries,
        ActionJson.class,
        request -> ActionJson.of(handler.act(request)));
  }

  /** One that acts without parameters of the query. */
  static ApiRoute act(String path, String summary, ActionAnswer handler) {
    return act(path, summary, Map.of(), handler);
  }

  /** The number of rows that a request asks for. */
  static int limit(Context request) {
    return PageParameters.optionalNumber(request, LIMIT)
        .map(number -> Math.clamp(number, 1, MOST))
        .orElse(USUAL);
  }

  /** The names of the parameters in the path. */
  List<String> parameters() {
    return PARAMETER.matcher(path).results().map(found -> found.group(1)).toList();
  }
}
