package studbook.text;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Rows of a label and values: labels left-aligned, values right-aligned. */
public final class KeyValueTable {

  private record KeyValueRow(String label, List<String> cells) {}

  private final List<KeyValueRow> rows = new ArrayList<>();

  public KeyValueTable row(String label, String... cells) {
    rows.add(new KeyValueRow(label, List.of(cells)));
    return this;
  }

  public void print(PrintStream out) {
    lines().forEach(out::println);
  }

  public List<String> lines() {
    int label = rows.stream().mapToInt(row -> row.label().length()).max().orElse(0);
    int columns = rows.stream().mapToInt(row -> row.cells().size()).max().orElse(0);
    int[] widths = new int[columns];
    for (KeyValueRow row : rows) {
      for (int i = 0; i < row.cells().size(); i++) {
        widths[i] = Math.max(widths[i], row.cells().get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, label, widths)).toList();
  }

  private static String line(KeyValueRow row, int label, int[] widths) {
    StringBuilder line = new StringBuilder(pad(row.label(), label));
    for (int i = 0; i < row.cells().size(); i++) {
      String cell = row.cells().get(i);
      line.append("  ").append(" ".repeat(widths[i] - cell.length())).append(cell);
    }
    return line.toString().stripTrailing();
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
