package studbook.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows under headings, fitted to a width: text left-aligned, numbers right-aligned. If a line is
 * too long, flexible columns end in an ellipsis, and if that is not enough, the line does. Text
 * from outside must be made printable before. Not thread-safe.
 */
public final class TextTable {

  private static final int BETWEEN = 2;
  private static final int BETWEEN_WHERE_NARROW = 1;
  private static final int NARROWEST = 8;

  private enum ColumnKind {
    TEXT,
    FIGURE,
    FLEXIBLE
  }

  private record TextColumn(String heading, ColumnKind kind) {}

  private final AnsiStyle style;
  private final List<TextColumn> columns = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * A table without columns.
   *
   * @param style of the headings
   */
  public TextTable(AnsiStyle style) {
    this.style = style;
  }

  /** One without headings: rows of a label and figures. */
  public static TextTable ofLabels(int figures) {
    TextTable table = new TextTable(AnsiStyle.PLAIN).text("");
    IntStream.range(0, figures).forEach(_ -> table.figure(""));
    return table;
  }

  public TextTable text(String heading) {
    return column(heading, ColumnKind.TEXT);
  }

  public TextTable figure(String heading) {
    return column(heading, ColumnKind.FIGURE);
  }

  /** A text that may be shortened. */
  public TextTable flexible(String heading) {
    return column(heading, ColumnKind.FLEXIBLE);
  }

  private TextTable column(String heading, ColumnKind kind) {
    columns.add(new TextColumn(heading, kind));
    return this;
  }

  /** Adds a row with a cell for each column. */
  public TextTable row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(cells.length + " cells in " + columns.size() + " columns");
    }
    rows.add(List.of(cells));
    return this;
  }

  /**
   * The headings and the rows.
   *
   * @param width in terminal columns
   */
  public List<String> lines(int width) {
    int[] widths = widths(width);
    int space = excess(widths, width) > 0 ? BETWEEN_WHERE_NARROW : BETWEEN;
    List<String> lines = new ArrayList<>();
    List<String> headings = columns.stream().map(TextColumn::heading).toList();
    if (headings.stream().anyMatch(heading -> !heading.isEmpty())) {
      lines.add(style.faint(HumanFormat.shortened(line(headings, widths, space), width)));
    }
    rows.forEach(row -> lines.add(HumanFormat.shortened(line(row, widths, space), width)));
    return lines;
  }

  private int[] widths(int width) {
    int[] widths =
        IntStream.range(0, columns.size())
            .map(i ->
                Math.max(
                    length(columns.get(i).heading()),
                    rows.stream().mapToInt(row -> length(row.get(i))).max().orElse(0)))
            .toArray();
    int excess = excess(widths, width);
    for (int i = widths.length - 1; i >= 0 && excess > 0; i--) {
      if (columns.get(i).kind() == ColumnKind.FLEXIBLE) {
        int taken = Math.clamp(widths[i] - NARROWEST, 0, excess);
        widths[i] -= taken;
        excess -= taken;
      }
    }
    return widths;
  }

  /** The columns by which lines of these widths exceed {@code width}. */
  private static int excess(int[] widths, int width) {
    return IntStream.of(widths).sum() + BETWEEN * (widths.length - 1) - Math.max(width, 1);
  }

  private String line(List<String> cells, int[] widths, int between) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell = HumanFormat.shortened(cells.get(i), widths[i]);
      String space = " ".repeat(Math.max(0, widths[i] - length(cell)));
      line.append(" ".repeat(i == 0 ? 0 : between))
          .append(columns.get(i).kind() == ColumnKind.FIGURE ? space + cell : cell + space);
    }
    return line.toString().stripTrailing();
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
