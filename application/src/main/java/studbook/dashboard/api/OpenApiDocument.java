package studbook.dashboard.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import studbook.dashboard.access.RouteAccess;

/** The description of the JSON API by OpenAPI 3.1, from its routes. */
final class OpenApiDocument {

  private static final String DESCRIPTION = "description";
  private static final String SCHEMA = "schema";

  private OpenApiDocument() {}

  static Map<String, Object> of(List<ApiRoute> routes) {
    OpenApiSchemas schemas = new OpenApiSchemas();
    Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
    for (ApiRoute route : routes) {
      paths
          .computeIfAbsent(ApiRoute.PREFIX + route.path(), _ -> new LinkedHashMap<>())
          .put(route.method().name().toLowerCase(Locale.ROOT), operation(route, schemas));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.1.0");
    document.put(
        "info",
        Map.of(
            "title",
            "Studbook",
            "version",
            "1",
            DESCRIPTION,
            "The figures of the dashboard, and its actions. Keys are described in docs/json.md."));
    document.put("security", List.of(Map.of("token", List.of())));
    document.put("paths", paths);
    document.put(
        "components",
        Map.of(
            "securitySchemes",
            Map.of("token", Map.of("type", "http", "scheme", "bearer")),
            "schemas",
            schemas.all()));
    return document;
  }

  private static Map<String, Object> operation(ApiRoute route, OpenApiSchemas schemas) {
    List<Map<String, Object>> parameters = new ArrayList<>();
    route
        .parameters()
        .forEach(name ->
            parameters.add(Map.of("name", name, "in", "path", "required", true, SCHEMA, text())));
    route
        .queries()
        .forEach((name, meaning) ->
            parameters.add(
                Map.of("name", name, "in", "query", DESCRIPTION, meaning, SCHEMA, text())));
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("summary", route.summary());
    operation.put(
        DESCRIPTION,
        route.access() == RouteAccess.OPERATOR
            ? "Needs the role operator."
            : "Needs the role viewer.");
    operation.put("parameters", parameters);
    operation.put(
        "responses",
        Map.of(
            "200",
            answer("The answer.", schemas.reference(route.response())),
            "default",
            answer("A refusal or a failure.", schemas.reference(ProblemJson.class))));
    return operation;
  }

  private static Map<String, Object> text() {
    return Map.of("type", "string");
  }

  private static Map<String, Object> answer(String description, Map<String, Object> schema) {
    return Map.of(
        DESCRIPTION, description, "content", Map.of("application/json", Map.of(SCHEMA, schema)));
  }
}
