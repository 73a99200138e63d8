package studbook.dashboard.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import studbook.dashboard.access.RouteAccess;
import studbook.dashboard.page.NoSuchPage;
import studbook.dashboard.page.OperatorActions;
import studbook.dashboard.page.PageParameters;
import studbook.dashboard.run.RunHistory;
import studbook.json.ApiDriftJson;
import studbook.json.ChangeJson;
import studbook.json.ChangesJson;
import studbook.json.DriftsJson;
import studbook.json.ErrorKindJson;
import studbook.json.LoggedErrorJson;
import studbook.json.ReviewJson;
import studbook.json.ReviewsJson;
import studbook.json.RunJson;
import studbook.json.RunsJson;
import studbook.monitor.MonitorData;
import studbook.monitor.MonitorJson;
import studbook.store.change.ChangeQueries;
import studbook.store.change.ChangeQueries.ChangeFilter;
import studbook.store.change.ReviewRepository;
import studbook.store.outcome.ErrorLog;
import studbook.store.run.RunRepository;
import studbook.store.run.RunTimelineQueries;
import studbook.store.statistics.DriftStatistics;
import studbook.store.statistics.ErrorSummaryQueries;
import studbook.store.statistics.MonitorQueries;
import studbook.text.JsonFormat;

/**
 * The JSON API. Its objects are those of the commands with {@code --json}; its actions are
 * commands.
 */
public final class JsonApi {

  private static final int MOST = 1_000;
  private static final int USUAL = 100;
  private static final String ID = "id";
  private static final String LIMIT = "limit";

  private final Jdbi jdbi;
  private final OperatorActions actions;

  public JsonApi(Jdbi jdbi, OperatorActions actions) {
    this.jdbi = jdbi;
    this.actions = actions;
  }

  private record RunErrorsJson(List<ErrorKindJson> errorKinds, List<LoggedErrorJson> errors) {}

  public void register(RoutesConfig routes) {
    List<ApiRoute> all = routes();
    for (ApiRoute route : all) {
      String path = ApiRoute.PREFIX + route.path();
      switch (route.method()) {
        case GET ->
            routes.get(
                path, request -> send(request, route.handler().answer(request)), route.access());
        case POST ->
            routes.post(
                path, request -> send(request, route.handler().answer(request)), route.access());
      }
    }
    String document = JsonFormat.line(OpenApiDocument.of(all));
    routes.get(
        ApiRoute.PREFIX + "/openapi.json",
        request -> request.contentType("application/json").result(document),
        RouteAccess.VIEWER);
  }

  private static void send(Context request, Record answer) {
    request.contentType("application/json").result(JsonFormat.line(answer));
  }

  private List<ApiRoute> routes() {
    Map<String, String> limit = Map.of(LIMIT, "At most so many, up to 1000; default 100.");
    List<ApiRoute> all = new ArrayList<>();
    all.add(ApiRoute.read("/runs", "The runs, latest first", limit, RunsJson.class, this::runs));
    all.add(
        ApiRoute.read(
            "/runs/{id}", "The figures of a run", Map.of(), MonitorJson.class, this::run));
    all.add(
        ApiRoute.read(
            "/runs/{id}/history",
            "A run over time, as columns",
            Map.of(),
            RunHistory.class,
            request -> RunHistory.load(jdbi, known(request))));
    all.add(
        ApiRoute.read(
            "/runs/{id}/errors",
            "The kinds of a run's errors, and the newest errors",
            limit,
            RunErrorsJson.class,
            this::errors));
    all.add(
        ApiRoute.read(
            "/changes",
            "What refreshes changed, latest first",
            Map.of(
                LIMIT,
                "At most so many, up to 1000; default 100.",
                "horse",
                "Only of this horse.",
                "column",
                "Only of this column."),
            ChangesJson.class,
            this::changes));
    all.add(
        ApiRoute.read(
            "/reviews",
            "Suspicious changes that wait for a person, oldest first",
            Map.of("field", "Only of this field."),
            ReviewsJson.class,
            this::reviews));
    all.add(
        ApiRoute.read(
            "/drift",
            "How the API's responses differ from what is known",
            Map.of(),
            DriftsJson.class,
            _ ->
                new DriftsJson(
                    new DriftStatistics(jdbi).all().stream().map(ApiDriftJson::of).toList())));
    all.addAll(actionRoutes());
    return List.copyOf(all);
  }

