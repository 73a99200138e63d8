package studbook.chart.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.chart.ChartFixture;
import studbook.chart.drawing.DrawingShape.RectangleShape;
import studbook.chart.drawing.DrawingShape.TextLine;
import studbook.chart.tree.AncestorTree;

/** The places of boxes and texts on a page. */
class ChartLayoutTest {

  private static List<RectangleShape> boxes(ChartDrawing drawing) {
    return drawing.shapes().stream()
        .filter(RectangleShape.class::isInstance)
        .map(RectangleShape.class::cast)
        .filter(box -> box.width() > 50)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void everyAncestorHasABoxOfItsOwnOnThePage(int generations) {
    ChartDrawing drawing = ChartLayout.draw(ChartFixture.complete(generations));
    List<RectangleShape> boxes = boxes(drawing);
    assertThat(boxes).hasSize((1 << (generations + 1)) - 1);
    for (int i = 0; i < boxes.size(); i++) {
      RectangleShape box = boxes.get(i);
      assertThat(box.x()).isPositive();
      assertThat(box.y()).isPositive();
      assertThat(box.x() + box.width()).isLessThan(drawing.width());
      assertThat(box.y() + box.height()).isLessThan(drawing.height());
      assertThat(boxes.subList(i + 1, boxes.size()))
          .filteredOn(other -> overlap(box, other))
          .isEmpty();
    }
  }

  private static boolean overlap(RectangleShape one, RectangleShape other) {
    return one.x() < other.x() + other.width()
        && other.x() < one.x() + one.width()
        && one.y() < other.y() + other.height()
        && other.y() < one.y() + one.height();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6})
  void namesAreLegibleAndInTheirBoxes(int generations) {
    ChartDrawing drawing = ChartLayout.draw(ChartFixture.complete(generations));
    List<RectangleShape> boxes = boxes(drawing);
    List<TextLine> names =
        drawing.shapes().stream()
            .filter(TextLine.class::isInstance)
            .map(TextLine.class::cast)
            .filter(text -> text.text().startsWith("Wonderful") && text.size() < 12)
            .toList();
    assertThat(names).hasSize(boxes.size()).allMatch(name -> name.size() >= 4.5);
    for (TextLine name : names) {
      assertThat(boxes)
          .anyMatch(box ->
              name.x() > box.x()
                  && name.end() <= box.x() + box.width()
                  && name.y() > box.y()
                  && name.y() <= box.y() + box.height());
    }
  }

  @Test
  void aRepeatedAncestorHasOneColourInAllPlaces() {
    AncestorTree tree = ChartFixture.tree(ChartFixture.LINEBRED, 4);
    assertThat(ChartLayout.draw(tree).shapes())
        .filteredOn(shape ->
            shape instanceof RectangleShape bar
                && bar.width() < 4
                && bar.fill().equals(java.util.Optional.of(DrawingColour.ofMark(0))))
        .hasSize(2);
  }

  /** WCAG 2 asks for 4.5; the letter of a mark has the colour of the paper. */
  @Test
  void marksAreLegibleOnLightAndDarkPaper() {
    for (int index = 0; index < 40; index++) {
      DrawingColour mark = DrawingColour.ofMark(index);
      assertThat(contrast(mark.light(), DrawingColour.PAPER.light())).isGreaterThan(4.5);
      assertThat(contrast(mark.dark(), DrawingColour.PAPER.dark())).isGreaterThan(4.5);
    }
  }

  private static double contrast(int one, int other) {
    double a = DrawingColour.luminance(one) + 0.05;
    double b = DrawingColour.luminance(other) + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }
}
