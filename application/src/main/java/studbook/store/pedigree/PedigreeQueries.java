package studbook.store.pedigree;

import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Tells what a database has for pedigree commands. Safe for many threads. */
public final class PedigreeQueries {

  private final Jdbi jdbi;

  public PedigreeQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * What there is.
   *
   * @param hasHorses whether any horse is known
   * @param hasParents whether any horse has a known sire or dam
   */
  public record PedigreeContents(boolean hasHorses, boolean hasParents) {}

  /** Reads until the first of each is found. */
  public PedigreeContents contents() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT EXISTS (SELECT FROM ra_horses) OR EXISTS (SELECT FROM ra_horse_pedigree)
                         OR EXISTS (SELECT FROM studbook.ancestor WHERE status IN ('found', 'basic')) AS has_horses,
                       EXISTS (SELECT FROM ra_horse_pedigree
                         WHERE studbook.parent_horse(sire_id::text, sire::text) IS NOT NULL
                           OR studbook.parent_horse(dam_id::text, dam::text) IS NOT NULL)
                         OR EXISTS (SELECT FROM studbook.ancestor WHERE status IN ('found', 'basic')
                           AND (studbook.parent_horse(sire_id, sire) IS NOT NULL
                             OR studbook.parent_horse(dam_id, dam) IS NOT NULL)) AS has_parents
                """)
            .map(ConstructorMapper.of(PedigreeContents.class))
            .one());
  }
}
