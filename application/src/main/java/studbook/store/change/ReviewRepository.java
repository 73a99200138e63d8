package studbook.store.change;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;
import studbook.store.database.ShortTransaction;

/**
 * Suspicious changes that wait for a person. Each decision is one transaction; repeating it changes
 * nothing. Safe for many threads.
 */
public final class ReviewRepository {

  private final Jdbi jdbi;

  public ReviewRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The waiting reviews, oldest first.
   *
   * @param field only this one, if given
   */
  public List<WaitingReview> waiting(Optional<String> field) {
    return waiting(field, 0, Integer.MAX_VALUE);
  }

  /** The waiting reviews of a horse, oldest first. */
  public List<WaitingReview> waitingFor(String horse) {
    return waiting(Optional.empty(), Optional.of(horse), 0, Integer.MAX_VALUE);
  }

  /** The waiting reviews, oldest first, without the first {@code skipped} of them. */
  public List<WaitingReview> waiting(Optional<String> field, int skipped, int most) {
    return waiting(field, Optional.empty(), skipped, most);
  }

  private List<WaitingReview> waiting(
      Optional<String> field, Optional<String> horse, int skipped, int most) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT r.review_id, r.horse_id, studbook.to_utf8(COALESCE(h.name::text, a.name)) AS name, r.field,
                       studbook.to_utf8(r.old_value) AS old_value, studbook.to_utf8(r.old_code) AS old_code,
                       studbook.to_utf8(r.new_value) AS new_value, studbook.to_utf8(r.new_code) AS new_code,
                       r.source, r.run_id, r.raised_at
                FROM studbook.review r LEFT JOIN ra_horses h ON h.horse_id = r.horse_id COLLATE "C"
                LEFT JOIN studbook.ancestor a ON a.horse_id = r.horse_id
                WHERE r.state = 'waiting' AND (:field::text IS NULL OR r.field = :field)
                  AND (:horse::text IS NULL OR r.horse_id = :horse)
                ORDER BY r.review_id OFFSET :skipped LIMIT :most
                """)
            .bindByType("field", field.orElse(null), String.class)
            .bindByType("horse", horse.orElse(null), String.class)
            .bind("skipped", skipped)
            .bind("most", most)
            .map((row, _) -> review(row))
            .list());
  }

  /** How many reviews wait. */
  public long count() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT count(*) FROM studbook.review WHERE state = 'waiting'")
            .mapTo(Long.class)
            .one());
  }

  /** How many reviews of each field wait; without fields that have none. */
  public Map<String, Long> countByField() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT field, count(*) AS n FROM studbook.review WHERE state = 'waiting' GROUP BY field
                """)
            .map((row, _) -> Map.entry(row.getString("field"), row.getLong("n")))
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, TreeMap::new)));
  }

  private static WaitingReview review(ResultSet row) throws SQLException {
    return new WaitingReview(
        row.getLong("review_id"),
        row.getString("horse_id"),
        Optional.ofNullable(row.getString("name")),
        row.getString("field"),
        pair(row, "old"),
        pair(row, "new"),
        row.getString("source"),
        Optional.ofNullable(row.getObject("run_id", Long.class)),
        row.getObject("raised_at", OffsetDateTime.class).toInstant());
  }

  private static WaitingReview.PairValue pair(ResultSet row, String which) throws SQLException {
    return new WaitingReview.PairValue(
        Optional.ofNullable(row.getString(which + "_value")),
        Optional.ofNullable(row.getString(which + "_code")));
  }

  /** Leaves the row as it is, also later, while the API repeats the same value. */
  public ReviewResult reject(long id) {
    return ShortTransaction.in(jdbi, handle -> end(handle, id, "rejected"));
  }

  /**
   * Writes the API's value to the user's row and records the change.
   *
   * @throws RuntimeException if the database rejects the value
   */
  public ReviewResult accept(long id) {
    return ShortTransaction.in(
        jdbi,
        handle -> {
          Optional<DecidedField> locked = lock(handle, id);
          if (locked.isEmpty()) {
            return end(handle, id, "accepted");
          }
          DecidedField decided = locked.get();
          Update update =
              handle
                  .createUpdate(statement(decided.field()))
                  .bind("id", id)
                  .bind("horse", decided.horse());
          if (update.execute() == 0 && acceptAncestor(handle, id) == 0) {
            end(handle, id, "withdrawn");
            return ReviewResult.ROW_CHANGED;
          }
          record(handle, id);
          return end(handle, id, "accepted");
        });
  }

  /** Accepts the name of an ancestor's parent. */
  private static int acceptAncestor(Handle handle, long id) {
    return handle.execute(
        """
        UPDATE studbook.ancestor a
        SET sire = CASE r.field WHEN 'sire' THEN r.new_value ELSE a.sire END,
            dam = CASE r.field WHEN 'dam' THEN r.new_value ELSE a.dam END
        FROM studbook.review r
        WHERE r.review_id = ? AND a.horse_id = r.horse_id AND r.field IN ('sire', 'dam')
          AND CASE r.field WHEN 'sire' THEN a.sire_id ELSE a.dam_id END IS NOT DISTINCT FROM r.new_code
          AND CASE r.field WHEN 'sire' THEN a.sire ELSE a.dam END IS NOT DISTINCT FROM r.old_value
        """,
        id);
  }

  private record DecidedField(String horse, String field) {}

  /** Locks the horse before its review, like a comparison. */
  private static Optional<DecidedField> lock(Handle handle, long id) {
    handle.execute(
        """
        SELECT FROM ra_horses
        WHERE horse_id = (SELECT horse_id COLLATE "C" FROM studbook.review WHERE review_id = ?) FOR NO KEY UPDATE
        """,
        id);
    return handle
        .createQuery(
            """
            SELECT horse_id, field FROM studbook.review WHERE review_id = :id AND state = 'waiting' FOR UPDATE
            """)
        .bind("id", id)
        .map((row, _) -> new DecidedField(row.getString("horse_id"), row.getString("field")))
        .findOne();
  }

  private static ReviewResult end(Handle handle, long id, String state) {
    boolean ended =
        handle
                .createUpdate(
                    """
                    UPDATE studbook.review SET state = :state, decided_at = clock_timestamp()
                    WHERE review_id = :id AND state IN ('waiting', :state)
                    """)
                .bind("state", state)
                .bind("id", id)
                .execute()
            == 1;
    return ended ? ReviewResult.DECIDED : ReviewResult.NOT_WAITING;
  }

  /** A change for each half that differs. */
  private static void record(Handle handle, long id) {
    handle.execute(
        """
        INSERT INTO studbook.change (horse_id, column_name, old_value, new_value, source)
        SELECT r.horse_id, c.column_name, c.old_value, c.new_value, 'review'
        FROM studbook.review r
        CROSS JOIN LATERAL (VALUES
          (r.field, r.old_value, r.new_value),
          (CASE WHEN r.field = 'sex' THEN 'sex_code' ELSE r.field || '_id' END, r.old_code, r.new_code)
        ) AS c(column_name, old_value, new_value)
        WHERE r.review_id = ? AND c.new_value IS DISTINCT FROM c.old_value AND c.new_value IS NOT NULL
        """,
        id);
  }

  /** Writes only a row that is as it was when the review was raised. */
  private static String statement(String field) {
    return switch (field) {
      case "name" ->
          """
          UPDATE ra_horses h SET name = r.new_value, updated_at = clock_timestamp()
          FROM studbook.review r
          WHERE h.horse_id = :horse AND r.review_id = :id AND h.name IS NOT DISTINCT FROM r.old_value COLLATE "C"
          """;
      case "dob" ->
          """
          UPDATE ra_horses h SET dob = r.new_value::date, updated_at = clock_timestamp()
          FROM studbook.review r
          WHERE h.horse_id = :horse AND r.review_id = :id AND h.dob IS NOT DISTINCT FROM r.old_value::date
          """;
      case "sex" ->
          """
          UPDATE ra_horses h SET sex = r.new_value, sex_code = r.new_code, updated_at = clock_timestamp()
          FROM studbook.review r
          WHERE h.horse_id = :horse AND r.review_id = :id
            AND (h.sex, h.sex_code) IS NOT DISTINCT FROM (r.old_value COLLATE "C", r.old_code COLLATE "C")
          """;
      case "sire" ->
          """
          UPDATE ra_horse_pedigree p SET sire = r.new_value, sire_id = r.new_code, updated_at = clock_timestamp()
          FROM studbook.review r
          WHERE p.horse_id = :horse AND r.review_id = :id
            AND (p.sire, p.sire_id) IS NOT DISTINCT FROM (r.old_value COLLATE "C", r.old_code COLLATE "C")
          """;
      case "dam" ->
          """
          UPDATE ra_horse_pedigree p SET dam = r.new_value, dam_id = r.new_code, updated_at = clock_timestamp()
          FROM studbook.review r
          WHERE p.horse_id = :horse AND r.review_id = :id
            AND (p.dam, p.dam_id) IS NOT DISTINCT FROM (r.old_value COLLATE "C", r.old_code COLLATE "C")
          """;
      case "damsire" ->
          """
          UPDATE ra_horse_pedigree p SET damsire = r.new_value, damsire_id = r.new_code, updated_at = clock_timestamp()
          FROM studbook.review r
          WHERE p.horse_id = :horse AND r.review_id = :id
            AND (p.damsire, p.damsire_id) IS NOT DISTINCT FROM (r.old_value COLLATE "C", r.old_code COLLATE "C")
          """;
      default -> throw new IllegalStateException("no field to review: " + field);
    };
  }
}
