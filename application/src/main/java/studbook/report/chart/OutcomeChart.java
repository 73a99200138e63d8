package studbook.report.chart;

import static studbook.report.chart.ChartShape.TextLabel.at;

import java.util.ArrayList;
import java.util.List;
import studbook.model.HorseStatus;
import studbook.report.chart.ChartShape.CssClass;
import studbook.report.chart.ChartShape.TextAnchor;
import studbook.report.figures.DisplayNames;
import studbook.report.figures.OutcomeCounts;
import studbook.store.run.RunCounts;
import studbook.text.HumanFormat;

/** What became of the horses, a bar for each outcome. Pure. */
public record OutcomeChart(RunCounts tally) {

  private static final int WIDTH = 720;
  private static final double LEFT = 170;
  private static final double RIGHT = WIDTH - 130;
  private static final int ROW = 30;
  private static final int TOP = 6;

  public SvgChart draw() {
    List<OutcomeCounts.OutcomeCount> outcomes = OutcomeCounts.of(tally);
    long most = outcomes.stream().mapToLong(OutcomeCounts.OutcomeCount::horses).max().orElse(1);
    List<ChartShape> shapes = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      OutcomeCounts.OutcomeCount outcome = outcomes.get(i);
      double y = TOP + i * ROW;
      double width =
          outcome.horses() == 0
              ? 0
              : Math.max(1, (RIGHT - LEFT) * outcome.horses() / Math.max(1, most));
      shapes.add(
          at(LEFT - 12, y + 19, DisplayNames.of(outcome.state()), TextAnchor.END, CssClass.TEXT));
      shapes.add(new ChartShape.BoxShape(LEFT, y + 4, width, ROW - 8, look(outcome.state())));
      shapes.add(
          at(
              LEFT + width + 8,
              y + 19,
              HumanFormat.count(outcome.horses())
                  + "  ·  "
                  + HumanFormat.percent(outcome.horses(), tally.total()),
              TextAnchor.START,
              CssClass.TEXT));
    }
    int height = TOP * 2 + ROW * Math.max(1, outcomes.size());
    return new SvgChart(
        "outcomes",
        "What became of the horses",
        "%s of %s were processed, %s enriched and %s failed."
            .formatted(
                HumanFormat.count(tally.processed()),
                HumanFormat.count(tally.total(), "horse"),
                HumanFormat.count(tally.enriched()),
                HumanFormat.count(tally.failed())),
        WIDTH,
        height,
        shapes);
  }

  private static CssClass look(HorseStatus state) {
    return switch (state) {
      case ENRICHED -> CssClass.GOOD;
      case NO_DOB, BASIC -> CssClass.FAIR;
      case NOT_FOUND -> CssClass.POOR;
      case FAILED -> CssClass.BAD;
      case PENDING, ALREADY_FILLED, MISSING -> CssClass.GRID;
    };
  }
}
