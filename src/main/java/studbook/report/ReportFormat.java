package studbook.report;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import studbook.report.figures.ExecutionReport;
import studbook.report.figures.Moments;
import studbook.report.figures.PreExecutionReport;
import studbook.report.section.PreExecutionChapters;
import studbook.report.section.ReportDocument;

/** How a report is written. All formats say the same. */
public enum ReportFormat {
  MD,
  HTML,
  JSON;

  /** The one that a file's name ends in. */
  public static Optional<ReportFormat> of(Path file) {
    String name = file.getFileName().toString();
    return switch (name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
      case "md", "markdown" -> Optional.of(MD);
      case "html", "htm" -> Optional.of(HTML);
      case "json" -> Optional.of(JSON);
      default -> Optional.empty();
    };
  }

  /** Of a file, without its dot. */
  public String extension() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The whole document, with a line break at its end.
   *
   * @param clock whose zone times are told in
   */
  public String write(ExecutionReport report, Clock clock) {
    Moments moments = new Moments(clock);
    return switch (this) {
      case MD -> Markdown.of(ReportDocument.of(report, moments));
      case HTML -> Html.of(ReportDocument.of(report, moments));
      case JSON -> JsonForm.of(report, moments);
    };
  }

  /**
   * The whole document of a report before a run, with a line break at its end.
   *
   * @param clock whose zone times are told in
   */
  public String write(PreExecutionReport report, Clock clock) {
    Moments moments = new Moments(clock);
    return switch (this) {
      case MD -> Markdown.of(new PreExecutionChapters(report, moments).document());
      case HTML -> Html.of(new PreExecutionChapters(report, moments).document());
      case JSON -> PreExecutionJson.of(report, moments);
    };
  }
}
