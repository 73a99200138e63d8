package studbook.bench.scale;

import org.jdbi.v3.core.Handle;
import studbook.bench.environment.BenchEnvironment;

/**
 * A run that enriched every horse, created inside the database: the tables, work items and chunks
 * as a backfill of this size leaves them.
 */
final class FinishedRun {

  private FinishedRun() {}

  /** Fills the empty tables. */
  static void make(BenchEnvironment workshop, int horses) {
    workshop.empty();
    workshop
        .jdbi()
        .useHandle(handle -> {
          fill(handle, horses);
          settle(handle, horses);
          // As the autovacuum does before long.
          handle.execute(
              "VACUUM (ANALYZE) ra_horses, ra_horse_pedigree, studbook.work_item, studbook.chunk");
          handle.execute("CHECKPOINT");
        });
  }

  private static void fill(Handle handle, int horses) {
    handle.execute(
        """
        INSERT INTO ra_horses (horse_id, name, sex, sex_code, dob, colour, colour_code, region)
        SELECT 'hrs_' || (400000 + i * 7::bigint), initcap(translate(to_hex(i * 2654435761), '0123456789', 'ghijklmnop'))
                 || ' Of ' || initcap(translate(to_hex(i % 9973), '0123456789', 'ghijklmnop'))
                 || (ARRAY[' (GB)', ' (IRE)', ' (FR)', ' (USA)'])[1 + i % 4],
               (ARRAY['gelding', 'mare'])[1 + i % 2], (ARRAY['G', 'M'])[1 + i % 2], DATE '1980-01-01' + (i % 15000)::integer,
               'bay', 'B', (ARRAY['gb', 'ire', 'fr', 'usa'])[1 + i % 4]
        FROM generate_series(1::bigint, ?) i
        """,
        horses);
    handle.execute(
        """
        INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire, dam_id, dam, damsire_id, damsire, breeder, region)
        SELECT 'hrs_' || (400000 + i * 7::bigint), 'sir_' || (1000 + i % 4001), 'Sire ' || i % 4001 || ' (GB)',
               'dam_' || (10000 + i % 200003), 'Dam ' || i % 200003 || ' (IRE)',
               'dsi_' || (300000 + i % 5003), 'Damsire ' || i % 5003 || ' (USA)', 'Stud ' || i % 8009,
               (ARRAY['gb', 'ire', 'fr', 'usa'])[1 + i % 4]
        FROM generate_series(1::bigint, ?) i WHERE i % 50 > 0
        """,
        horses);
  }

  private static void settle(Handle handle, int horses) {
    handle.execute(
        """
        INSERT INTO studbook.worker (worker_id, host, pid, pid_start, version, account_key, rate)
        VALUES ('00000000-0000-0000-0000-000000000001', 'bench', 1, 'bench', 'bench', 'bench', 5)
        """);
    handle.execute(
        """
        INSERT INTO studbook.run (state, owner_worker_id, version, horse_count, horses_before, enriched_before, pedigrees_before, ended_at)
        VALUES ('finished', '00000000-0000-0000-0000-000000000001', 'bench', ?, ?, 0, 0, clock_timestamp())
        """,
        horses,
        horses);
    handle.execute(
        """
        INSERT INTO studbook.work_item
          (run_id, horse_id, state, endpoint, http_status, request_count, duration_ms, has_pedigree, completed_at, row_fingerprint)
        SELECT r.run_id, h.horse_id, 'enriched', 'pro', 200, 1, 150, p.horse_id IS NOT NULL, clock_timestamp(),
               studbook.fingerprint(
                 to_char(h.dob, 'YYYY-MM-DD'), h.sex, h.sex_code, h.colour, h.colour_code, h.region,
                 p.sire_id, p.sire, p.dam_id, p.dam, p.damsire_id, p.damsire, p.breeder, p.region)
        FROM studbook.run r, ra_horses h LEFT JOIN ra_horse_pedigree p USING (horse_id)
        """);
    handle.execute(
        """
        INSERT INTO studbook.chunk
          (run_id, chunk_no, first_horse_id, last_horse_id, horse_count, open, enriched, pedigrees, request_count)
        SELECT run_id, no, min(horse_id), max(horse_id), count(*), false, count(*), count(*) FILTER (WHERE has_pedigree), count(*)
        FROM (SELECT *, (row_number() OVER (ORDER BY horse_id) - 1) / 250 AS no FROM studbook.work_item) numbered
        GROUP BY run_id, no
        """);
  }
}
