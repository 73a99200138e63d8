package studbook.dashboard.api;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import studbook.dashboard.data.ErrorsPage;
import studbook.dashboard.page.NoSuchPage;
import studbook.dashboard.page.OperatorActions;
import studbook.dashboard.page.OperatorActions.RecordedAction;
import studbook.dashboard.page.PageParameters;
import studbook.dashboard.run.RunHistories;
import studbook.dashboard.run.RunHistory;
import studbook.json.ErrorKindJson;
import studbook.json.LoggedErrorJson;
import studbook.json.RunJson;
import studbook.json.RunsJson;
import studbook.model.ErrorKind;
import studbook.monitor.MonitorData;
import studbook.monitor.MonitorJson;
import studbook.store.outcome.ErrorLog;
import studbook.store.outcome.ErrorLog.ErrorFilter;
import studbook.store.run.RunRepository;
import studbook.store.run.RunTimelineQueries;
import studbook.store.statistics.ErrorSummaryQueries;
import studbook.store.statistics.MonitorQueries;

/** Routes of runs and their errors. */
final class RunRoutes {

  private static final String ID = "id";
  private static final String KIND = "kind";
  private static final String TEXT = "text";

  private final Jdbi jdbi;
  private final OperatorActions actions;
  private final RunHistories histories;

  RunRoutes(Jdbi jdbi, OperatorActions actions, RunHistories histories) {
    this.jdbi = jdbi;
    this.actions = actions;
    this.histories = histories;
  }

  private record RunErrorsJson(List<ErrorKindJson> errorKinds, List<LoggedErrorJson> errors) {}

  List<ApiRoute> all() {
    return List.of(
        ApiRoute.read(
            "/runs",
            "The runs, latest first",
            Map.of(ApiRoute.LIMIT, ApiRoute.LIMIT_TEXT),
            RunsJson.class,
            this::runs),
        ApiRoute.read("/runs/{id}", "The figures of a run", Map.of(), MonitorJson.class, this::run),
        ApiRoute.read(
            "/runs/{id}/history",
            "A run over time, as columns",
            Map.of(),
            RunHistory.class,
            request -> histories.of(known(request))),
        ApiRoute.read(
            "/runs/{id}/errors",
            "The kinds of a run's errors, and the newest errors",
            Map.of(
                ApiRoute.LIMIT,
                ApiRoute.LIMIT_TEXT,
                KIND,
                "Only errors of this kind.",
                TEXT,
                "Only errors whose message or horse's ID has this text."),
            RunErrorsJson.class,
            this::errors),
        started("/runs", "Plan and start a backfill", List.of("backfill")),
        started("/runs/active/continue", "Continue a stopped run", List.of("backfill", "--resume")),
        run("/runs/active/pause", "Pause the active run", List.of("pause")),
        run("/runs/active/resume", "End the pause of the active run", List.of("resume")),
        run("/runs/active/cancel", "Cancel the unfinished run", List.of("cancel", "--yes")),
        ApiRoute.act(
            "/runs/{id}/retry",
            "Request the failed horses of a run again",
            Map.of(
                KIND,
                "Only horses that failed by this kind of error.",
                "horse",
                "Only the horse with this ID, or those with these IDs, with commas between."),
            this::retry));
  }

  private ApiRoute run(String path, String summary, List<String> command) {
    return ApiRoute.act(path, summary, request -> actions.run(request, command));
  }

  private ApiRoute started(String path, String summary, List<String> command) {
    List<String> unasked = new ArrayList<>(command);
    unasked.add("--non-interactive");
    return ApiRoute.act(path, summary, request -> actions.start(request, List.copyOf(unasked)));
  }

  private RecordedAction retry(Context request) {
    List<String> command =
        new ArrayList<>(
            List.of("retry", "--run", Long.toString(known(request)), "--non-interactive"));
    kind(request).ifPresent(kind -> command.addAll(List.of("--kind", kind.text())));
    List<String> horses = ErrorsPage.horses(request);
    if (!horses.isEmpty()) {
      command.addAll(List.of("--horse", String.join(",", horses)));
    }
    return actions.start(request, command);
  }

  private RunsJson runs(Context request) {
    RunRepository runs = new RunRepository(jdbi);
    RunTimelineQueries timelines = new RunTimelineQueries(jdbi);
    return new RunsJson(
        runs.newest(ApiRoute.limit(request)).stream()
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
    ErrorFilter filter = new ErrorFilter(run, kind(request), PageParameters.text(request, TEXT));
    return new RunErrorsJson(
        new ErrorSummaryQueries(jdbi).of(run).stream().map(ErrorKindJson::of).toList(),
        new ErrorLog(jdbi)
            .newest(filter, 0, ApiRoute.limit(request)).stream().map(LoggedErrorJson::of).toList());
  }

  /** Of a program, an unknown kind is a mistake: it would retry horses that nobody meant. */
  private static Optional<ErrorKind> kind(Context request) {
    return Optional.ofNullable(request.queryParam(KIND))
        .map(text ->
            Arrays.stream(ErrorKind.values())
                .filter(kind -> kind.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new NoSuchPage("There is no such kind of error.")));
  }

  private long known(Context request) {
    long id = PageParameters.number(request, ID);
    return new RunRepository(jdbi)
        .find(id)
        .orElseThrow(() -> new NoSuchPage("There is no run %d.".formatted(id)))
        .id();
  }
}
