package studbook.report.section;

import java.util.List;
import studbook.report.figures.ExecutionReport;
import studbook.report.figures.Moments;

/**
 * What every format that people read shows.
 *
 * @param version of the product
 * @param takenAt when its figures were read, in words
 */
public record ReportDocument(Headline headline, List<Chapter> chapters, String version, String takenAt) {

  public ReportDocument {
    chapters = List.copyOf(chapters);
  }

  public static ReportDocument of(ExecutionReport report, Moments moments) {
    return new ReportDocument(
        Headline.of(report, moments),
        Chapters.of(report, moments),
        report.run().told().version(),
        moments.date(report.takenAt()));
  }
}
