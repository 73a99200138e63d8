package studbook.dashboard.api;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import studbook.dashboard.data.QualityFigures;
import studbook.dashboard.data.QualityFigures.DatedValidation;
import studbook.dashboard.data.QualityFigures.RunCheck;
import studbook.dashboard.data.QualityFigures.RunScore;
import studbook.dashboard.data.SchedulesPage;
import studbook.dashboard.overview.OverviewQueries;
import studbook.dashboard.page.OperatorActions;
import studbook.json.ApiDriftJson;
import studbook.json.DriftsJson;
import studbook.json.ValidationJson;
import studbook.service.JobStatus;
import studbook.service.ScheduleJson;
import studbook.service.job.JobConfig;
import studbook.store.access.ActionState;
import studbook.store.access.OperatorActionRepository;
import studbook.store.access.OperatorActionRepository.OperatorAction;
import studbook.store.run.RunRepository;
import studbook.store.statistics.DriftStatistics;

/** Routes of the whole: the overview, the service's jobs, quality, and drift. */
final class StateRoutes {

  private static final String JOB = "/schedules/{job}/";

  private final Jdbi jdbi;
  private final OperatorActions actions;
  private final OverviewQueries overview;
  private final QualityFigures quality;
  private final Supplier<List<JobConfig>> jobs;

  StateRoutes(
      Jdbi jdbi,
      OperatorActions actions,
      OverviewQueries overview,
      QualityFigures quality,
      Supplier<List<JobConfig>> jobs) {
    this.jdbi = jdbi;
    this.actions = actions;
    this.overview = overview;
    this.quality = quality;
    this.jobs = jobs;
  }

  /**
   * The quality of the rows.
   *
   * @param at when the validation was begun
   * @param validation empty until it is computed
   * @param scores after the runs, oldest first
   */
  private record QualityJson(
      Optional<Instant> at,
      Optional<ValidationJson> validation,
      List<RunScore> scores,
      List<RunCheck> checks) {}

  private record ActionsJson(List<PastActionJson> actions) {}

  private record PastActionJson(
      long actionId,
      Instant actedAt,
      String operator,
      String command,
      ActionState state,
      String message) {

    static PastActionJson of(OperatorAction action) {
      return new PastActionJson(
          action.id(),
          action.at(),
          action.operator(),
          action.command(),
          action.state(),
          action.result());
    }
  }

  List<ApiRoute> all() {
    return List.of(
        ApiRoute.read(
            "/overview",
            "The tables in figures, the newest run, what is due next and what needs a person",
            Map.of(),
            OverviewJson.class,
            _ -> OverviewJson.of(overview.load(), new RunRepository(jdbi), jdbi)),
        ApiRoute.read(
            "/schedules",
            "The jobs of the service: when they run, and what came of the last time",
            Map.of(),
            ScheduleJson.class,
            _ -> ScheduleJson.of(JobStatus.load(jdbi, jobs.get()))),
        ApiRoute.act(
            JOB + "run",
            "Run a job now",
            request ->
                actions.start(request, List.of("schedule", "run", SchedulesPage.job(request)))),
        change("enable", "Let services run a job by its schedule again"),
        change("disable", "Keep all services from running a job by its schedule"),
        ApiRoute.read(
            "/quality",
            "Criteria, checks of all rows and a sample; the scores and the counts of the checks after the runs",
            Map.of(),
            QualityJson.class,
            _ -> quality()),
        ApiRoute.read(
            "/actions",
            "What operators did, latest first; of a command that was started, its end once it is there, or that it was interrupted",
            Map.of(ApiRoute.LIMIT, ApiRoute.LIMIT_TEXT),
            ActionsJson.class,
            this::actions),
        ApiRoute.read(
            "/drift",
            "How the API's responses differ from what is known",
            Map.of(),
            DriftsJson.class,
            _ ->
                new DriftsJson(
                    new DriftStatistics(jdbi).all().stream().map(ApiDriftJson::of).toList())));
  }

  private ApiRoute change(String change, String summary) {
    return ApiRoute.act(
        JOB + change,
        summary,
        request -> actions.run(request, List.of("schedule", change, SchedulesPage.job(request))));
  }

  private ActionsJson actions(Context request) {
    return new ActionsJson(
        new OperatorActionRepository(jdbi)
            .newest(ApiRoute.limit(request)).stream().map(PastActionJson::of).toList());
  }

  private QualityJson quality() {
    Optional<DatedValidation> dated = quality.newest();
    return new QualityJson(
        dated.map(DatedValidation::at),
        dated.map(DatedValidation::validation).map(ValidationJson::of),
        quality.scores(),
        quality.runChecks());
  }
}
