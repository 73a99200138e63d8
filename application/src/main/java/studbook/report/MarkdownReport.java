package studbook.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import studbook.report.figures.Recommendation;
import studbook.report.section.ReportDocument;
import studbook.report.section.ReportSection;
import studbook.report.section.ReportSummary;
import studbook.report.section.ReportTable;
import studbook.report.section.ReportTable.TableColumnSpec;
import studbook.report.section.SectionBlock;
import studbook.report.section.SectionBlock.AdviceBlock;
import studbook.report.section.SectionBlock.ChartBlock;
import studbook.report.section.SectionBlock.TableBlock;
import studbook.report.section.SectionBlock.TextBlock;

/** A report as Markdown that is readable without rendering. Pure. */
final class MarkdownReport {

  private MarkdownReport() {}

  static String of(ReportDocument document) {
    ReportSummary summary = document.headline();
    StringBuilder out = new StringBuilder();
    out.append("# ").append(escaped(summary.title())).append("\n\n");
    out.append("**").append(escaped(summary.verdict().word())).append("** · ");
    out.append(escaped(summary.verdict().reason())).append("\n\n");
    out.append("**").append(escaped(summary.state())).append("** · ");
    out.append(escaped(summary.sentence())).append("\n\n");
    ReportTable keys = new ReportTable().text("").figure("Figure").text("");
    summary.keys().forEach(key -> keys.row(key.label(), key.figure(), key.note()));
    append(out, keys);
    for (ReportSection section : document.chapters()) {
      out.append("\n## ").append(escaped(section.title())).append('\n');
      section.blocks().forEach(block -> append(out.append('\n'), block));
    }
    return out.append("\n---\n\nMade by Studbook ")
        .append(escaped(document.version()))
        .append(" on ")
        .append(document.takenAt())
        .append(" from the database.\n")
        .toString();
  }

  private static void append(StringBuilder out, SectionBlock block) {
    switch (block) {
      case TextBlock(String text) -> out.append(escaped(text)).append('\n');
      case TableBlock(ReportTable table) -> append(out, table);
      case ChartBlock(var _, ReportTable figures) -> append(out, figures);
      case AdviceBlock(List<Recommendation> recommendations) ->
          recommendations.forEach(recommendation ->
              out.append("- **")
                  .append(escaped(recommendation.finding()))
                  .append("** ")
                  .append(escaped(recommendation.advice()))
                  .append(recommendation.command().map(command -> " `" + command + "`").orElse(""))
                  .append('\n'));
    }
  }

  private static void append(StringBuilder out, ReportTable table) {
    List<TableColumnSpec> columns = table.columns();
    List<List<String>> rows =
        table.rows().stream()
            .map(row -> row.stream().map(cell -> escaped(cell.text())).toList())
            .toList();
    int[] widths =
        IntStream.range(0, columns.size())
            .map(i ->
                Math.max(
                    Math.max(3, length(columns.get(i).heading())),
                    rows.stream().mapToInt(row -> length(row.get(i))).max().orElse(0)))
            .toArray();
    out.append(line(columns.stream().map(TableColumnSpec::heading).toList(), columns, widths));
    out.append(
        IntStream.range(0, columns.size())
            .mapToObj(i ->
                columns.get(i).figure() ? "-".repeat(widths[i] - 1) + ":" : "-".repeat(widths[i]))
            .collect(Collectors.joining(" | ", "| ", " |\n")));
    rows.forEach(row -> out.append(line(row, columns, widths)));
  }

  private static String line(List<String> cells, List<TableColumnSpec> columns, int[] widths) {
    return IntStream.range(0, cells.size())
        .mapToObj(i -> {
          String space = " ".repeat(widths[i] - length(cells.get(i)));
          return columns.get(i).figure() ? space + cells.get(i) : cells.get(i) + space;
        })
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /**
   * Escapes text inside a line for Markdown. Characters without a meaning in their place stay: an
   * underscore within a word, a {@code <} before a figure.
   */
  static String escaped(String text) {
    return text.replaceAll("[\\\\`*|\\[\\]]|<(?=[\\p{L}/!?])|&(?=[#\\p{L}])|~(?=~)", "\\\\$0")
        .replaceAll("(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])", "\\\\_");
  }
}
