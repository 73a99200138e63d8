package studbook.report.section;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table of a report: text to the left, figures to the right. For one thread. */
public final class Sheet {

  /** How a cell is meant; the words say it too. */
  public enum Tone {
    PLAIN,
    GOOD,
    WARNING,
    BAD
  }

  /** How the cells of a column are set. */
  public enum Setting {
    TEXT,
    /** To the right. */
    FIGURE,
    /** An id, a time, a state: never broken over two lines. */
    WHOLE
  }

  public record Column(String heading, Setting setting) {

    public boolean figure() {
      return setting == Setting.FIGURE;
    }
  }

  public record Cell(String text, Tone tone) {

    static Cell plain(String text) {
      return new Cell(text, Tone.PLAIN);
    }
  }

  private final List<Column> columns = new ArrayList<>();
  private final List<List<Cell>> rows = new ArrayList<>();

  public Sheet text(String heading) {
    columns.add(new Column(heading, Setting.TEXT));
    return this;
  }

  Sheet whole(String heading) {
    columns.add(new Column(heading, Setting.WHOLE));
    return this;
  }

  public Sheet figure(String heading) {
    columns.add(new Column(heading, Setting.FIGURE));
    return this;
  }

  /** A cell for each column. */
  public Sheet row(String... cells) {
    return row(Arrays.stream(cells).map(Cell::plain).toArray(Cell[]::new));
  }

  /** A cell for each column. */
  Sheet row(Cell... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(cells.length + " cells in " + columns.size() + " columns");
    }
    rows.add(List.of(cells));
    return this;
  }

  public List<Column> columns() {
    return columns;
  }

  public List<List<Cell>> rows() {
    return rows;
  }
}
