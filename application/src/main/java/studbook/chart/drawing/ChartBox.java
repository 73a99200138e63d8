package studbook.chart.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import studbook.chart.drawing.DrawingShape.RectangleShape;
import studbook.chart.drawing.DrawingShape.TextLine;
import studbook.chart.tree.AncestorTree;
import studbook.chart.tree.ChartHorse;
import studbook.chart.tree.ChartPlace;
import studbook.chart.tree.ChartPlace.CyclePlace;
import studbook.chart.tree.ChartPlace.HorsePlace;
import studbook.chart.tree.ChartPlace.VacantPlace;
import studbook.chart.tree.RepeatedAncestor;
import studbook.pedigree.Sex;

/**
 * The box of one place: a square box with a filled square for a male, a round one with a circle for
 * a female; a bar and a letter for a repeated ancestor; a dashed frame for one that is missing.
 */
final class ChartBox {

  private static final double ROUND = 5;
  private static final double BAR = 3;
  private static final double PADDING = 7;
  private static final double DETAIL = 0.86;
  private static final double BETWEEN = 4;

  private final ChartColumn column;
  private final int number;
  private final double top;
  private final List<DrawingShape> shapes = new ArrayList<>();

  private ChartBox(ChartColumn column, int number) {
    this.column = column;
    this.number = number;
    this.top = column.middle(number) - column.height() / 2;
  }

  /**
   * The shapes of a place.
   *
   * @param repeated the ancestor if it is a repeated one
   */
  static List<DrawingShape> of(
      ChartColumn column, int number, ChartPlace place, @Nullable RepeatedAncestor repeated) {
    ChartBox box = new ChartBox(column, number);
    switch (place) {
      case HorsePlace(ChartHorse horse) -> box.addHorse(horse, Optional.ofNullable(repeated));
      case CyclePlace(ChartHorse horse) -> {
        box.addFrame(false, DrawingColour.BAD, Optional.empty());
        box.addTexts(horse.label(), "its own ancestor", DrawingColour.BAD, column.right());
      }
      case VacantPlace.NOT_RECORDED -> {
        box.addFrame(box.isMale(Sex.UNKNOWN), DrawingColour.LINE, Optional.empty());
        String text = AncestorTree.isSire(number) ? "sire not recorded" : "dam not recorded";
        box.addTexts("", text, DrawingColour.FAINT, column.right());
      }
      case VacantPlace.BEYOND -> {}
    }
    return box.shapes;
  }

  private void addHorse(ChartHorse horse, Optional<RepeatedAncestor> repeated) {
    boolean male = isMale(horse.sex());
    addFrame(male, DrawingColour.LINE, Optional.of(male ? DrawingColour.SIRE : DrawingColour.DAM));
    addSign(male, baseline(isStacked(horse.label(), details(horse))));
    double right = column.right() - 3;
    if (repeated.isPresent()) {
      DrawingColour colour = DrawingColour.ofMark(repeated.get().index());
      shapes.add(RectangleShape.filled(column.x(), top, BAR, column.height(), 0, colour));
      double size = Math.min(9, column.height() - 2);
      right -= size;
      shapes.addAll(badge(right, column.middle(number) - size / 2, size, repeated.get()));
    }
    addTexts(horse.label(), details(horse), DrawingColour.INK, right - 3);
  }

  private String details(ChartHorse horse) {
    return number == 1 ? horse.detailsWithDay() : horse.details();
  }

  /** An ancestor's sex follows from its place; an animal of unknown sex is drawn as male. */
  private boolean isMale(Sex recorded) {
    return number == 1 ? recorded != Sex.FEMALE : AncestorTree.isSire(number);
  }

  private void addFrame(boolean square, DrawingColour stroke, Optional<DrawingColour> fill) {
    shapes.add(
        new RectangleShape(
            column.x(),
            top,
            column.width(),
            column.height(),
            square ? 0 : Math.min(ROUND, column.height() / 2),
            fill,
            Optional.of(stroke),
            fill.isEmpty()));
  }

  private void addSign(boolean male, double baseline) {
    double x = column.x() + PADDING;
    shapes.add(sign(male, x, baseline - column.nameSize() * 0.36, column.nameSize() * 0.5));
  }

  /** The sign of a sex around a middle. */
  static DrawingShape sign(boolean male, double x, double middle, double size) {
    DrawingColour colour = DrawingColour.FAINT;
    return male
        ? RectangleShape.filled(x, middle - size / 2, size, size, 0, colour)
        : new RectangleShape(
            x,
            middle - size / 2,
            size,
            size,
            size / 2,
            Optional.empty(),
            Optional.of(colour),
            false);
  }

  /** The letter of a repeated ancestor. */
  static List<DrawingShape> badge(double x, double y, double size, RepeatedAncestor ancestor) {
    double font = size * (ancestor.mark().length() == 1 ? 0.78 : 0.55);
    double width = TextWidth.of(ancestor.mark(), font, true);
    return List.of(
        RectangleShape.filled(x, y, size, size, size / 4, DrawingColour.ofMark(ancestor.index())),
        new TextLine(
            x + (size - width) / 2,
            y + size / 2 + font * 0.36,
            width,
            ancestor.mark(),
            font,
            true,
            DrawingColour.PAPER));
  }

  /** Of the name: above the details, or beside them. */
  private double baseline(boolean stacked) {
    return column.middle(number) + column.nameSize() * (stacked ? -0.22 : 0.36);
  }

  private boolean isStacked(String name, String details) {
    return column.hasTwoLines() && !name.isEmpty() && !details.isEmpty();
  }

  private void addTexts(String name, String details, DrawingColour colour, double right) {
    boolean stacked = isStacked(name, details);
    double size = column.nameSize();
    double baseline = baseline(stacked);
    double x = column.x() + PADDING + size * 0.8;
    double detailWidth = TextWidth.of(details, size * DETAIL, false);
    if (!name.isEmpty()) {
      double room = right - x - (stacked || details.isEmpty() ? 0 : detailWidth + BETWEEN);
      TextLine line = TextLine.at(x, baseline, room, name, size, true, colour);
      shapes.add(line);
      x = stacked ? x : line.end() + BETWEEN;
    }
    if (!details.isEmpty()) {
      double lower = stacked ? baseline + size * 1.15 : baseline;
      DrawingColour faint = colour.equals(DrawingColour.INK) ? DrawingColour.FAINT : colour;
      shapes.add(TextLine.at(x, lower, right - x, details, size * DETAIL, false, faint));
    }
  }
}
