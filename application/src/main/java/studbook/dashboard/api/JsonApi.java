package studbook.dashboard.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import studbook.dashboard.access.RouteAccess;
import studbook.dashboard.data.QualityFigures;
import studbook.dashboard.horse.HorseLoader;
import studbook.dashboard.horse.MatingFigures;
import studbook.dashboard.overview.OverviewQueries;
import studbook.dashboard.page.OperatorActions;
import studbook.dashboard.run.RunHistories;
import studbook.service.job.JobConfig;
import studbook.text.JsonFormat;

/**
 * The JSON API: the figures of the pages. Its objects are those of the commands with {@code
 * --json}; its actions are commands.
 */
public final class JsonApi {

  private final List<ApiRoute> routes;

  /**
   * @param jobs with their present settings
   */
  public JsonApi(
      Jdbi jdbi,
      OperatorActions actions,
      OverviewQueries overview,
      RunHistories histories,
      HorseLoader horses,
      MatingFigures matings,
      QualityFigures quality,
      Supplier<List<JobConfig>> jobs) {
    this.routes =
        Stream.of(
                new StateRoutes(jdbi, actions, overview, quality, jobs).all(),
                new RunRoutes(jdbi, actions, histories).all(),
                new HorseRoutes(jdbi, actions, horses, matings).all(),
                new ChangeRoutes(jdbi, actions).all())
            .flatMap(List::stream)
            .toList();
  }

  public void register(RoutesConfig config) {
    for (ApiRoute route : routes) {
      String path = ApiRoute.PREFIX + route.path();
      switch (route.method()) {
        case GET ->
            config.get(
                path, request -> send(request, route.handler().answer(request)), route.access());
        case POST ->
            config.post(
                path, request -> send(request, route.handler().answer(request)), route.access());
      }
    }
    String document = JsonFormat.line(OpenApiDocument.of(routes));
    config.get(
        ApiRoute.PREFIX + "/openapi.json",
        request -> request.contentType("application/json").result(document),
        RouteAccess.VIEWER);
  }

  private static void send(Context request, Record answer) {
    request.contentType("application/json").result(JsonFormat.line(answer));
  }
}
