package studbook.store.statistics;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Streams whole tables of any size: each is one statement, read through a cursor. Safe for many
 * threads.
 */
public final class ExportQueries {

  /** Rows in memory at once. */
  private static final int FETCHED = 1_000;

  private final Jdbi jdbi;

  public ExportQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Receives rows in order, on the reading thread. */
  public interface RowSink {

    /** The column names; called before any row. */
    void columns(List<String> names);

    /** A value for each column: a text, a number, an {@link OffsetDateTime}, or null. */
    void row(List<@Nullable Object> values);
  }

  /** The error log of a run in the order of writing; returns the number of rows. */
  public long errors(long run, RowSink sink) {
    return stream(
        """
        SELECT run_id, occurred_at, horse_id, kind AS error_kind, endpoint, http_status, attempt, (duration_ms / 1000.0)::float8 AS duration_seconds, message
        FROM studbook.error WHERE run_id = :run ORDER BY error_id
        """,
        Optional.of(run),
        sink);
  }

  /** The ids of the horses that failed in a run; returns their number. */
  public long failedIds(long run, RowSink sink) {
    return stream(
        """
        SELECT horse_id FROM studbook.work_item WHERE run_id = :run AND state = 'failed' ORDER BY horse_id
        """,
        Optional.of(run),
        sink);
  }

  /**
   * The changes in the order of writing; returns their number.
   *
   * @param run only those that it made, if given
   */
  public long changes(Optional<Long> run, RowSink sink) {
    return stream(
        """
        SELECT studbook.to_utf8(horse_id) AS horse_id, column_name, studbook.to_utf8(old_value) AS old_value,
               studbook.to_utf8(new_value) AS new_value, source, run_id, changed_at
        FROM studbook.change WHERE :run IS NULL OR run_id = :run ORDER BY change_id
        """,
        run,
        sink);
  }

  /**
   * The horses with the columns of Studbook; returns their number.
   *
   * @param run only those whose rows it wrote, if given
   */
  public long horses(Optional<Long> run, RowSink sink) {
    return stream(
        """
        SELECT studbook.to_utf8(h.horse_id::text) AS horse_id, studbook.to_utf8(h.name) AS name,
               studbook.to_utf8(h.sex) AS sex, studbook.to_utf8(h.sex_code) AS sex_code, h.dob::text AS dob,
               studbook.to_utf8(h.colour) AS colour, studbook.to_utf8(h.colour_code) AS colour_code,
               studbook.to_utf8(h.region) AS region,
               h.updated_at::timestamptz AS updated_at
        FROM ra_horses h
        LEFT JOIN studbook.work_item i
          ON i.run_id = :run AND i.horse_id = h.horse_id COLLATE "C" AND i.row_fingerprint IS NOT NULL
        WHERE :run IS NULL OR i.horse_id IS NOT NULL
        ORDER BY h.horse_id
        """,
        run,
        sink);
  }

  /**
   * The pedigrees with the columns of Studbook; returns their number.
   *
   * @param run only those that it wrote, if given
   */
  public long pedigrees(Optional<Long> run, RowSink sink) {
    return stream(
        """
        SELECT studbook.to_utf8(p.horse_id::text) AS horse_id,
               studbook.to_utf8(p.sire_id) AS sire_id, studbook.to_utf8(p.sire) AS sire,
               studbook.to_utf8(p.dam_id) AS dam_id, studbook.to_utf8(p.dam) AS dam,
               studbook.to_utf8(p.damsire_id) AS damsire_id, studbook.to_utf8(p.damsire) AS damsire,
               studbook.to_utf8(p.breeder) AS breeder, studbook.to_utf8(p.region) AS region,
               p.created_at::timestamptz AS created_at, p.updated_at::timestamptz AS updated_at
        FROM ra_horse_pedigree p
        LEFT JOIN studbook.work_item i
          ON i.run_id = :run AND i.horse_id = p.horse_id COLLATE "C" AND i.has_pedigree
        WHERE :run IS NULL OR i.horse_id IS NOT NULL
        ORDER BY p.horse_id
        """,
        run,
        sink);
  }

  /** The driver fetches in portions only within a transaction. */
  private long stream(String sql, Optional<Long> run, RowSink sink) {
    return jdbi.inTransaction(handle ->
        handle
            .createQuery(sql)
            .bind("run", run.orElse(null))
            .setFetchSize(FETCHED)
            .scanResultSet((rows, _) -> pass(rows.get(), sink)));
  }

  private static long pass(ResultSet rows, RowSink sink) throws SQLException {
    ResultSetMetaData meta = rows.getMetaData();
    int columns = meta.getColumnCount();
    List<String> names = new ArrayList<>();
    List<Boolean> times = new ArrayList<>();
    for (int i = 1; i <= columns; i++) {
      names.add(meta.getColumnLabel(i));
      times.add(meta.getColumnTypeName(i).equals("timestamptz"));
    }
    sink.columns(names);
    long count = 0;
    while (rows.next()) {
      List<@Nullable Object> values = new ArrayList<>(columns);
      for (int i = 1; i <= columns; i++) {
        values.add(times.get(i - 1) ? moment(rows, i) : rows.getObject(i));
      }
      sink.row(values);
      count++;
    }
    return count;
  }

  /** A time, or PostgreSQL's word for infinity, which has no equivalent here. */
  private static @Nullable Object moment(ResultSet rows, int column) throws SQLException {
    OffsetDateTime moment = rows.getObject(column, OffsetDateTime.class);
    if (OffsetDateTime.MAX.equals(moment)) {
      return "infinity";
    }
    return OffsetDateTime.MIN.equals(moment) ? "-infinity" : moment;
  }
}
