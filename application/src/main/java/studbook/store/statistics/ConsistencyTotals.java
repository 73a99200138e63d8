package studbook.store.statistics;

import java.util.List;
import org.jdbi.v3.core.Handle;
import studbook.model.HorseStatus;
import studbook.store.run.RunCounts;
import studbook.store.run.RunQueries;

/**
 * The counts of a run in three places. They are written in one commit and must agree.
 *
 * @param chunks the counts of the chunks, from which progress is read
 * @param workItems the work items, counted
 * @param enrichedInTables enriched work items with a date of birth in ra_horses, or in
 *     studbook.ancestor if the run requested ancestors
 * @param pedigreesInTables work items with a pedigree that have one in ra_horse_pedigree, or in
 *     studbook.ancestor
 */
public record ConsistencyTotals(
    long run,
    RunCounts chunks,
    RunCounts workItems,
    long enrichedInTables,
    long pedigreesInTables) {

  /** The number of horses by which the three differ. */
  public long difference() {
    return apart(chunks.total(), workItems.total())
        + HorseStatus.outcomes().mapToLong(o -> apart(chunks.of(o), workItems.of(o))).sum()
        + apart(chunks.withPedigree(), workItems.withPedigree())
        + apart(workItems.enriched(), enrichedInTables)
        + apart(workItems.withPedigree(), pedigreesInTables);
  }

  private static long apart(long a, long b) {
    return Math.abs(a - b);
  }

  /** Takes them of each of {@code runs} whose work items are not archived. */
  static List<ConsistencyTotals> take(Handle handle, List<Long> runs) {
    return handle
        .createQuery(
            """
            SELECT run_id FROM studbook.run WHERE run_id = ANY (:runs) AND NOT ledger_archived
            ORDER BY array_position(:runs, run_id)
            """)
        .bindArray("runs", Long.class, runs)
        .mapTo(Long.class)
        .list()
        .stream()
        .map(run -> take(handle, run))
        .toList();
  }

  /**
   * One statement per run, so that the server can distribute its joins. The user's ids are collated
   * like those of the work items, with any collation of their column.
   */
  private static ConsistencyTotals take(Handle handle, long run) {
    return handle
        .createQuery(
            """
            SELECT count(*) AS horse_count,
                   count(*) FILTER (WHERE i.state = 'enriched') AS enriched,
                   count(*) FILTER (WHERE i.state = 'no_dob') AS no_dob,
                   count(*) FILTER (WHERE i.state = 'basic') AS basic,
                   count(*) FILTER (WHERE i.state = 'not_found') AS not_found,
                   count(*) FILTER (WHERE i.state = 'failed') AS failed,
                   count(*) FILTER (WHERE i.state = 'already_filled') AS already_filled,
                   count(*) FILTER (WHERE i.state = 'missing') AS missing,
                   count(*) FILTER (WHERE i.has_pedigree) AS pedigrees,
                   COALESCE(sum(i.request_count), 0) AS request_count,
                   count(*) FILTER (WHERE i.state = 'enriched' AND COALESCE(h.dob, a.dob) IS NOT NULL) AS enriched_in_tables,
                   count(*) FILTER (WHERE i.has_pedigree AND (p.horse_id IS NOT NULL
                     OR COALESCE(a.sire_id, a.sire, a.dam_id, a.dam, a.damsire_id, a.damsire) IS NOT NULL)) AS pedigrees_in_tables
            FROM studbook.work_item i
            LEFT JOIN ra_horses h ON h.horse_id = i.horse_id COLLATE "C"
            LEFT JOIN ra_horse_pedigree p ON p.horse_id = i.horse_id COLLATE "C"
            LEFT JOIN (
              SELECT * FROM studbook.ancestor WHERE EXISTS (SELECT FROM studbook.run WHERE run_id = :run AND kind = 'ancestors')
            ) a ON a.horse_id = i.horse_id
            WHERE i.run_id = :run
            """)
        .bind("run", run)
        .map((row, context) ->
            new ConsistencyTotals(
                run,
                RunQueries.runCounts(handle, run),
                RunQueries.runCounts(row),
                row.getLong("enriched_in_tables"),
                row.getLong("pedigrees_in_tables")))
        .one();
  }
}
