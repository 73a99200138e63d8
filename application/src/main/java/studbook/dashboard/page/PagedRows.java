package studbook.dashboard.page;

import java.util.List;

/**
 * A part of a long table.
 *
 * @param page from 1
 * @param hasNext whether rows follow
 */
public record PagedRows<T>(List<T> rows, int page, boolean hasNext) {

  private static final int SIZE = 50;

  public PagedRows {
    rows = List.copyOf(rows);
  }

  /** Reads rows of a table. */
  @FunctionalInterface
  public interface RowSource<T> {

    /** At most {@code most} rows after the first {@code skipped}. */
    List<T> read(int skipped, int most);
  }

  /** Reads a page, and whether another follows. */
  public static <T> PagedRows<T> load(int page, RowSource<T> source) {
    List<T> read = source.read((page - 1) * SIZE, SIZE + 1);
    return new PagedRows<>(read.subList(0, Math.min(SIZE, read.size())), page, read.size() > SIZE);
  }
}
