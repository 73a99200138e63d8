package studbook.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.output.StringOutput;
import java.util.Locale;
import studbook.report.section.ReportDocument;
import studbook.report.section.ReportTable;
import studbook.report.section.ReportTable.CellTone;
import studbook.report.section.ReportTable.TableCell;
import studbook.report.section.ReportTable.TableColumnSpec;

/** A report as one self-contained page of HTML. */
final class HtmlReport {

  /** Columns that fit side by side on 390 pixels. */
  private static final int MOST_ON_A_PHONE = 3;

  /** Columns that fit on A4 in the normal font size. */
  private static final int ROOMY = 7;

  private HtmlReport() {}

  static String of(ReportDocument document) {
    TemplateEngine engine =
        TemplateEngine.createPrecompiled(
            null, ContentType.Html, HtmlReport.class.getClassLoader(), "studbook");
    TemplateOutput output = new StringOutput();
    engine.render("report/report.jte", document, output);
    return output.toString();
  }

  /** The classes of a table, for the style sheet. */
  static String css(ReportTable table) {
    int columns = table.columns().size();
    return columns > MOST_ON_A_PHONE ? columns > ROOMY ? "wide crowded" : "wide" : "narrow";
  }

  /** The class of a column, for the style sheet. */
  static String css(TableColumnSpec column) {
    return column.setting().name().toLowerCase(Locale.ROOT);
  }

  /** The class of a tone, for the style sheet. */
  static String css(CellTone tone) {
    return tone.name().toLowerCase(Locale.ROOT);
  }

  /** The class of a cell, for the style sheet. */
  static String css(TableColumnSpec column, TableCell cell) {
    return cell.tone() == CellTone.PLAIN ? css(column) : css(column) + " " + css(cell.tone());
  }
}
