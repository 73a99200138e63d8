package studbook.store.change;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Reads recorded changes and confirmations. Safe for many threads. */
public final class ChangeQueries {

  private final Jdbi jdbi;

  public ChangeQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Which changes.
   *
   * @param horse only its own, if given
   * @param since only those from then on, if given
   * @param column only this one, if given; the column of either half selects a pair's both
   */
  public record ChangeFilter(
      Optional<String> horse, Optional<Instant> since, Optional<String> column) {

    public static ChangeFilter ofHorse(String horse) {
      return new ChangeFilter(Optional.of(horse), Optional.empty(), Optional.empty());
    }
  }

  /** The newest changes, latest first. */
  public List<RecordedChange> newest(ChangeFilter filter, int most) {
    return newest(filter, 0, most);
  }

  /** The newest changes, latest first, without the first {@code skipped} of them. */
  public List<RecordedChange> newest(ChangeFilter filter, int skipped, int most) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT horse_id, column_name, studbook.to_utf8(old_value) AS old_value,
                       studbook.to_utf8(new_value) AS new_value, source, run_id, changed_at
                FROM studbook.change
                WHERE (:horse::text IS NULL OR horse_id = :horse) AND (:since::timestamptz IS NULL OR changed_at >= :since)
                  AND (:column::text IS NULL OR column_name = :column)
                ORDER BY change_id DESC OFFSET :skipped LIMIT :most
                """)
            .bindByType("horse", filter.horse().orElse(null), String.class)
            .bindByType(
                "since",
                filter.since().map(time -> time.atOffset(ZoneOffset.UTC)).orElse(null),
                OffsetDateTime.class)
            .bindByType("column", filter.column().orElse(null), String.class)
            .bind("skipped", skipped)
            .bind("most", most)
            .map((row, _) -> change(row))
            .list());
  }

  private static RecordedChange change(ResultSet row) throws SQLException {
    return new RecordedChange(
        row.getString("horse_id"),
        row.getString("column_name"),
        Optional.ofNullable(row.getString("old_value")),
        row.getString("new_value"),
        row.getString("source"),
        Optional.ofNullable(row.getObject("run_id", Long.class)),
        row.getObject("changed_at", OffsetDateTime.class).toInstant());
  }

  /** When the API last answered about a horse; empty if it never did. */
  public Optional<Instant> confirmedAt(String horse) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT confirmed_at FROM studbook.confirmation
                WHERE horse_id = :horse AND confirmed_at > '-infinity'
                """)
            .bind("horse", horse)
            .map((row, _) -> row.getObject("confirmed_at", OffsetDateTime.class).toInstant())
            .findOne());
  }
}
