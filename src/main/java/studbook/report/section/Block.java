package studbook.report.section;

import java.util.List;
import studbook.report.chart.Drawing;
import studbook.report.figures.Recommendation;

/** A part of a chapter, for a format to show as it can. Its texts are printable, not escaped. */
public sealed interface Block {

  /** A paragraph. */
  record Prose(String text) implements Block {}

  record Table(Sheet sheet) implements Block {}

  /** A drawing, and the same in figures where nothing can be drawn. */
  record Picture(Drawing drawing, Sheet figures) implements Block {}

  /** What to do next. */
  record Advice(List<Recommendation> recommendations) implements Block {

    public Advice {
      recommendations = List.copyOf(recommendations);
    }
  }
}
