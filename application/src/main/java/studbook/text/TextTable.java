package studbook.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows under headings, fitted to a width: text left-aligned, numbers right-aligned. If a line is
 * too long, flexible columns end in an ellipsis, then optional columns are left out, and if that is
 * not enough, the line ends in an ellipsis. Text from outside must be made printable before. Not
 * thread-safe.
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

  private record TextColumn(String heading, ColumnKind kind, boolean optional) {}

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
    columns.add(new TextColumn(heading, kind, false));
    return this;
  }

  /** The last column is left out where the table does not fit. */
  public TextTable optional() {
    TextColumn last = columns.removeLast();
    columns.add(new TextColumn(last.heading(), last.kind(), true));
    return this;
  }

  private TextTable without(int column) {
    TextTable rest = new TextTable(style);
    rest.columns.addAll(columns);
    rest.columns.remove(column);
    for (List<String> row : rows) {
      List<String> cells = new ArrayList<>(row);
      cells.remove(column);
      rest.rows.add(cells);
    }
    return rest;
  }

  /** Adds a row with a cell for each column. */
  public TextTable row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(cells.length + " cells in " + columns.size() + " columns");
    }
    rows.add(List.of(cells));
    return this;
  }

  /** Adds a row of a label, a count and its percentage of {@code whole}. */
  public TextTable share(String label, long part, long whole) {
    return row(label, HumanFormat.count(part), HumanFormat.percent(part, whole));
  }

  /**
   * The headings and the rows.
   *
   * @param width in terminal columns
   */
  public List<String> lines(int width) {
    int[] widths = widths(width);
    int space = excess(widths, width, BETWEEN) > 0 ? BETWEEN_WHERE_NARROW : BETWEEN;
    for (int i = columns.size() - 1; i >= 0 && excess(widths, width, space) > 0; i--) {
      if (columns.get(i).optional()) {
        return without(i).lines(width);
      }
    }
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
    int excess = excess(widths, width, BETWEEN);
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
  private static int excess(int[] widths, int width, int between) {
    return IntStream.of(widths).sum() + between * (widths.length - 1) - Math.max(width, 1);
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
