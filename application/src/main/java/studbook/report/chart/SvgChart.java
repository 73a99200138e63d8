package studbook.report.chart;

import java.util.List;

/**
 * A picture of shapes in a rectangle whose upper left corner is 0, 0.
 *
 * @param name letters and hyphens, its own on a page
 * @param title what it shows, for those who cannot see it
 * @param description what it says, in a sentence
 */
public record SvgChart(
    String name, String title, String description, int width, int height, List<ChartShape> shapes) {

  public SvgChart {
    shapes = List.copyOf(shapes);
  }
}
