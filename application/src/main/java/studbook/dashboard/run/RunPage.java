package studbook.dashboard.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import studbook.dashboard.access.RouteAccess;
import studbook.dashboard.live.LiveUpdates;
import studbook.dashboard.page.ActionGroup;
import studbook.dashboard.page.HtmlFormat;
import studbook.dashboard.page.LastActions;
import studbook.dashboard.page.NoSuchPage;
import studbook.dashboard.page.OperatorActions;
import studbook.dashboard.page.PageParameters;
import studbook.dashboard.page.PageRenderer;
import studbook.dashboard.page.PageSection;
import studbook.monitor.MonitorData;
import studbook.store.run.WorkerRepository;
import studbook.store.run.WorkerRepository.WorkerInfo;
import studbook.store.statistics.MonitorQueries;
import studbook.store.work.RunEventRepository;
import studbook.store.work.RunEventRepository.RunEvent;
import studbook.text.JsonFormat;

/** A run: its figures, live, its history, and what an operator can do with it. */
public final class RunPage {

  private static final int NEWEST_EVENTS = 50;
  private static final String ID = "id";

  private final PageRenderer renderer;
  private final Jdbi jdbi;
  private final RunHistories histories;
  private final OperatorActions actions;
  private final LastActions last;
  private final LiveUpdates live;

  public RunPage(
      PageRenderer renderer,
      Jdbi jdbi,
      RunHistories histories,
      OperatorActions actions,
      LastActions last,
      LiveUpdates live) {
    this.renderer = renderer;
    this.jdbi = jdbi;
    this.histories = histories;
    this.actions = actions;
    this.last = last;
    this.live = live;
  }

  public void register(RoutesConfig routes) {
    routes.get("/runs/{id}", this::show, RouteAccess.VIEWER);
    routes.get("/runs/{id}/history", this::history, RouteAccess.VIEWER);
    routes.before("/runs/{id}/live", live::admit);
    routes.sse(
        "/runs/{id}/live",
        client -> {
          long run = PageParameters.number(client.ctx(), ID);
          live.watch(client, "run " + run, () -> parts(run));
        },
        RouteAccess.VIEWER);
    action(routes, "pause", List.of("pause"));
    action(routes, "resume", List.of("resume"));
    action(routes, "cancel", List.of("cancel", "--yes"));
    routes.post("/runs/{id}/continue", this::resume, RouteAccess.OPERATOR);
    routes.post("/runs/{id}/retry", this::retry, RouteAccess.OPERATOR);
  }

  /** These concern the active run; the page of another one does not offer them. */
  private void action(RoutesConfig routes, String name, List<String> command) {
    routes.post(
        "/runs/{id}/" + name,
        request -> OperatorActions.showOn(request, path(request), actions.run(request, command)),
        RouteAccess.OPERATOR);
  }

  private void resume(Context request) {
    OperatorActions.showOn(
        request,
        path(request),
        actions.start(request, List.of("backfill", "--resume", "--non-interactive")));
  }

  private void retry(Context request) {
    OperatorActions.showOn(
        request,
        "/runs",
        actions.start(
            request,
            List.of(
                "retry",
                "--run",
                Long.toString(PageParameters.number(request, ID)),
                "--non-interactive")));
  }

  private static String path(Context request) {
    return "/runs/" + PageParameters.number(request, ID);
  }

  private void show(Context request) {
    long id = PageParameters.number(request, ID);
    RunView run = load(id);
    renderer.page(
        request,
        "run/run",
        "Run " + id,
        PageSection.RUNS,
        Map.of(
            "run",
            run,
            "events",
            events(id),
            "workers",
            workers(id),
            "history",
            histories.of(id, run.metrics().snapshot().history()),
            "actions",
            last.of(ActionGroup.RUNS)));
  }

  private void history(Context request) {
    long id = PageParameters.number(request, ID);
    RunView run = load(id);
    request
        .contentType("application/json")
        .result(JsonFormat.line(histories.of(id, run.metrics().snapshot().history())));
  }

  private RunView load(long id) {
    return RunView.of(
            MonitorData.of(new MonitorQueries(jdbi).read(Optional.of(id)), Optional.empty()))
        .orElseThrow(() -> new NoSuchPage("There is no run %d.".formatted(id)));
  }

  private List<RunEvent> events(long id) {
    return new RunEventRepository(jdbi).of(id).reversed().stream().limit(NEWEST_EVENTS).toList();
  }

  private List<WorkerInfo> workers(long id) {
    return new WorkerRepository(jdbi)
        .present().stream()
            .filter(worker -> worker.run().filter(own -> own == id).isPresent())
            .toList();
  }

  /** Workers and events change less often than the figures and are sent apart from them. */
  private Map<String, String> parts(long id) {
    HtmlFormat format = renderer.format();
    return Map.of(
        LiveUpdates.PART,
        renderer.render("run/runFigures", Map.of("run", load(id), "format", format)),
        "workers",
        renderer.render(
            "run/runWorkers",
            Map.of("workers", workers(id), "events", events(id), "format", format)));
  }
}
