package studbook.report.section;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table of a report: text left-aligned, figures right-aligned. Not thread-safe. */
public final class ReportTable {

  /** The meaning of a cell; the words contain it too. */
  public enum CellTone {
    PLAIN,
    GOOD,
    WARNING,
    BAD
  }

  /** The alignment of a column's cells. */
  public enum CellAlignment {
    TEXT,
    /** Right-aligned. */
    FIGURE,
    /** An id, a time, a state: never split over two lines. */
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

  /** Adds a row with a cell for each column. */
  public ReportTable row(String... cells) {
    return row(Arrays.stream(cells).map(TableCell::plain).toArray(TableCell[]::new));
  }

  /** Adds a row with a cell for each column. */
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
