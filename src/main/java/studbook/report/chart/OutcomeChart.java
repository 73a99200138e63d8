package studbook.report.chart;

import static studbook.report.chart.Shape.Label.at;

import java.util.ArrayList;
import java.util.List;
import studbook.model.LedgerState;
import studbook.report.chart.Shape.Anchor;
import studbook.report.chart.Shape.Look;
import studbook.report.figures.Names;
import studbook.report.figures.Outcomes;
import studbook.store.run.Tally;
import studbook.text.Words;

/** What became of the horses, a bar for each outcome. Pure. */
public record OutcomeChart(Tally tally) {

  private static final int WIDTH = 720;
  private static final double LEFT = 170;
  private static final double RIGHT = WIDTH - 130;
  private static final int ROW = 30;
  private static final int TOP = 6;

  public Drawing draw() {
    List<Outcomes.Outcome> outcomes = Outcomes.of(tally);
    long most = outcomes.stream().mapToLong(Outcomes.Outcome::horses).max().orElse(1);
    List<Shape> shapes = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      Outcomes.Outcome outcome = outcomes.get(i);
      double y = TOP + i * ROW;
      double width =
          outcome.horses() == 0
              ? 0
              : Math.max(1, (RIGHT - LEFT) * outcome.horses() / Math.max(1, most));
      shapes.add(at(LEFT - 12, y + 19, Names.of(outcome.state()), Anchor.END, Look.TEXT));
      shapes.add(new Shape.Box(LEFT, y + 4, width, ROW - 8, look(outcome.state())));
      shapes.add(
          at(
              LEFT + width + 8,
              y + 19,
              Words.count(outcome.horses())
                  + "  ·  "
                  + Words.percent(outcome.horses(), tally.total()),
              Anchor.START,
              Look.TEXT));
    }
    int height = TOP * 2 + ROW * Math.max(1, outcomes.size());
    return new Drawing(
        "outcomes",
        "What became of the horses",
        "%s of %s were processed, %s enriched and %s failed."
            .formatted(
                Words.count(tally.processed()),
                Words.count(tally.total(), "horse"),
                Words.count(tally.enriched()),
                Words.count(tally.failed())),
        WIDTH,
        height,
        shapes);
  }

  private static Look look(LedgerState state) {
    return switch (state) {
      case ENRICHED -> Look.GOOD;
      case NO_DOB, BASIC -> Look.FAIR;
      case NOT_FOUND -> Look.POOR;
      case FAILED -> Look.BAD;
      case PENDING, ALREADY_FILLED, GONE -> Look.GRID;
    };
  }
}
