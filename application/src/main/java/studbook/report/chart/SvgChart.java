package studbook.report.chart;

import java.util.List;

/**
 * A drawing of shapes in a rectangle with the upper left corner 0, 0.
 *
 * @param name letters and hyphens, unique on a page
 * @param title for readers who cannot see it
 * @param description its content in a sentence
 */
public record SvgChart(
    String name, String title, String description, int width, int height, List<ChartShape> shapes) {

  public SvgChart {
    shapes = List.copyOf(shapes);
  }
}
