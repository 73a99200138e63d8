package studbook.report.section;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table of a report: text to the left, figures to the right. For one thread. */
public final class ReportTable {

  /** How a cell is meant; the words say it too. */
  public enum CellTone {
    PLAIN,
    GOOD,
    WARNING,
    BAD
  }

  /** How the cells of a column are set. */
  public enum CellAlignment {
    TEXT,
    /** To the right. */
    FIGURE,
    /** An id, a time, a state: never broken over two lines. */
    WHOLE
  }

  public record TableColumnSpec(String heading, CellAlignment setting) {

    public boolean figure() {
      return setting == CellAlignment.FIGURE;
    }
  }

  public record TableCell(String text, CellTone tone) {

    static TableCell plain(String text) {
      return new TableCell(text, CellTone.PLAIN);
    }
  }

  private final List<TableColumnSpec> columns = new ArrayList<>();
  private final List<List<TableCell>> rows = new ArrayList<>();

  public ReportTable text(String heading) {
    columns.add(new TableColumnSpec(heading, CellAlignment.TEXT));
    return this;
  }

  ReportTable whole(String heading) {
    columns.add(new TableColumnSpec(heading, CellAlignment.WHOLE));
    return this;
  }

  public ReportTable figure(String heading) {
    columns.add(new TableColumnSpec(heading, CellAlignment.FIGURE));
    return this;
  }

  /** A cell for each column. */
  public ReportTable row(String... cells) {
    return row(Arrays.stream(cells).map(TableCell::plain).toArray(TableCell[]::new));
  }

  /** A cell for each column. */
  ReportTable row(TableCell... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(cells.length + " cells in " + columns.size() + " columns");
    }
    rows.add(List.of(cells));
    return this;
  }

  public List<TableColumnSpec> columns() {
    return columns;
  }

  public List<List<TableCell>> rows() {
    return rows;
  }
}
