package studbook.dashboard.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import studbook.dashboard.access.RouteAccess;
import studbook.dashboard.page.ActionGroup;
import studbook.dashboard.page.FilterQuery;
import studbook.dashboard.page.LastActions;
import studbook.dashboard.page.OperatorActions;
import studbook.dashboard.page.PageParameters;
import studbook.dashboard.page.PageRenderer;
import studbook.dashboard.page.PageSection;
import studbook.dashboard.page.PagedRows;
import studbook.store.run.RunCounts;
import studbook.store.run.RunRepository;
import studbook.store.run.RunRepository.RunRow;
import studbook.store.run.RunStatus;

/** The list of runs, and the start of a new one. */
public final class RunsPage {

  private final PageRenderer renderer;
  private final RunRepository runs;
  private final OperatorActions actions;
  private final LastActions last;

  /** A line of the list. */
  public record ListedRun(RunRow run, RunStatus status, RunCounts counts) {}

  public RunsPage(PageRenderer renderer, Jdbi jdbi, OperatorActions actions, LastActions last) {
    this.renderer = renderer;
    this.runs = new RunRepository(jdbi);
    this.actions = actions;
    this.last = last;
  }

  public void register(RoutesConfig routes) {
    routes.get("/runs", this::list, RouteAccess.VIEWER);
    routes.get("/runs/new", this::plan, RouteAccess.OPERATOR);
    routes.post("/runs", this::start, RouteAccess.OPERATOR);
  }

  private void list(Context request) {
    PagedRows<ListedRun> listed =
        PagedRows.load(PageParameters.page(request), (skipped, most) -> listed(skipped, most));
    renderer.page(
        request,
        "run/runs",
        "Runs",
        PageSection.RUNS,
        Map.of(
            "runs",
            listed,
            "filters",
            FilterQuery.of("/runs"),
            "actions",
            last.of(ActionGroup.RUNS)));
  }

  private List<ListedRun> listed(int skipped, int most) {
    List<RunRow> rows = runs.newest(skipped, most);
    Map<Long, RunCounts> counts = runs.counts(rows.stream().map(RunRow::id).toList());
    return rows.stream()
        .map(run ->
            new ListedRun(run, RunStatus.of(run), Objects.requireNonNull(counts.get(run.id()))))
        .toList();
  }

  private void plan(Context request) {
    renderer.page(
        request,
        "run/newRun",
        "Start a backfill",
        PageSection.RUNS,
        Map.of("plan", actions.look(List.of("plan"))));
  }

  private void start(Context request) {
    OperatorActions.showOn(
        request, "/runs", actions.start(request, List.of("backfill", "--non-interactive")));
  }
}