  private List<ApiRoute> actionRoutes() {
    return List.of(
        started("/runs", "Plan and start a backfill", List.of("backfill")),
        started("/runs/active/continue", "Continue a stopped run", List.of("backfill", "--resume")),
        run("/runs/active/pause", "Pause the active run", List.of("pause")),
        run("/runs/active/resume", "End the pause of the active run", List.of("resume")),
        run("/runs/active/cancel", "Cancel the unfinished run", List.of("cancel", "--yes")),
        ApiRoute.act(
            "/runs/{id}/retry",
            "Request the failed horses of a run again",
            request ->
                ActionJson.of(
                    actions.start(
                        request,
                        List.of(
                            "retry",
                            "--run",
                            Long.toString(known(request)),
                            "--non-interactive")))),
        review("accept", "Write the value of a suspicious change"),
        review("reject", "Keep the value that a suspicious change would replace"));
  }

  private ApiRoute run(String path, String summary, List<String> command) {
    return ApiRoute.act(path, summary, request -> ActionJson.of(actions.run(request, command)));
  }

  private ApiRoute started(String path, String summary, List<String> command) {
    List<String> unasked = new ArrayList<>(command);
    unasked.add("--non-interactive");
    return ApiRoute.act(
        path, summary, request -> ActionJson.of(actions.start(request, List.copyOf(unasked))));
  }

  private ApiRoute review(String decision, String summary) {
    return ApiRoute.act(
        "/reviews/{id}/" + decision,
        summary,
        request ->
            ActionJson.of(
                actions.run(
                    request,
                    List.of(
                        "review", decision, Long.toString(PageParameters.number(request, ID))))));
  }

  private RunsJson runs(Context request) {
    RunRepository runs = new RunRepository(jdbi);
    RunTimelineQueries timelines = new RunTimelineQueries(jdbi);
    return new RunsJson(
        runs.newest(limit(request)).stream()
            .map(run -> RunJson.of(run, runs.counts(run.id()), timelines.of(run)))
            .toList());
  }

  private MonitorJson run(Context request) {
    return MonitorJson.of(
        MonitorData.of(
            new MonitorQueries(jdbi).read(Optional.of(known(request))), Optional.empty()));
  }

  private RunErrorsJson errors(Context request) {
    long run = known(request);
    return new RunErrorsJson(
        new ErrorSummaryQueries(jdbi).of(run).stream().map(ErrorKindJson::of).toList(),
        new ErrorLog(jdbi)
            .newest(run, Optional.empty(), limit(request)).stream()
                .map(LoggedErrorJson::of)
                .toList());
  }

  private ChangesJson changes(Context request) {
    ChangeFilter filter =
        new ChangeFilter(
            PageParameters.text(request, "horse"),
            Optional.empty(),
            PageParameters.text(request, "column").map(name -> name.toLowerCase(Locale.ROOT)));
    return new ChangesJson(
        new ChangeQueries(jdbi)
            .newest(filter, limit(request)).stream().map(ChangeJson::of).toList());
  }

  private ReviewsJson reviews(Context request) {
    return new ReviewsJson(
        new ReviewRepository(jdbi)
            .waiting(PageParameters.text(request, "field")).stream().map(ReviewJson::of).toList());
  }

  private long known(Context request) {
    long id = PageParameters.number(request, ID);
    return new RunRepository(jdbi)
        .find(id)
        .orElseThrow(() -> new NoSuchPage("There is no run %d.".formatted(id)))
        .id();
  }

  private static int limit(Context request) {
    return PageParameters.optionalNumber(request, LIMIT)
        .map(number -> Math.clamp(number, 1, MOST))
        .orElse(USUAL);
  }
}
