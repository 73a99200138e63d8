package studbook.chart.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import studbook.chart.drawing.DrawingShape.LinePoint;
import studbook.chart.drawing.DrawingShape.LineSequence;
import studbook.chart.drawing.DrawingShape.TextLine;
import studbook.chart.tree.AncestorTree;
import studbook.chart.tree.ChartNotes;
import studbook.chart.tree.ChartPlace.VacantPlace;
import studbook.chart.tree.RepeatedAncestor;
import studbook.text.HumanFormat;

/**
 * A chart on one A4 page, landscape: the horse at the left, the sire above the dam at every fork,
 * below it the repeated ancestors. SVG, HTML and PDF draw the same shapes.
 */
public final class ChartLayout {

  /** More are too small to be read on paper. */
  public static final int MOST_GENERATIONS = 6;

  private static final double WIDTH = 842;
  private static final double HEIGHT = 595;
  private static final double MARGIN = 28;
  private static final double HEADER = 34;
  private static final double LEGEND_LINE = 11;
  private static final double LEGEND_SIZE = 7;
  private static final int LEGEND_COLUMNS = 3;
  private static final int MOST_IN_LEGEND = 18;
  private static final double TITLE_SIZE = 17;

  private final AncestorTree asked;
  private final AncestorTree tree;
  private final List<RepeatedAncestor> repeated;
  private final List<DrawingShape> shapes = new ArrayList<>();

  private ChartLayout(AncestorTree asked) {
    this.asked = asked;
    this.tree = asked.trimmed();
    this.repeated = RepeatedAncestor.in(tree);
  }

  /**
   * Draws a tree.
   *
   * @param tree of at most {@link #MOST_GENERATIONS}
   */
  public static ChartDrawing draw(AncestorTree tree) {
    return new ChartLayout(tree).draw();
  }

  private ChartDrawing draw() {
    addHeader();
    double legend = addLegend();
    addChart(legend);
    return new ChartDrawing(
        WIDTH,
        HEIGHT,
        "Pedigree of " + tree.subject().label(),
        String.join(" ", ChartNotes.summary(asked)),
        shapes);
  }

  private void addHeader() {
    double baseline = MARGIN + TITLE_SIZE * 0.8;
    TextLine name =
        TextLine.at(
            MARGIN,
            baseline,
            WIDTH * 0.55,
            tree.subject().label(),
            TITLE_SIZE,
            true,
            DrawingColour.INK);
    shapes.add(name);
    shapes.add(
        TextLine.at(
            name.end() + 8,
            baseline,
            WIDTH / 4,
            tree.subject().detailsWithDay(),
            10,
            false,
            DrawingColour.FAINT));
    addKey(baseline);
    addLine(
        DrawingColour.INK,
        new LinePoint(MARGIN, MARGIN + HEADER - 10),
        new LinePoint(WIDTH - MARGIN, MARGIN + HEADER - 10));
  }

  /** What the signs mean, at the right. */
  private void addKey(double baseline) {
    double x = WIDTH - MARGIN;
    for (boolean male : List.of(false, true)) {
      String word = male ? "sire" : "dam";
      x -= TextWidth.of(word, LEGEND_SIZE, false);
      shapes.add(TextLine.at(x, baseline, 50, word, LEGEND_SIZE, false, DrawingColour.FAINT));
      x -= 7;
      shapes.add(ChartBox.sign(male, x, baseline - LEGEND_SIZE * 0.36, 4.5));
      x -= 10;
    }
  }

  /** Adds it at the lower edge; returns its upper edge. */
  private double addLegend() {
    List<String> notes = ChartNotes.of(asked);
    double bottom = HEIGHT - MARGIN;
    for (String note : notes.reversed()) {
      shapes.add(
          TextLine.at(
              MARGIN,
              bottom - 2,
              WIDTH - 2 * MARGIN,
              note,
              LEGEND_SIZE,
              false,
              DrawingColour.FAINT));
      bottom -= LEGEND_LINE;
    }
    int entries = Math.min(repeated.size(), MOST_IN_LEGEND);
    int rows = Math.ceilDiv(entries, LEGEND_COLUMNS);
    double top = bottom - rows * LEGEND_LINE;
    for (int i = 0; i < entries; i++) {
      boolean more = i == MOST_IN_LEGEND - 1 && repeated.size() > MOST_IN_LEGEND;
      int column = i / rows;
      double x = MARGIN + column * (WIDTH - 2 * MARGIN) / LEGEND_COLUMNS;
      double y = top + i % rows * LEGEND_LINE;
      if (more) {
        addRest(x, y, repeated.size() - i);
      } else {
        addEntry(x, y, repeated.get(i));
      }
    }
    return top;
  }

  private void addRest(double x, double y, int count) {
    String text = "and %s".formatted(HumanFormat.count(count, "other repeated ancestor"));
    shapes.add(TextLine.at(x, y + 6.5, 200, text, LEGEND_SIZE, false, DrawingColour.FAINT));
  }

  private void addEntry(double x, double y, RepeatedAncestor ancestor) {
    double end = x + (WIDTH - 2 * MARGIN) / LEGEND_COLUMNS - 8;
    shapes.addAll(ChartBox.badge(x, y, 8.5, ancestor));
    TextLine name =
        TextLine.at(
            x + 12, y + 6.8, 110, ancestor.horse().label(), LEGEND_SIZE, true, DrawingColour.INK);
    shapes.add(name);
    double figures = name.end() + 4;
    shapes.add(
        TextLine.at(
            figures,
            y + 6.8,
            end - figures,
            ChartNotes.figures(ancestor),
            LEGEND_SIZE,
            false,
            DrawingColour.FAINT));
  }

  private void addChart(double legend) {
    double top = MARGIN + HEADER;
    List<ChartColumn> columns =
        ChartColumn.of(tree.generations(), MARGIN, top - 4, WIDTH - 2 * MARGIN, legend - top - 2);
    Map<Integer, RepeatedAncestor> marks = RepeatedAncestor.byPlace(repeated);
    tree.numbers()
        .forEach(number -> {
          ChartColumn column = columns.get(AncestorTree.generation(number));
          if (column.generation() < tree.generations()) {
            addBracket(number, column, columns.get(column.generation() + 1));
          }
          shapes.addAll(ChartBox.of(column, number, tree.place(number), marks.get(number)));
        });
  }

  /** From a horse to its parents. */
  private void addBracket(int number, ChartColumn column, ChartColumn next) {
    IntStream.of(2 * number, 2 * number + 1)
        .filter(parent -> tree.place(parent) != VacantPlace.BEYOND)
        .forEach(parent ->
            addLine(
                DrawingColour.LINE,
                new LinePoint(column.right(), column.middle(number)),
                new LinePoint(column.fork(), column.middle(number)),
                new LinePoint(column.fork(), next.middle(parent)),
                new LinePoint(next.x(), next.middle(parent))));
  }

  private void addLine(DrawingColour colour, LinePoint... points) {
    shapes.add(new LineSequence(List.of(points), colour));
  }
}
