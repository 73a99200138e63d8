package studbook.report.section;

import java.util.List;
import studbook.report.chart.SvgChart;
import studbook.report.figures.Recommendation;

/** A part of a chapter, for a format to show as it can. Its texts are printable, not escaped. */
public sealed interface SectionBlock {

  /** A paragraph. */
  record TextBlock(String text) implements SectionBlock {}

  record TableBlock(ReportTable sheet) implements SectionBlock {}

  /** A drawing, and the same in figures where nothing can be drawn. */
  record ChartBlock(SvgChart drawing, ReportTable figures) implements SectionBlock {}

  /** What to do next. */
  record AdviceBlock(List<Recommendation> recommendations) implements SectionBlock {

    public AdviceBlock {
      recommendations = List.copyOf(recommendations);
    }
  }
}
