package studbook.store.outcome;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import studbook.crashtest.CrashPoint;
import studbook.model.ErrorKind;
import studbook.model.HorseId;
import studbook.model.HorseStatus;
import studbook.store.error.ErrorClassifier;
import studbook.store.table.IncompleteHorses;

/**
 * Writes outcomes: horse, pedigree, work item and counts in one statement and one commit. Writing
 * the same outcomes again changes nothing. The counts are those of the chunk whose lease the
 * outcome has, whichever range the horse is in. Safe for many threads.
 */
public final class OutcomeRepository {

  /** For so few rows nested loops cost less than the round trip that forbids them. */
  private static final int FEW = 20;

  private final Jdbi jdbi;
  private final BatchSplitter splitter;

  public OutcomeRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.splitter = new BatchSplitter(jdbi, this::commit);
  }

  /**
   * Commits a batch with its errors. A row that the user's schema rejects does not prevent the
   * others: the batch is halved until it is alone, and its horse is recorded as rejected. A
   * possibly transient error is thrown first, and halves the batch if the same batch fails with it
   * again.
   *
   * @param batch at most some hundred outcomes of one run, each horse once
   * @return one result for each outcome, in no particular order
   * @throws RuntimeException if {@link ErrorClassifier#passes} holds: write the same batch again
   *     later
   */
  public List<WriteResult> write(List<Outcome> batch, List<ErrorEntry> errors) {
    return splitter.write(batch, errors);
  }

  private List<WriteResult> commit(List<Outcome> batch, List<ErrorEntry> errors) {
    List<WriteResult> committed =
        jdbi.inTransaction(handle -> {
          ErrorLog.append(handle, errors);
          List<WriteResult> settled = batch.isEmpty() ? List.of() : settle(handle, batch);
          ErrorLog.append(handle, refusals(settled));
          CrashPoint.BEFORE_COMMIT.reached();
          return settled;
        });
    CrashPoint.AFTER_COMMIT.reached();
    return committed;
  }

  /**
   * Horses for which the API has returned a detailed profile in any run, those of the newest chunks
   * first. Reads no more work items than those chunks have.
   */
  public List<HorseId> answered(int most) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT i.horse_id
                FROM (SELECT run_id, first_horse_id, last_horse_id FROM studbook.chunk
                      WHERE kind = 'horses' AND enriched + no_dob > 0
                      ORDER BY run_id DESC, chunk_no DESC OFFSET 0) c
                CROSS JOIN LATERAL (
                  SELECT horse_id FROM studbook.work_item
                  WHERE run_id = c.run_id AND horse_id BETWEEN c.first_horse_id AND c.last_horse_id
                    AND endpoint = 'pro' AND http_status = 200 AND state IN ('enriched', 'no_dob')
                  ORDER BY completed_at DESC LIMIT :most) i
                LIMIT :most
                """)
            .bind("most", most)
            .map((row, context) -> new HorseId(row.getString("horse_id")))
            .list());
  }

  /**
   * Whether the API is known to have the horse: its racecard is cached, or any run completed it
   * with a detailed profile. Reads one row per run.
   */
  public boolean isKnown(HorseId horse) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT EXISTS (SELECT FROM studbook.cached_profile WHERE horse_id = :horse)
                  OR EXISTS (
                    SELECT FROM studbook.run r
                    CROSS JOIN LATERAL (
                      SELECT FROM studbook.work_item
                      WHERE run_id = r.run_id AND horse_id = :horse
                        AND http_status = 200 AND state IN ('enriched', 'no_dob')
                      OFFSET 0) i)
                """)
            .bind("horse", horse.text())
            .mapTo(Boolean.class)
            .one());
  }

  /** Error entries for rows that the user's schema rejected, without a request. */
  public static List<ErrorEntry> refusals(List<WriteResult> settled) {
    return settled.stream()
        .filter(one ->
            one instanceof WriteResult.RowWritten written && written.state() == HorseStatus.FAILED)
        .map(WriteResult::outcome)
        .filter(Outcome::isRefused)
        .map(outcome ->
            new ErrorEntry(
                outcome.lease().run(),
                Optional.of(outcome.horse()),
                ErrorKind.DATABASE_REJECTED,
                Optional.empty(),
                0,
                outcome.trace().requests(),
                Duration.ZERO,
                outcome.failure().map(Outcome.OutcomeFailure::message).orElse("")))
        .toList();
  }

  /**
   * A horse that was seen but could not be locked is rejected. Only the next statement's snapshot
   * shows that it was deleted meanwhile; then it is missing.
   */
  public static List<WriteResult> settle(Handle handle, List<Outcome> batch) {
    List<WriteResult> settled = new ArrayList<>(batch.size());
    List<Outcome> unlockable = settle(handle, batch, settled);
    List<Outcome> left =
        settle(handle, unlockable.stream().map(OutcomeRepository::cannotLock).toList(), settled);
    if (!left.isEmpty()) {
      throw new IllegalStateException("no outcome could be written for " + left.getFirst());
    }
    return settled;
  }

  /** Returns the outcomes whose horses exist but cannot be locked. */
  private static List<Outcome> settle(
      Handle handle, List<Outcome> batch, List<WriteResult> settled) {
    if (batch.isEmpty()) {
      return List.of();
    }
    Map<String, Outcome> byHorse = new HashMap<>();
    batch.forEach(outcome -> byHorse.put(outcome.horse().text(), outcome));
    List<Outcome> unlockable = new ArrayList<>();
    if (batch.size() > FEW) {
      // The planner estimates each step at one row and would use nested loops; and to find some
      // hundred rows it would read a table of some ten thousand completely.
      handle.execute(
          """
          SELECT set_config('enable_nestloop', 'off', true), set_config('enable_seqscan', 'off', true)
          """);
    }
    OutcomeColumns.bind(handle.createQuery(WRITE), batch)
        .map((row, context) ->
            new OutcomeRow(
                row.getString("horse_id"),
                row.getBoolean("held"),
                row.getBoolean("pending"),
                row.getBoolean("hidden"),
                row.getString("state"),
                row.getBoolean("has_pedigree")))
        .forEach(row -> {
          Outcome outcome = byHorse.get(row.horse());
          if (outcome == null) {
            throw new IllegalStateException(
                "an outcome of a horse that was not requested: " + row.horse());
          }
          if (!row.held()) {
            settled.add(new WriteResult.LeaseLost(outcome));
          } else if (outcome.settlesNothing() || (row.pending() && !row.hidden())) {
            settled.add(new WriteResult.StillPending(outcome));
          } else if (row.pending()) {
            unlockable.add(outcome);
          } else if (row.state() == null) {
            settled.add(new WriteResult.AlreadyWritten(outcome));
          } else {
            settled.add(
                new WriteResult.RowWritten(
                    outcome, HorseStatus.of(row.state()), row.withPedigree()));
          }
        });
    return unlockable;
  }

  private static Outcome cannotLock(Outcome outcome) {
    return outcome.refused("a policy or trigger hides the horse's row from updates");
  }

  private record OutcomeRow(
      String horse,
      boolean held,
      boolean pending,
      boolean hidden,
      @Nullable String state,
      boolean withPedigree) {}

  private static final String WRITE =
      """
      WITH leases AS MATERIALIZED (
        SELECT chunk_no, fencing_token
        FROM unnest(:chunk_numbers, :fencing_tokens) AS held(chunk_no, fencing_token)
          CROSS JOIN set_config('idle_in_transaction_session_timeout', '15s', true) -- as in ShortTransaction, without a round trip
        ORDER BY chunk_no
      ), mode AS MATERIALIZED (
        SELECT includes_incomplete FROM studbook.run WHERE run_id = :run
      ), fence AS MATERIALIZED ( -- stops a worker that lost its lease; the locked chunk cannot be claimed before this commit
        SELECT c.chunk_no
        FROM leases CROSS JOIN LATERAL ( -- by the whole key, independent of statistics about a new run
          SELECT chunk_no FROM studbook.chunk
          WHERE run_id = :run AND chunk_no = leases.chunk_no AND fencing_token = leases.fencing_token FOR NO KEY UPDATE) c
      ), given AS MATERIALIZED (
        SELECT g.*, fence.chunk_no IS NOT NULL AS held
        FROM unnest(:horse_ids, :chunk_nos, :states, :endpoints, :error_kinds, :error_messages, :http_statuses, :request_counts,
                    :durations_ms, :dobs::date[], :sexes, :sex_codes, :colours, :colour_codes, :regions, :breeders,
                    :sire_ids, :sire_names, :dam_ids, :dam_names, :damsire_ids, :damsire_names)
          AS g(horse_id, chunk_no, state, endpoint, error_kind, error_message, http_status, request_count, duration_ms,
               dob, sex, sex_code, colour, colour_code, region, breeder,
               sire_id, sire, dam_id, dam, damsire_id, damsire)
        LEFT JOIN fence USING (chunk_no)
      ), mine AS MATERIALIZED ( -- pending items only; all writers lock in this order
        SELECT g.horse_id, -- the array's, not the work item's: comparable with any collation of the user's column
               i.ctid AS place
        FROM (SELECT horse_id FROM given WHERE held ORDER BY horse_id COLLATE "C") g
        CROSS JOIN LATERAL (
          SELECT ctid FROM studbook.work_item
          WHERE run_id = :run AND horse_id = g.horse_id AND state = 'pending' FOR NO KEY UPDATE) i
      ), visible AS MATERIALIZED ( -- a plain read: policies may hide from the lock what they show here
        SELECT h.horse_id::text COLLATE "C" AS horse_id FROM ra_horses h WHERE h.horse_id = ANY (:horse_ids)
      ), standing AS MATERIALIZED ( -- the current horses; from here on an id is text, whatever the user's column is
        SELECT h.horse_id::text COLLATE "C" AS horse_id, h.dob, h.sex, h.sex_code, h.colour, h.colour_code, h.region,
               h.dob IS NOT NULL AND NOT (SELECT includes_incomplete FROM mode) AS filled -- by another program: do not touch it
        FROM ra_horses h
        WHERE h.horse_id = ANY (:horse_ids) AND h.horse_id::text COLLATE "C" IN (SELECT horse_id FROM mine)
        ORDER BY h.horse_id FOR NO KEY UPDATE
      ), standing_pedigree AS MATERIALIZED ( -- for runs that fill blanks
        SELECT e.horse_id::text COLLATE "C" AS horse_id FROM ra_horse_pedigree e
        WHERE (SELECT includes_incomplete FROM mode) AND e.horse_id = ANY (:horse_ids)
      ), wanted AS MATERIALIZED (
        SELECT g.*, mode.includes_incomplete AS blanks_only,
               COALESCE(g.sire_id, g.sire, g.dam_id, g.dam, g.damsire_id, g.damsire) IS NOT NULL AS has_parent
        FROM given g JOIN standing s ON s.horse_id = g.horse_id CROSS JOIN mode
        WHERE NOT s.filled AND g.state IN ('enriched', 'no_dob', 'basic', 'pending')
      ), merged AS MATERIALIZED ( -- never erase
        SELECT s.horse_id, COALESCE(s.dob, w.dob) AS dob,
               %s
        FROM wanted w JOIN standing s ON s.horse_id = w.horse_id
      ), horse AS (
        UPDATE ra_horses h
        SET dob = m.dob, sex = m.sex, sex_code = m.sex_code, colour = m.colour, colour_code = m.colour_code,
            region = m.region, updated_at = clock_timestamp()
        FROM merged m
        WHERE h.horse_id::text COLLATE "C" = m.horse_id AND h.horse_id = ANY (:horse_ids)
          AND (m.dob, m.sex, m.sex_code, m.colour, m.colour_code, m.region)
              IS DISTINCT FROM (h.dob, h.sex, h.sex_code, h.colour, h.colour_code, h.region)
        RETURNING h.horse_id::text COLLATE "C" AS horse_id, h.dob, h.sex, h.sex_code, h.colour, h.colour_code, h.region
      ), written_horse AS ( -- the written rows, as changed by the user's triggers
        SELECT * FROM horse
        UNION ALL
        SELECT * FROM merged m WHERE m.horse_id NOT IN (SELECT horse_id FROM horse)
      ), pedigree AS (
        INSERT INTO ra_horse_pedigree AS p
          (horse_id, sire_id, sire, dam_id, dam, damsire_id, damsire, breeder, region, created_at, updated_at)
        SELECT w.horse_id, w.sire_id, w.sire, w.dam_id, w.dam, w.damsire_id, w.damsire, w.breeder, NULLIF(m.region, ''),
               clock_timestamp(), clock_timestamp()
        FROM wanted w JOIN merged m ON m.horse_id = w.horse_id
        WHERE w.has_parent
           OR w.breeder IS NOT NULL AND w.horse_id IN (SELECT horse_id FROM standing_pedigree) -- a breeder alone makes no row
        ORDER BY w.horse_id
        ON CONFLICT (horse_id) DO UPDATE SET
          %s,
          updated_at = EXCLUDED.updated_at
        RETURNING p.horse_id::text COLLATE "C" AS horse_id, p.sire_id, p.sire, p.dam_id, p.dam, p.damsire_id, p.damsire, p.breeder, p.region
      ), fingerprints AS (
        SELECT w.horse_id, studbook.fingerprint(
                 to_char(w.dob, 'YYYY-MM-DD'), w.sex, w.sex_code, w.colour, w.colour_code, w.region,
                 p.sire_id, p.sire, p.dam_id, p.dam, p.damsire_id, p.damsire, p.breeder, p.region) AS fingerprint,
               (%s) IS TRUE AS complete
        FROM written_horse w JOIN wanted g ON g.horse_id = w.horse_id
          LEFT JOIN pedigree p ON p.horse_id = w.horse_id AND g.has_parent
      ), settled AS ( -- one outcome a horse
        UPDATE studbook.work_item i
        SET state = CASE WHEN v.horse_id IS NULL THEN 'missing' WHEN s.filled THEN 'already_filled'
                         WHEN g.state = 'no_dob' AND s.dob IS NOT NULL THEN 'enriched' ELSE g.state END,
            endpoint = g.endpoint, error_kind = CASE WHEN v.horse_id IS NOT NULL AND s.filled IS NOT TRUE THEN g.error_kind END,
            error_message = CASE WHEN v.horse_id IS NOT NULL AND s.filled IS NOT TRUE THEN g.error_message END,
            http_status = g.http_status, request_count = g.request_count, duration_ms = g.duration_ms,
            has_pedigree = COALESCE(g.sire_id, g.sire, g.dam_id, g.dam, g.damsire_id, g.damsire) IS NOT NULL
              AND v.horse_id IS NOT NULL AND s.filled IS NOT TRUE,
            row_fingerprint = f.fingerprint,
            completed_at = clock_timestamp()
        FROM given g
        JOIN mine m ON m.horse_id = g.horse_id
        LEFT JOIN visible v ON v.horse_id = g.horse_id
        LEFT JOIN standing s ON s.horse_id = g.horse_id
        LEFT JOIN fingerprints f ON f.horse_id = g.horse_id
        -- A pending row changes once, so its ctid is still the one that was locked.
        WHERE i.ctid = ANY (ARRAY(SELECT place FROM mine)) AND i.horse_id = g.horse_id AND g.state <> 'pending'
          AND (s.horse_id IS NOT NULL OR v.horse_id IS NULL OR g.state = 'failed')
          -- The horse's own profile may have what a racecard lacks.
          AND (g.state <> 'enriched' OR g.endpoint = 'pro' OR f.complete IS NOT FALSE
            OR NOT (SELECT includes_incomplete FROM mode))
        RETURNING i.horse_id, i.state, i.has_pedigree, i.request_count, g.chunk_no
      ), tally AS ( -- counts change in the same commit
        UPDATE studbook.chunk c
        SET enriched = c.enriched + done.enriched, no_dob = c.no_dob + done.no_dob, basic = c.basic + done.basic,
            not_found = c.not_found + done.not_found, failed = c.failed + done.failed,
            already_filled = c.already_filled + done.already_filled, missing = c.missing + done.missing,
            pedigrees = c.pedigrees + done.pedigrees, request_count = c.request_count + done.request_count
        FROM (SELECT chunk_no, sum(request_count) AS request_count,
                     count(*) FILTER (WHERE state = 'enriched') AS enriched,
                     count(*) FILTER (WHERE state = 'no_dob') AS no_dob,
                     count(*) FILTER (WHERE state = 'basic') AS basic,
                     count(*) FILTER (WHERE state = 'not_found') AS not_found,
                     count(*) FILTER (WHERE state = 'failed') AS failed,
                     count(*) FILTER (WHERE state = 'already_filled') AS already_filled,
                     count(*) FILTER (WHERE state = 'missing') AS missing,
                     count(*) FILTER (WHERE has_pedigree) AS pedigrees
              FROM settled GROUP BY chunk_no) done
        WHERE c.run_id = :run AND c.chunk_no = done.chunk_no
          AND c.chunk_no BETWEEN (SELECT min(chunk_no) FROM leases) AND (SELECT max(chunk_no) FROM leases)
      )
      SELECT g.horse_id, g.held, settled.state, settled.has_pedigree,
             g.held AND settled.horse_id IS NULL AND mine.horse_id IS NOT NULL AS pending,
             standing.horse_id IS NULL AS hidden
      FROM given g LEFT JOIN settled USING (horse_id) LEFT JOIN mine USING (horse_id) LEFT JOIN standing USING (horse_id)
      """
          .formatted(
              MergedColumns.OF_HORSE,
              MergedColumns.OF_PEDIGREE,
              IncompleteHorses.isComplete("w", "p"));
}
