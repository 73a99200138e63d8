package studbook.store.archive;

/**
 * The statements of a table. A line is a row as JSON, in UTF-8 whatever the database's encoding is;
 * lines sort by their bytes, and begin with a time or a run.
 *
 * @param lines of the runs {@code :runs}, from {@code :from} to before {@code :to}, sorted
 * @param delete the same rows
 * @param vacuum makes their space available for new rows
 */
record ArchiveStatements(String lines, String delete, String vacuum) {

  private static final String LINES =
      """
      SELECT convert_to(studbook.to_utf8(row_to_json(r)::text), 'UTF8') AS line FROM (
      %s) r
      ORDER BY line
      """;

  private static final ArchiveStatements ERRORS =
      new ArchiveStatements(
          LINES.formatted(
              """
              SELECT to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS occurred_at, error_id,
                     entry_id, run_id, horse_id, kind, endpoint, http_status, attempt, duration_ms, message
              FROM studbook.error WHERE run_id = ANY (:runs) AND occurred_at >= :from AND occurred_at < :to
              """),
          """
          DELETE FROM studbook.error WHERE run_id = ANY (:runs) AND occurred_at >= :from AND occurred_at < :to
          """,
          "VACUUM (ANALYZE, SKIP_LOCKED) studbook.error");

  private static final ArchiveStatements SAMPLES =
      new ArchiveStatements(
          LINES.formatted(
              """
              SELECT to_char(sampled_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS sampled_at, sample_id,
                     run_id, worker_id, interval_ms, horses_completed, horses_failed, horses_per_second, remaining_seconds,
                     bottleneck, requests_sent, requests_throttled, max_requests_per_second
              FROM studbook.run_sample WHERE run_id = ANY (:runs) AND sampled_at >= :from AND sampled_at < :to
              """),
          """
          DELETE FROM studbook.run_sample WHERE run_id = ANY (:runs) AND sampled_at >= :from AND sampled_at < :to
          """,
          "VACUUM (ANALYZE, SKIP_LOCKED) studbook.run_sample");

  private static final ArchiveStatements EVENTS =
      new ArchiveStatements(
          LINES.formatted(
              """
              SELECT to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS occurred_at, run_id,
                     event, detail, worker_id, cause
              FROM studbook.run_event WHERE run_id = ANY (:runs) AND occurred_at >= :from AND occurred_at < :to
              """),
          """
          DELETE FROM studbook.run_event WHERE run_id = ANY (:runs) AND occurred_at >= :from AND occurred_at < :to
          """,
          "VACUUM (ANALYZE, SKIP_LOCKED) studbook.run_event");

  private static final ArchiveStatements WORK_ITEMS =
      new ArchiveStatements(
          LINES.formatted(
              """
              SELECT run_id, horse_id, state, endpoint, error_kind, http_status, request_count, duration_ms, has_pedigree,
                     error_message,
                     to_char(completed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS completed_at,
                     row_fingerprint
              FROM studbook.work_item WHERE run_id = ANY (:runs)
              """),
          """
          WITH archived AS (UPDATE studbook.run SET ledger_archived = true WHERE run_id = ANY (:runs))
          DELETE FROM studbook.work_item WHERE run_id = ANY (:runs)
          """,
          "VACUUM (ANALYZE, SKIP_LOCKED) studbook.work_item");

  /** The first chunk of each kind gets the sums. */
  private static final ArchiveStatements CHUNKS =
      new ArchiveStatements(
          LINES.formatted(
              """
              SELECT run_id, chunk_no, kind, racecard_date, first_horse_id, last_horse_id, horse_count, enriched, no_dob,
                     basic, not_found, failed, already_filled, missing, pedigrees, request_count, open, retry_on_resume,
                     fencing_token, owner_worker_id
              FROM studbook.chunk WHERE run_id = ANY (:runs)
              """),
          """
          WITH total AS (
            SELECT run_id, kind, min(chunk_no) AS chunk_no, max(racecard_date) AS racecard_date,
                   min(first_horse_id) AS first_horse_id, max(last_horse_id) AS last_horse_id,
                   sum(horse_count) AS horse_count, sum(enriched) AS enriched, sum(no_dob) AS no_dob, sum(basic) AS basic,
                   sum(not_found) AS not_found, sum(failed) AS failed, sum(already_filled) AS already_filled,
                   sum(missing) AS missing, sum(pedigrees) AS pedigrees, sum(request_count) AS request_count,
                   sum(merged_chunks) AS merged_chunks
            FROM studbook.chunk WHERE run_id = ANY (:runs) GROUP BY run_id, kind),
          kept AS (
            UPDATE studbook.chunk c
            SET open = false, racecard_date = t.racecard_date, first_horse_id = t.first_horse_id,
                last_horse_id = t.last_horse_id, horse_count = t.horse_count, enriched = t.enriched, no_dob = t.no_dob,
                basic = t.basic, not_found = t.not_found, failed = t.failed, already_filled = t.already_filled,
                missing = t.missing, pedigrees = t.pedigrees, request_count = t.request_count,
                merged_chunks = t.merged_chunks
            FROM total t WHERE c.run_id = t.run_id AND c.chunk_no = t.chunk_no)
          DELETE FROM studbook.chunk c USING total t
          WHERE c.run_id = t.run_id AND c.kind = t.kind AND c.chunk_no <> t.chunk_no
          """,
          "VACUUM (ANALYZE, SKIP_LOCKED) studbook.chunk");

  static ArchiveStatements of(ArchivedTable table) {
    return switch (table) {
      case ERRORS -> ERRORS;
      case SAMPLES -> SAMPLES;
      case EVENTS -> EVENTS;
      case WORK_ITEMS -> WORK_ITEMS;
      case CHUNKS -> CHUNKS;
    };
  }
}
