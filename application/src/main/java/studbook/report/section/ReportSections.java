package studbook.report.section;

import java.util.ArrayList;
import java.util.List;
import studbook.report.figures.ExecutionReport;
import studbook.report.figures.Recommendation;
import studbook.report.figures.Recommendations;
import studbook.report.figures.TimeFormat;
import studbook.report.section.SectionBlock.AdviceBlock;
import studbook.report.section.SectionBlock.TextBlock;

/** The sections of a report, the same in every format for people. */
final class ReportSections {

  private ReportSections() {}

  static List<ReportSection> of(ExecutionReport report, TimeFormat timeFormat) {
    List<ReportSection> chapters = new ArrayList<>();
    List<Recommendation> recommendations = Recommendations.of(report);
    chapters.add(new QualitySection(report.validation()).section());
    chapters.add(
        ReportSection.of(
            "Recommendations",
            recommendations.isEmpty()
                ? new TextBlock("Nothing to do.")
                : new AdviceBlock(recommendations)));
    chapters.addAll(new PlanSections(report, timeFormat).all());
    chapters.addAll(new ExecutionSections(report, timeFormat).all());
    chapters.addAll(new ResultSections(report).all());
    chapters.add(new SampleSection(report.validation().sample()).section());
    return chapters;
  }
}
