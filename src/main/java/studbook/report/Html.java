package studbook.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.output.StringOutput;
import java.util.List;

/** A report as one page of HTML that needs nothing else: its style and its charts stand in it. */
final class Html {

  /** What the template shows. */
  record Page(Headline headline, List<Chapter> chapters, String version, String takenAt) {}

  private Html() {}

  static String of(ExecutionReport report, Moments moments) {
    TemplateEngine engine =
        TemplateEngine.createPrecompiled(
            null, ContentType.Html, Html.class.getClassLoader(), Html.class.getPackageName());
    Page page =
        new Page(
            Headline.of(report, moments),
            Chapters.of(report, moments),
            report.run().told().version(),
            moments.date(report.takenAt()));
    TemplateOutput output = new StringOutput();
    engine.render("report.jte", page, output);
    return output.toString();
  }

  /** The class of a cell, for the style sheet. */
  static String css(Sheet.Column column, Sheet.Cell cell) {
    String kind = column.figure() ? "figure" : "text";
    return switch (cell.tone()) {
      case PLAIN -> kind;
      case GOOD -> kind + " good";
      case WARNING -> kind + " warning";
      case BAD -> kind + " bad";
    };
  }
}
