package studbook.store.statistics;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import studbook.model.drift.ApiDrift;
import studbook.model.drift.DriftKind;

/**
 * How the API's responses differ from what Studbook knows, over all runs. Safe for many threads.
 */
public final class DriftStatistics {

  /** More are not stored: an API that invents names must not fill the table. */
  public static final int MOST = 1_000;

  private final Jdbi jdbi;

  public DriftStatistics(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A difference, when it was first and last seen, and how often. */
  public record SeenDrift(Instant firstSeenAt, Instant lastSeenAt, ApiDrift drift) {}

  /** Adds counts; returns the differences that were never seen before. */
  public List<ApiDrift> add(List<ApiDrift> more) {
    return jdbi.inTransaction(handle -> add(handle, more));
  }

  /** The same in a transaction of the caller's; {@code more} is sorted, so that none deadlock. */
  static List<ApiDrift> add(Handle handle, List<ApiDrift> more) {
    List<ApiDrift> fresh = new ArrayList<>();
    for (ApiDrift drift : more) {
      boolean isNew =
          handle
              .createQuery(
                  """
                  INSERT INTO studbook.api_drift AS d (endpoint, path, kind, detail, occurrence_count, example)
                  SELECT :endpoint, :path, :kind, :detail, :occurrences, :example
                  WHERE (SELECT count(*) FROM studbook.api_drift) < :most OR EXISTS (
                    SELECT FROM studbook.api_drift
                    WHERE endpoint = :endpoint AND path = :path AND kind = :kind AND detail = :detail)
                  ON CONFLICT (endpoint, path, kind, detail) DO UPDATE
                  SET occurrence_count = d.occurrence_count + EXCLUDED.occurrence_count,
                      last_seen_at = clock_timestamp()
                  RETURNING occurrence_count = :occurrences
                  """)
              .bind("endpoint", drift.endpoint())
              .bind("path", drift.path())
              .bind("kind", drift.kind().text())
              .bind("detail", drift.detail())
              .bind("occurrences", drift.occurrences())
              .bind("example", drift.example())
              .bind("most", MOST)
              .mapTo(Boolean.class)
              .findOne()
              .orElse(false);
      if (isNew) {
        fresh.add(drift);
      }
    }
    return fresh;
  }

  /** All differences, by endpoint and path. */
  public List<SeenDrift> all() {
    return between(Instant.EPOCH, Instant.ofEpochSecond(100_000_000_000L));
  }

  /** The differences that were seen in a span, as far as the first and last times tell. */
  public List<SeenDrift> between(Instant from, Instant to) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT endpoint, path, kind, detail, first_seen_at, last_seen_at, occurrence_count, example
                FROM studbook.api_drift WHERE last_seen_at >= :from AND first_seen_at <= :to
                ORDER BY endpoint, path, kind, detail
                """)
            .bind("from", from)
            .bind("to", to)
            .map((row, context) ->
                new SeenDrift(
                    row.getObject("first_seen_at", OffsetDateTime.class).toInstant(),
                    row.getObject("last_seen_at", OffsetDateTime.class).toInstant(),
                    new ApiDrift(
                        row.getString("endpoint"),
                        row.getString("path"),
                        DriftKind.of(row.getString("kind")),
                        row.getString("detail"),
                        row.getLong("occurrence_count"),
                        row.getString("example"))))
            .list());
  }
}
