package studbook.dashboard.data;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import studbook.dashboard.access.RouteAccess;
import studbook.dashboard.live.BackgroundFigures;
import studbook.dashboard.page.PageRenderer;
import studbook.dashboard.page.PageSection;
import studbook.dashboard.run.HistoryChart;
import studbook.quality.CheckStatus;
import studbook.quality.Thresholds;
import studbook.quality.Validation;
import studbook.quality.Validation.ValidationRequest;
import studbook.report.section.ReportVerdict;
import studbook.store.run.RunRepository;
import studbook.store.run.RunRepository.RunRow;
import studbook.time.Ticker;

/** Whether the rows are complete and can be trusted: criteria, checks, a sample, and the score. */
public final class QualityPage {

  /** A validation reads every row. */
  private static final Duration INTERVAL = Duration.ofMinutes(3);

  private static final int NEWEST_RUNS = 100;

  private final PageRenderer renderer;
  private final RunRepository runs;
  private final Jdbi computing;
  private final Thresholds thresholds;
  private final BackgroundFigures<DatedValidation> validations;

  /**
   * @param computing for the validation, which reads every row
   */
  public QualityPage(
      PageRenderer renderer, Jdbi jdbi, Jdbi computing, Thresholds thresholds, Ticker ticker) {
    this.renderer = renderer;
    this.runs = new RunRepository(jdbi);
    this.computing = computing;
    this.thresholds = thresholds;
    this.validations = new BackgroundFigures<>("validation", this::validate, INTERVAL, ticker);
  }

  /** A validation of the tables, and when it was begun. */
  public record DatedValidation(Instant at, Validation validation) {

    /** Whether the rows are good, in words. */
    public ReportVerdict verdict() {
      return ReportVerdict.of(validation);
    }
  }

  /**
   * The page.
   *
   * @param dated empty until it is computed
   * @param failed whether the last one could not be computed
   * @param scores after runs; empty with fewer than two
   */
  public record QualityView(
      Optional<DatedValidation> dated, boolean failed, Optional<HistoryChart> scores) {

    /** The class of a status, for the style sheet. */
    public static String css(CheckStatus status) {
      return switch (status) {
        case PASS -> "done";
        case WARN -> "partial";
        case FAIL -> "failed";
        case NOT_YET, NOT_APPLICABLE -> "";
      };
    }

    public static String word(CheckStatus status) {
      return status == CheckStatus.NOT_APPLICABLE ? "no data" : status.text().replace('_', ' ');
    }
  }

  public void register(RoutesConfig routes) {
    routes.get("/quality", this::show, RouteAccess.VIEWER);
  }

  private void show(Context request) {
    Optional<DatedValidation> dated = validations.newest();
    renderer.page(
        request,
        "data/quality",
        "Quality",
        PageSection.QUALITY,
        Map.of("view", new QualityView(dated, validations.hasFailed(), scores())));
  }

  private Optional<DatedValidation> validate() {
    Clock clock = renderer.format().clock();
    Instant at = clock.instant();
    return Validation.compute(
            computing,
            new ValidationRequest(Optional.empty(), thresholds, at.getEpochSecond()),
            clock)
        .map(validation -> new DatedValidation(at, validation));
  }

  private record RunScore(double at, double score) {}

  private Optional<HistoryChart> scores() {
    List<RunScore> scores =
        runs.newest(NEWEST_RUNS).stream()
            .sorted(Comparator.comparingLong(RunRow::id))
            .flatMap(run ->
                Optional.ofNullable(run.endedAt()).stream()
                    .flatMap(end ->
                        run.quality().after().stream()
                            .map(score -> new RunScore(end.toEpochMilli() / 1e3, score))))
            .toList();
    return HistoryChart.of(
        "score",
        "Quality score after each run",
        scores.stream().map(RunScore::at).toList(),
        List.of(
            new HistoryChart.ChartSeries("score", scores.stream().map(RunScore::score).toList())));
  }
}
