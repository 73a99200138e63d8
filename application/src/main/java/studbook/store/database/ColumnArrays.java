package studbook.store.database;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * Binds a batch of rows to a statement as one array per column, which the statement reads with
 * {@code unnest}. A missing row is NULL in every column.
 */
public final class ColumnArrays<T> {

  private final SqlStatement<?> statement;
  private final List<@Nullable T> rows;

  public ColumnArrays(SqlStatement<?> statement, List<? extends @Nullable T> rows) {
    this.statement = statement;
    this.rows = new ArrayList<>(rows);
  }

  public void text(String name, Function<T, @Nullable String> value) {
    statement.bindArray(name, String.class, values(value));
  }

  public void number(String name, Function<T, @Nullable Integer> value) {
    statement.bindArray(name, Integer.class, values(value));
  }

  public void decimal(String name, Function<T, @Nullable Double> value) {
    statement.bindArray(name, Double.class, values(value));
  }

  /** The same rows by one of their parts, which may be missing. */
  public <V> ColumnArrays<V> part(Function<T, @Nullable V> part) {
    return new ColumnArrays<>(statement, values(part));
  }

  private <V> List<@Nullable V> values(Function<T, @Nullable V> value) {
    List<@Nullable V> values = new ArrayList<>(rows.size());
    for (T row : rows) {
      values.add(row == null ? null : value.apply(row));
    }
    return values;
  }
}
