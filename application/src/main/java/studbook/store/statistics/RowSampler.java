package studbook.store.statistics;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import studbook.model.HorseStatus;

/**
 * Rows that some runs wrote, addressed by their rank among all of these: the counts of the chunks
 * give the chunk of a rank, so ten of ten million cost as little as ten of ten. Valid as long as
 * its {@link ConsistentSnapshot}.
 *
 * <p>A racecard day does not record which horses it wrote, so its ranks are mapped to horses that
 * any day wrote, from ranges of the whole run.
 */
public final class RowSampler {

  private final Handle handle;
  private final List<Long> runs;

  RowSampler(Handle handle, List<Long> runs) {
    this.handle = handle;
    this.runs = runs;
  }

  /**
   * A row now, beside the record of the newest run that wrote it.
   *
   * @param run that wrote it last
   * @param status its outcome there
   * @param equal whether the rows still have the recorded fingerprint
   * @param exists whether the horse exists
   * @param pedigreeGone whether the run wrote a pedigree that no longer exists
   * @param touched when the horse's row was updated since, according to its own column
   */
  public record WrittenRow(
      String horse,
      long run,
      HorseStatus status,
      boolean equal,
      boolean exists,
      boolean pedigreeGone,
      Optional<Instant> touched,
      @Nested RowValues values) {}

  /** A horse's current values in the tables; every text is from outside. */
  public record RowValues(
      Optional<String> name,
      Optional<LocalDate> dob,
      Optional<String> sex,
      Optional<String> colour,
      Optional<String> region,
      Optional<String> sire,
      Optional<String> dam,
      Optional<String> damsire,
      Optional<String> breeder) {}

  /** The number of rows that the runs wrote. */
  public long size() {
    return handle
        .createQuery(
            """
            SELECT COALESCE(sum(enriched + no_dob + basic), 0) FROM studbook.chunk
            WHERE run_id = ANY (:runs)
            """)
        .bindArray("runs", Long.class, runs)
        .mapTo(Long.class)
        .one();
  }

  /**
   * The rows of these ranks, in order. Rows of a run without fingerprints are left out.
   *
   * @param ranks from 0 to below {@link #size()}
   */
  public List<WrittenRow> rows(List<Long> ranks) {
    return handle
        .createQuery(
            """
            WITH weighed AS (
              SELECT run_id, kind, first_horse_id, last_horse_id, enriched + no_dob + basic AS weight,
                     sum(enriched + no_dob + basic) OVER (ORDER BY run_id, chunk_no) AS below
              FROM studbook.chunk WHERE run_id = ANY (:runs)
            ), ranked AS (
              SELECT r.place, r.rank, w.run_id, w.kind, w.first_horse_id, w.last_horse_id,
                     r.rank - (w.below - w.weight) AS within
              FROM unnest(:ranks) WITH ORDINALITY AS r (rank, place)
              JOIN weighed w ON r.rank < w.below AND r.rank >= w.below - w.weight
            ), ranges AS (
              SELECT run_id, first_horse_id, row_number() OVER of_run - 1 AS nth,
                     count(*) OVER (PARTITION BY run_id) AS many
              FROM studbook.chunk WHERE run_id = ANY (:runs) AND kind = 'horses'
              WINDOW of_run AS (PARTITION BY run_id ORDER BY chunk_no)
            ), drawn AS (
              SELECT r.place, r.run_id, one.horse_id
              FROM ranked r
              CROSS JOIN LATERAL (
                SELECT i.horse_id FROM studbook.work_item i
                WHERE i.run_id = r.run_id AND i.horse_id BETWEEN r.first_horse_id AND r.last_horse_id
                  AND i.row_fingerprint IS NOT NULL AND i.endpoint NOT IN ('racecards', 'cached')
                -- at least 0: a query plan may evaluate this before it compares the rank
                ORDER BY i.horse_id OFFSET GREATEST(0, r.within) LIMIT 1) one
              WHERE r.kind = 'horses'
              UNION ALL ( -- horses of racecards are in any range: take one of the next that a racecard wrote there
              SELECT DISTINCT ON (r.run_id, one.horse_id) r.place, r.run_id, one.horse_id
              FROM ranked r
              JOIN ranges g ON g.run_id = r.run_id AND g.nth = r.rank % g.many
              CROSS JOIN LATERAL (
                SELECT i.horse_id FROM studbook.work_item i
                WHERE i.run_id = r.run_id AND i.horse_id >= g.first_horse_id AND i.row_fingerprint IS NOT NULL
                  AND i.endpoint IN ('racecards', 'cached')
                ORDER BY i.horse_id OFFSET (r.rank / g.many) % 20 LIMIT 1) one
              WHERE r.kind <> 'horses'
              ORDER BY r.run_id, one.horse_id, r.place)
            )
            SELECT i.horse_id AS horse, i.run_id AS run, i.state AS status, h.horse_id IS NOT NULL AS exists,
                   i.has_pedigree AND p.horse_id IS NULL AS pedigree_gone,
                   i.row_fingerprint = studbook.fingerprint(
                     to_char(h.dob, 'YYYY-MM-DD'), h.sex, h.sex_code, h.colour, h.colour_code, h.region,
                     p.sire_id, p.sire, p.dam_id, p.dam, p.damsire_id, p.damsire, p.breeder, p.region)
                   OR EXISTS ( -- a racecard or a review changed it later
                     SELECT FROM studbook.change c WHERE c.horse_id = i.horse_id AND c.changed_at > i.completed_at) AS equal,
                   CASE WHEN h.updated_at > i.completed_at AND isfinite(h.updated_at)
                        THEN h.updated_at::timestamptz END AS touched,
                   studbook.to_utf8(h.name) AS name, CASE WHEN isfinite(h.dob) THEN h.dob END AS dob,
                   studbook.to_utf8(h.sex) AS sex, studbook.to_utf8(h.colour) AS colour,
                   studbook.to_utf8(h.region) AS region, studbook.to_utf8(p.sire) AS sire,
                   studbook.to_utf8(p.dam) AS dam, studbook.to_utf8(p.damsire) AS damsire,
                   studbook.to_utf8(p.breeder) AS breeder
            FROM drawn d
            CROSS JOIN LATERAL ( -- a later run may have written it again
              SELECT i.*
              FROM studbook.run r JOIN studbook.work_item i ON i.run_id = r.run_id AND i.horse_id = d.horse_id
              WHERE r.run_id >= d.run_id AND i.row_fingerprint IS NOT NULL
              ORDER BY r.run_id DESC LIMIT 1) i
            LEFT JOIN ra_horses h ON h.horse_id = i.horse_id COLLATE "C"
            LEFT JOIN ra_horse_pedigree p ON p.horse_id = i.horse_id COLLATE "C" AND i.has_pedigree
            ORDER BY d.place
            """)
        .bindArray("runs", Long.class, runs)
        .bindArray("ranks", Long.class, ranks)
        .map(ConstructorMapper.of(WrittenRow.class))
        .list();
  }
}
