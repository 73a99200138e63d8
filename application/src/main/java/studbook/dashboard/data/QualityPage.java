package studbook.dashboard.data;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import studbook.dashboard.access.RouteAccess;
import studbook.dashboard.data.QualityFigures.DatedValidation;
import studbook.dashboard.data.QualityFigures.RunScore;
import studbook.dashboard.page.PageRenderer;
import studbook.dashboard.page.PageSection;
import studbook.dashboard.run.HistoryChart;
import studbook.quality.CheckStatus;

/** Whether the rows are complete and can be trusted: criteria, checks, a sample, and the score. */
public final class QualityPage {

  private final PageRenderer renderer;
  private final QualityFigures figures;

  public QualityPage(PageRenderer renderer, QualityFigures figures) {
    this.renderer = renderer;
    this.figures = figures;
  }

  /**
   * The page.
   *
   * @param dated empty until it is computed
   * @param failed whether the last one could not be computed
   * @param scores after runs; empty with fewer than two
   * @param checks after runs
   */
  public record QualityView(
      Optional<DatedValidation> dated,
      boolean failed,
      Optional<HistoryChart> scores,
      CheckHistory checks) {

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
    Optional<DatedValidation> dated = figures.newest();
    renderer.page(
        request,
        "data/quality",
        "Quality",
        PageSection.QUALITY,
        Map.of(
            "view", new QualityView(dated, figures.hasFailed(), scores(), figures.checkHistory())));
  }

  private Optional<HistoryChart> scores() {
    List<RunScore> scores = figures.scores();
    return HistoryChart.of(
        "score",
        "Quality score after each run",
        scores.stream().map(score -> score.endedAt().toEpochMilli() / 1e3).toList(),
        List.of(
            new HistoryChart.ChartSeries("score", scores.stream().map(RunScore::score).toList())));
  }
}
