package studbook.chart.drawing;

import java.util.List;

/**
 * A chart as shapes on a page.
 *
 * @param width in points
 * @param height in points
 * @param title of the document
 * @param description in a sentence, for readers who cannot see it
 */
public record ChartDrawing(
    double width, double height, String title, String description, List<DrawingShape> shapes) {

  public ChartDrawing {
    shapes = List.copyOf(shapes);
  }
}
