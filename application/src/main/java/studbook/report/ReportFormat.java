package studbook.report;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import studbook.report.figures.ExecutionReport;
import studbook.report.figures.PreExecutionReport;
import studbook.report.figures.TimeFormat;
import studbook.report.section.PreExecutionSections;
import studbook.report.section.ReportDocument;
import studbook.text.JsonFormat;

/** The formats of a report; all have the same content. */
public enum ReportFormat {
  MD,
  HTML,
  JSON;

  /** The format of a file name's extension. */
  public static Optional<ReportFormat> of(Path file) {
    String name = file.getFileName().toString();
    return switch (name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
      case "md", "markdown" -> Optional.of(MD);
      case "html", "htm" -> Optional.of(HTML);
      case "json" -> Optional.of(JSON);
      default -> Optional.empty();
    };
  }

  @Override
  public String toString() {
    return extension();
  }

  /** The extension of a file, without its dot. */
  public String extension() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The whole document, with a line break at its end.
   *
   * @param clock whose zone times are shown in
   */
  public String write(ExecutionReport report, Clock clock) {
    TimeFormat timeFormat = new TimeFormat(clock);
    return switch (this) {
      case MD -> MarkdownReport.of(ReportDocument.of(report, timeFormat));
      case HTML -> HtmlReport.of(ReportDocument.of(report, timeFormat));
      case JSON -> json(ExecutionReportJson.of(report), clock);
    };
  }

  /**
   * The whole document of a report before a run, with a line break at its end.
   *
   * @param clock whose zone times are shown in
   */
  public String write(PreExecutionReport report, Clock clock) {
    TimeFormat timeFormat = new TimeFormat(clock);
    return switch (this) {
      case MD -> MarkdownReport.of(new PreExecutionSections(report, timeFormat).document());
      case HTML -> HtmlReport.of(new PreExecutionSections(report, timeFormat).document());
      case JSON -> json(PreExecutionJson.of(report), clock);
    };
  }

  private static String json(Object document, Clock clock) {
    return JsonFormat.pretty(document, clock.getZone()) + "\n";
  }
}
