package studbook.store.finding;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;
import studbook.pedigree.check.FindingSeverity;
import studbook.store.finding.StoredFinding.FindingState;

/** Reads the findings that are not closed. Safe for many threads. */
public final class FindingQueries {

  private final Jdbi jdbi;

  public FindingQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Which findings.
   *
   * @param rules in their order in the result
   */
  public record FindingFilter(
      List<String> rules, Set<FindingSeverity> severities, Set<FindingState> states) {}

  /**
   * Findings of a rule and severity.
   *
   * @param open that no person has accepted
   */
  public record FindingCount(String rule, FindingSeverity severity, long open, long accepted) {}

  /** When the pedigrees were last checked. */
  public Optional<Instant> lastCheck() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT checked_at FROM studbook.pedigree_check ORDER BY check_id DESC LIMIT 1")
            .mapTo(OffsetDateTime.class)
            .findOne()
            .map(OffsetDateTime::toInstant));
  }

  /** Those with the highest severity first. */
  public List<StoredFinding> list(FindingFilter filter, int most) {
    return jdbi.withHandle(handle ->
        bound(
                filter,
                handle.createQuery(
                    """
                    SELECT f.finding_id, f.rule, f.severity, f.state, f.horse_ids, studbook.to_utf8(f.detail) AS detail,
                           c.checked_at
                    FROM (
                      SELECT finding.*, CASE WHEN accepted_at IS NOT NULL THEN 'accepted'
                        WHEN opened_check = (SELECT max(check_id) FROM studbook.pedigree_check) THEN 'new' ELSE 'open' END AS state
                      FROM studbook.finding
                      WHERE closed_check IS NULL AND rule = ANY (:rules) AND severity = ANY (:severities)
                    ) f
                    JOIN studbook.pedigree_check c ON c.check_id = f.opened_check
                    WHERE f.state = ANY (:states)
                    ORDER BY array_position(ARRAY['error', 'warning', 'note'], f.severity),
                             array_position(:rules, f.rule), f.finding_id
                    LIMIT :most
                    """))
            .bind("most", most)
            .map((row, _) -> finding(row))
            .list());
  }

  /** Those that concern a horse, with the highest severity first. */
  public List<StoredFinding> of(String horse, int most) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT f.finding_id, f.rule, f.severity, f.horse_ids, studbook.to_utf8(f.detail) AS detail, c.checked_at,
                       CASE WHEN f.accepted_at IS NOT NULL THEN 'accepted'
                         WHEN f.opened_check = (SELECT max(check_id) FROM studbook.pedigree_check) THEN 'new' ELSE 'open' END AS state
                FROM studbook.finding f
                JOIN studbook.pedigree_check c ON c.check_id = f.opened_check
                WHERE f.closed_check IS NULL AND f.horse_ids @> ARRAY[:horse::text]
                ORDER BY array_position(ARRAY['error', 'warning', 'note'], f.severity), f.finding_id
                LIMIT :most
                """)
            .bind("horse", horse)
            .bind("most", most)
            .map((row, _) -> finding(row))
            .list());
  }

  private static <T extends SqlStatement<T>> T bound(FindingFilter filter, T statement) {
    return statement
        .bindArray("rules", String.class, filter.rules())
        .bindArray(
            "severities",
            String.class,
            filter.severities().stream().map(FindingSeverity::toString).toList())
        .bindArray(
            "states",
            String.class,
            filter.states().stream().map(state -> state.name().toLowerCase(Locale.ROOT)).toList());
  }

  private static StoredFinding finding(ResultSet row) throws SQLException {
    return new StoredFinding(
        row.getLong("finding_id"),
        row.getString("rule"),
        severity(row),
        FindingState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        texts(row.getArray("horse_ids")),
        row.getString("detail"),
        row.getObject("checked_at", OffsetDateTime.class).toInstant());
  }

  private static FindingSeverity severity(ResultSet row) throws SQLException {
    return FindingSeverity.valueOf(row.getString("severity").toUpperCase(Locale.ROOT));
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }

  /** All findings that are not closed, by rule and severity. */
  public List<FindingCount> counts(List<String> rules) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT rule, severity, count(*) FILTER (WHERE accepted_at IS NULL) AS open, count(accepted_at) AS accepted
                FROM studbook.finding
                WHERE closed_check IS NULL AND rule = ANY (:rules)
                GROUP BY rule, severity
                ORDER BY array_position(:rules, rule), array_position(ARRAY['error', 'warning', 'note'], severity)
                """)
            .bindArray("rules", String.class, rules)
            .map((row, _) ->
                new FindingCount(
                    row.getString("rule"),
                    severity(row),
                    row.getLong("open"),
                    row.getLong("accepted")))
            .list());
  }
}
