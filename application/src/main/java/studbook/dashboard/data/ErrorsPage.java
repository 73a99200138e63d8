package studbook.dashboard.data;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import studbook.dashboard.access.RouteAccess;
import studbook.dashboard.data.ErrorsView.ErrorRow;
import studbook.dashboard.page.ActionGroup;
import studbook.dashboard.page.FilterQuery;
import studbook.dashboard.page.LastActions;
import studbook.dashboard.page.NoSuchPage;
import studbook.dashboard.page.OperatorActions;
import studbook.dashboard.page.PageParameters;
import studbook.dashboard.page.PageRenderer;
import studbook.dashboard.page.PageSection;
import studbook.dashboard.page.PagedRows;
import studbook.json.LoggedErrorJson;
import studbook.model.ErrorKind;
import studbook.model.HorseId;
import studbook.store.outcome.ErrorLog;
import studbook.store.outcome.ErrorLog.ErrorFilter;
import studbook.store.outcome.ErrorLog.LoggedError;
import studbook.store.run.RunRepository;
import studbook.store.run.RunRepository.RunRow;
import studbook.store.statistics.ErrorSummaryQueries;

/** The errors of a run, by kind and one by one, and the retry of horses that failed. */
public final class ErrorsPage {

  private static final String PATH = "/errors";
  private static final String RUN = "run";
  private static final String KIND = "kind";
  private static final String TEXT = "text";
  private static final String HORSE = "horse";
  private static final String UNMARKED = "unmarked";
  private static final int LISTED_RUNS = 50;

  private final PageRenderer renderer;
  private final RunRepository runs;
  private final ErrorSummaryQueries summaries;
  private final ErrorLog log;
  private final OperatorActions actions;
  private final LastActions last;

  public ErrorsPage(PageRenderer renderer, Jdbi jdbi, OperatorActions actions, LastActions last) {
    this.renderer = renderer;
    this.runs = new RunRepository(jdbi);
    this.summaries = new ErrorSummaryQueries(jdbi);
    this.log = new ErrorLog(jdbi);
    this.actions = actions;
    this.last = last;
  }

  public void register(RoutesConfig routes) {
    routes.get(PATH, this::show, RouteAccess.VIEWER);
    routes.post(PATH + "/retry", this::retry, RouteAccess.OPERATOR);
    routes.post(PATH + "/retry-marked", this::retryMarked, RouteAccess.OPERATOR);
  }

  private void show(Context request) {
    Optional<ErrorsView> view = chosen(request).map(run -> view(request, run));
    renderer.page(
        request,
        "data/errors",
        "Errors",
        PageSection.ERRORS,
        Map.of("view", view, "actions", last.of(ActionGroup.RUNS)));
  }

  private Optional<RunRow> chosen(Context request) {
    Optional<Long> number = PageParameters.optionalNumber(request, RUN);
    return number.isEmpty()
        ? runs.latest()
        : Optional.of(
            runs.find(number.get())
                .orElseThrow(() -> new NoSuchPage("There is no run %d.".formatted(number.get()))));
  }

  private ErrorsView view(Context request, RunRow run) {
    Optional<ErrorKind> kind = kind(request);
    Optional<String> text = PageParameters.text(request, TEXT);
    ErrorFilter filter = new ErrorFilter(run.id(), kind, text);
    return new ErrorsView(
        run,
        listed(run),
        FilterQuery.of(PATH)
            .with(RUN, PageParameters.optionalNumber(request, RUN).map(Object::toString))
            .with(KIND, kind.map(ErrorKind::text))
            .with(TEXT, text),
        filter,
        summaries.of(run.id()),
        PagedRows.load(
            PageParameters.page(request),
            (skipped, most) -> rows(run.id(), log.newest(filter, skipped, most))),
        runs.chain(run.id()).getLast().id(),
        runs.latest().filter(RunRow::isUnfinished).map(RunRow::id),
        PageParameters.text(request, UNMARKED).isPresent());
  }

  private List<ErrorRow> rows(long run, List<LoggedError> logged) {
    List<LoggedErrorJson> errors = logged.stream().map(LoggedErrorJson::of).toList();
    List<String> horses = errors.stream().flatMap(error -> error.horseId().stream()).toList();
    return ErrorsView.rows(errors, log.failedAmong(run, horses));
  }

  /** The newest runs, and the shown one. */
  private List<Long> listed(RunRow shown) {
    List<Long> listed = new ArrayList<>(runs.newest(LISTED_RUNS).stream().map(RunRow::id).toList());
    if (!listed.contains(shown.id())) {
      listed.add(shown.id());
    }
    return listed;
  }

  private static Optional<ErrorKind> kind(Context request) {
    return PageParameters.text(request, KIND)
        .flatMap(text ->
            Arrays.stream(ErrorKind.values()).filter(kind -> kind.text().equals(text)).findFirst());
  }

  private void retry(Context request) {
    List<String> command = command(request);
    kind(request).ifPresent(kind -> command.addAll(List.of("--kind", kind.text())));
    OperatorActions.showOn(request, "/runs", actions.start(request, command));
  }

  private void retryMarked(Context request) {
    List<String> command = command(request);
    List<String> horses = horses(request);
    if (horses.isEmpty()) {
      request.redirect(
          FilterQuery.of(PATH)
              .with(RUN, PageParameters.text(request, RUN))
              .with(UNMARKED, Optional.of("1"))
              .address(),
          HttpStatus.SEE_OTHER);
      return;
    }
    command.addAll(List.of("--horse", String.join(",", horses)));
    OperatorActions.showOn(request, "/runs", actions.start(request, command));
  }

  private static List<String> command(Context request) {
    long run =
        PageParameters.optionalNumber(request, RUN)
            .orElseThrow(() -> new NoSuchPage("The retry names no run."));
    return new ArrayList<>(List.of("retry", "--run", Long.toString(run), "--non-interactive"));
  }

  /**
   * The horses that a retry names; empty if it names none. A retry of what is no horse's id is
   * refused: without it, all horses would be retried.
   */
  public static List<String> horses(Context request) {
    List<String> named =
        Stream.concat(request.queryParams(HORSE).stream(), request.formParams(HORSE).stream())
            .flatMap(ids -> Stream.of(ids.split(",", -1)))
            .distinct()
            .toList();
    if (named.stream().anyMatch(horse -> HorseId.parse(horse).isEmpty())) {
      throw new NoSuchPage("The retry names something that is no horse's ID.");
    }
    return named;
  }
}
