package studbook.store.statistics;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;
import studbook.model.ErrorKind;
import studbook.model.HorseStatus;
import studbook.store.change.ChangeQueries;
import studbook.store.change.RecordedChange;
import studbook.store.outcome.ErrorLog;
import studbook.store.outcome.Outcome;

/**
 * All data of a horse: its rows, and its outcome or pending work item in each run.
 *
 * @param horse empty if ra_horses lacks it
 * @param outcomes one for each run, oldest first
 * @param errors oldest first
 * @param confirmedAt when the API last answered about it; empty if it never did
 * @param changes the newest of its changes, latest first
 */
public record HorseHistory(
    String id,
    Optional<HorseRow> horse,
    Optional<PedigreeRow> pedigree,
    List<RunOutcome> outcomes,
    List<ErrorLog.LoggedError> errors,
    Optional<Instant> confirmedAt,
    List<RecordedChange> changes) {

  private static final int MOST_CHANGES = 100;

  /** The horse's row. Its texts come from outside; an import may have brought anything. */
  public record HorseRow(
      @Nullable String name,
      @Nullable String dob,
      @Nullable String sex,
      @Nullable String sexCode,
      @Nullable String colour,
      @Nullable String colourCode,
      @Nullable String region,
      @Nullable Instant updatedAt) {}

  /** The pedigree's row. */
  public record PedigreeRow(
      @Nullable String sireId,
      @Nullable String sire,
      @Nullable String damId,
      @Nullable String dam,
      @Nullable String damsireId,
      @Nullable String damsire,
      @Nullable String breeder,
      @Nullable String region,
      @Nullable Instant updatedAt) {}

  /**
   * The work item of a run.
   *
   * @param source the endpoint of the outcome
   * @param failure of a failed horse
   * @param settledAt {@code null} while it is pending
   * @param written whether this outcome wrote the horse's row
   * @param unchanged whether the rows are as it left them; false if it wrote none
   */
  public record RunOutcome(
      long run,
      HorseStatus state,
      Optional<String> source,
      Optional<Outcome.OutcomeFailure> failure,
      int status,
      int requests,
      Duration took,
      @Nullable Instant settledAt,
      boolean written,
      boolean unchanged) {}

  /** Loads it; empty if neither the tables nor any run has the id. */
  public static Optional<HorseHistory> of(Jdbi jdbi, String id) {
    ChangeQueries changes = new ChangeQueries(jdbi);
    HorseHistory history =
        new HorseHistory(
            id,
            horse(jdbi, id),
            pedigree(jdbi, id),
            outcomes(jdbi, id),
            new ErrorLog(jdbi).of(id),
            changes.confirmedAt(id),
            changes.newest(ChangeQueries.ChangeFilter.ofHorse(id), MOST_CHANGES));
    boolean known =
        history.horse.isPresent()
            || history.pedigree.isPresent()
            || !history.outcomes.isEmpty()
            || !history.errors.isEmpty();
    return known ? Optional.of(history) : Optional.empty();
  }

  /** The outcome whose commit wrote the horse's row last. */
  public Optional<RunOutcome> origin() {
    return outcomes.stream().filter(RunOutcome::written).reduce((_, later) -> later);
  }

  private static Optional<HorseRow> horse(Jdbi jdbi, String id) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT studbook.to_utf8(name) AS name, studbook.to_utf8(sex) AS sex,
                       studbook.to_utf8(sex_code) AS sex_code, dob::text AS dob,
                       studbook.to_utf8(colour) AS colour, studbook.to_utf8(colour_code) AS colour_code,
                       studbook.to_utf8(region) AS region,
                       CASE WHEN isfinite(updated_at) THEN updated_at::timestamptz END AS updated_at
                FROM ra_horses WHERE horse_id = :id
                """)
            .bind("id", id)
            .map(ConstructorMapper.of(HorseRow.class))
            .findOne());
  }

  private static Optional<PedigreeRow> pedigree(Jdbi jdbi, String id) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT studbook.to_utf8(sire_id) AS sire_id, studbook.to_utf8(sire) AS sire,
                       studbook.to_utf8(dam_id) AS dam_id, studbook.to_utf8(dam) AS dam,
                       studbook.to_utf8(damsire_id) AS damsire_id, studbook.to_utf8(damsire) AS damsire,
                       studbook.to_utf8(breeder) AS breeder, studbook.to_utf8(region) AS region,
                       CASE WHEN isfinite(updated_at) THEN updated_at::timestamptz END AS updated_at
                FROM ra_horse_pedigree WHERE horse_id = :id
                """)
            .bind("id", id)
            .map(ConstructorMapper.of(PedigreeRow.class))
            .findOne());
  }

  /** By the key of the work items, run by run: no index leads from a horse to its runs. */
  private static List<RunOutcome> outcomes(Jdbi jdbi, String id) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT i.run_id, i.state, i.endpoint, i.error_kind, i.error_message, i.http_status, i.request_count,
                       i.duration_ms, i.completed_at, i.row_fingerprint IS NOT NULL AS is_written,
                       h.horse_id IS NOT NULL AND (
                         i.row_fingerprint IS NOT DISTINCT FROM studbook.fingerprint(
                           to_char(h.dob, 'YYYY-MM-DD'), h.sex, h.sex_code, h.colour, h.colour_code, h.region,
                           p.sire_id, p.sire, p.dam_id, p.dam, p.damsire_id, p.damsire, p.breeder, p.region)
                         OR EXISTS ( -- a racecard or a review changed it later
                           SELECT FROM studbook.change c WHERE c.horse_id = :id AND c.changed_at > i.completed_at)) AS unchanged
                FROM studbook.run r
                CROSS JOIN LATERAL (
                  SELECT * FROM studbook.work_item WHERE run_id = r.run_id AND horse_id = :id OFFSET 0) i
                LEFT JOIN ra_horses h ON h.horse_id = :id
                LEFT JOIN ra_horse_pedigree p ON p.horse_id = :id AND i.has_pedigree
                -- an ended run never requested its pending horses
                WHERE i.state <> 'pending' OR r.state NOT IN ('cancelled', 'superseded')
                ORDER BY i.run_id
                """)
            .bind("id", id)
            .map((row, context) -> entry(row))
            .list());
  }

  private static RunOutcome entry(ResultSet row) throws SQLException {
    String kind = row.getString("error_kind");
    String message = row.getString("error_message");
    return new RunOutcome(
        row.getLong("run_id"),
        HorseStatus.of(row.getString("state")),
        Optional.ofNullable(row.getString("endpoint")),
        kind == null
            ? Optional.empty()
            : Optional.of(
                new Outcome.OutcomeFailure(ErrorKind.of(kind), message == null ? "" : message)),
        row.getInt("http_status"),
        row.getInt("request_count"),
        Duration.ofMillis(row.getLong("duration_ms")),
        instant(row, "completed_at"),
        row.getBoolean("is_written"),
        row.getBoolean("unchanged"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
