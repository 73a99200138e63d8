package studbook.report;

import java.util.List;

/**
 * What every format that people read shows.
 *
 * @param version of the product
 * @param takenAt when its figures were read, in words
 */
record ReportDocument(Headline headline, List<Chapter> chapters, String version, String takenAt) {

  ReportDocument {
    chapters = List.copyOf(chapters);
  }

  static ReportDocument of(ExecutionReport report, Moments moments) {
    return new ReportDocument(
        Headline.of(report, moments),
        Chapters.of(report, moments),
        report.run().told().version(),
        moments.date(report.takenAt()));
  }
}
