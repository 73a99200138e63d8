package studbook.report.section;

import java.util.List;
import studbook.report.chart.SvgChart;
import studbook.report.figures.Recommendation;

/** A part of a section, rendered by each format. Its texts are printable, not escaped. */
public sealed interface SectionBlock {

  /** A paragraph. */
  record TextBlock(String text) implements SectionBlock {}

  record TableBlock(ReportTable sheet) implements SectionBlock {}

  /** A drawing, and its figures for formats without drawings. */
  record ChartBlock(SvgChart drawing, ReportTable figures) implements SectionBlock {}

  /** Recommendations. */
  record AdviceBlock(List<Recommendation> recommendations) implements SectionBlock {

    public AdviceBlock {
      recommendations = List.copyOf(recommendations);
    }
  }
}
