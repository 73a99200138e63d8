package studbook.store.table;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/**
 * How long ago the longest unconfirmed horse of each group was confirmed. A horse that the API was
 * never asked about is in none.
 */
public final class ConfirmationAges {

  private ConfirmationAges() {}

  /** By the group: old, others, raced; without a group that has no confirmed horses. */
  public static Map<String, Duration> load(Jdbi jdbi) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT horse_group, extract(epoch FROM clock_timestamp() - min(confirmed_at))::double precision AS age
                FROM (SELECT %s AS horse_group, c.confirmed_at FROM %s WHERE c.confirmed_at > '-infinity') g
                GROUP BY horse_group ORDER BY horse_group
                """
                    .formatted(DueHorses.GROUP, DueHorses.TABLES))
            .reduceRows(
                new LinkedHashMap<String, Duration>(),
                (ages, row) -> {
                  ages.put(
                      row.getColumn("horse_group", String.class),
                      Duration.ofMillis((long) (row.getColumn("age", Double.class) * 1_000)));
                  return ages;
                }));
  }
}
