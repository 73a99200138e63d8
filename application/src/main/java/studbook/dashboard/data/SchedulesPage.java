package studbook.dashboard.data;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import studbook.dashboard.access.RouteAccess;
import studbook.dashboard.page.ActionGroup;
import studbook.dashboard.page.LastActions;
import studbook.dashboard.page.NoSuchPage;
import studbook.dashboard.page.OperatorActions;
import studbook.dashboard.page.PageRenderer;
import studbook.dashboard.page.PageSection;
import studbook.service.JobStatus;
import studbook.service.job.JobConfig;
import studbook.service.job.ServiceJob;

/** The jobs of the service: when they run, what came of them, and their switch. */
public final class SchedulesPage {

  private static final String PATH = "/schedules";
  private static final String JOB = PATH + "/{job}/";
  private static final String COMMAND = "schedule";

  private final PageRenderer renderer;
  private final Jdbi jdbi;
  private final OperatorActions actions;
  private final LastActions last;
  private final Supplier<List<JobConfig>> jobs;

  /**
   * @param jobs with their present settings
   */
  public SchedulesPage(
      PageRenderer renderer,
      Jdbi jdbi,
      OperatorActions actions,
      LastActions last,
      Supplier<List<JobConfig>> jobs) {
    this.renderer = renderer;
    this.jdbi = jdbi;
    this.actions = actions;
    this.last = last;
    this.jobs = jobs;
  }

  public void register(RoutesConfig routes) {
    routes.get(PATH, this::show, RouteAccess.VIEWER);
    routes.post(JOB + "run", this::run, RouteAccess.OPERATOR);
    routes.post(JOB + "enable", request -> change(request, "enable"), RouteAccess.OPERATOR);
    routes.post(JOB + "disable", request -> change(request, "disable"), RouteAccess.OPERATOR);
  }

  private void show(Context request) {
    renderer.page(
        request,
        "data/schedules",
        "Schedules",
        PageSection.SCHEDULES,
        Map.of(
            "jobs", JobStatus.load(jdbi, jobs.get()), "actions", last.of(ActionGroup.SCHEDULES)));
  }

  private void run(Context request) {
    OperatorActions.showOn(
        request, PATH, actions.start(request, List.of(COMMAND, "run", job(request))));
  }

  private void change(Context request, String change) {
    OperatorActions.showOn(
        request, PATH, actions.run(request, List.of(COMMAND, change, job(request))));
  }

  /** The job that a path names. */
  public static String job(Context request) {
    return ServiceJob.of(request.pathParam("job"))
        .map(ServiceJob::text)
        .orElseThrow(() ->
            new NoSuchPage("There is no such job; the jobs are %s.".formatted(ServiceJob.names())));
  }
}
