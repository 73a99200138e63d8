package studbook.store.pedigree;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** Reads horses that were requested as ancestors. Safe for many threads. */
public final class AncestorQueries {

  private final Jdbi jdbi;

  public AncestorQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A row of studbook.ancestor. The texts come from outside.
   *
   * @param status {@code found}, {@code basic}, {@code not_found} or {@code in_ra_horses}
   * @param generation between it and the nearest of the user's horses
   */
  public record StoredAncestor(
      String horseId,
      String status,
      int generation,
      @Nullable String name,
      @Nullable String sex,
      @Nullable String dob,
      @Nullable String colour,
      @Nullable String region,
      @Nullable String breeder,
      @Nullable String sireId,
      @Nullable String sire,
      @Nullable String damId,
      @Nullable String dam,
      @Nullable String damsireId,
      @Nullable String damsire,
      long runId,
      Instant requestedAt) {}

  /** Empty if it was never requested. */
  public Optional<StoredAncestor> find(String horse) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT horse_id, status, generation, studbook.to_utf8(name) AS name, studbook.to_utf8(COALESCE(sex, sex_code)) AS sex,
                       dob::text AS dob, studbook.to_utf8(COALESCE(colour, colour_code)) AS colour,
                       studbook.to_utf8(region) AS region, studbook.to_utf8(breeder) AS breeder,
                       sire_id, studbook.to_utf8(sire) AS sire, dam_id, studbook.to_utf8(dam) AS dam,
                       damsire_id, studbook.to_utf8(damsire) AS damsire, run_id, requested_at
                FROM studbook.ancestor WHERE horse_id = :horse
                """)
            .bind("horse", horse)
            .map(ConstructorMapper.of(StoredAncestor.class))
            .findOne());
  }
}
