package studbook.store.table;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The user's tables in figures.
 *
 * @param horses rows of ra_horses
 * @param enriched those with a date of birth
 * @param pedigrees rows of ra_horse_pedigree
 */
public record Census(long horses, long enriched, long pedigrees) {

  /** Counts as they stand now. 111,430 horses take some 30 ms. */
  public static Census take(Jdbi jdbi) {
    return jdbi.withHandle(Census::take);
  }

  public static Census take(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT h.horses, h.enriched, p.pedigrees
            FROM (SELECT count(*) AS horses, count(dob) AS enriched FROM ra_horses) h,
                 (SELECT count(*) AS pedigrees FROM ra_horse_pedigree) p
            """)
        .map((row, context) ->
            new Census(row.getLong("horses"), row.getLong("enriched"), row.getLong("pedigrees")))
        .one();
  }

  public long unenriched() {
    return horses - enriched;
  }
}
