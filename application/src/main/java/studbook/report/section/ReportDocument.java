package studbook.report.section;

import java.util.List;
import studbook.report.figures.ExecutionReport;
import studbook.report.figures.TimeFormat;

/**
 * A report for people, in any format.
 *
 * @param version of the product
 * @param takenAt when its figures were read, in words
 */
public record ReportDocument(
    ReportSummary headline, List<ReportSection> chapters, String version, String takenAt) {

  public ReportDocument {
    chapters = List.copyOf(chapters);
  }

  public static ReportDocument of(ExecutionReport report, TimeFormat timeFormat) {
    return new ReportDocument(
        ReportSummary.of(report, timeFormat),
        ReportSections.of(report, timeFormat),
        report.run().config().version(),
        timeFormat.date(report.takenAt()));
  }
}
