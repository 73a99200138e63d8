package studbook.store.change;

import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import studbook.store.database.ColumnArrays;

/**
 * The statement that looks up which runners can be compared, since most runners of a past day are
 * missing from ra_horses or were confirmed later. Of the latter it only records that they raced.
 */
public final class RacecardDateStatement {

  private static final String SQL =
      """
      WITH given AS MATERIALIZED (
        SELECT g.horse_id COLLATE "C" AS horse_id, g.racecard_date::date AS racecard_date,
               (g.racecard_date::date + 1)::timestamp AT TIME ZONE 'Europe/London' AS seen_at
        FROM unnest(:horse_ids, :racecard_dates) g (horse_id, racecard_date)
      ), existing AS MATERIALIZED (
        SELECT h.horse_id::text COLLATE "C" AS horse_id FROM ra_horses h WHERE h.horse_id = ANY (:horse_ids)
      ), known AS MATERIALIZED ( -- all writers lock in this order
        SELECT c.horse_id, c.confirmed_at FROM studbook.confirmation c WHERE c.horse_id = ANY (:horse_ids)
        ORDER BY c.horse_id FOR NO KEY UPDATE
      ), dated AS (
        UPDATE studbook.confirmation c SET racecard_date = g.racecard_date
        FROM given g JOIN known k ON k.horse_id = g.horse_id
        WHERE c.horse_id = g.horse_id AND g.racecard_date > COALESCE(c.racecard_date, '-infinity')
          AND LEAST(g.seen_at, clock_timestamp()) <= k.confirmed_at
      )
      SELECT g.horse_id
      FROM given g JOIN existing e ON e.horse_id = g.horse_id LEFT JOIN known k ON k.horse_id = g.horse_id
      WHERE k.horse_id IS NULL OR LEAST(g.seen_at, clock_timestamp()) > k.confirmed_at
      """;

  private RacecardDateStatement() {}

  /** The horses of ra_horses that were confirmed before the racecard of their runner. */
  public static Set<String> execute(Handle handle, List<ConfirmedProfile> runners) {
    Query query = handle.createQuery(SQL);
    ColumnArrays<ConfirmedProfile> horses = new ColumnArrays<>(query, runners);
    horses.text("horse_ids", runner -> runner.horse().text());
    horses.text(
        "racecard_dates", runner -> runner.racecardDate().map(Object::toString).orElse(null));
    return query.mapTo(String.class).set();
  }
}
