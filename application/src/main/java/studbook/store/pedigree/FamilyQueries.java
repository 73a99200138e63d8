package studbook.store.pedigree;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/**
 * Reads the offspring of a horse and the figures of its pedigree. Without indexes on the parents'
 * ids in ra_horse_pedigree, offspring may take so long that the query is cancelled. To be used with
 * handles that are one transaction each. Safe for many threads.
 */
public final class FamilyQueries {

  private final Jdbi jdbi;

  public FamilyQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A horse that names another as its sire or dam. The texts come from outside.
   *
   * @param mateId the other parent
   */
  public record OffspringRow(
      String id,
      @Nullable String name,
      @Nullable Integer birthYear,
      @Nullable String sex,
      @Nullable String mateId,
      @Nullable String mate) {}

  /**
   * Offspring, oldest first.
   *
   * @param horse the parent's id
   * @param skipped that come before
   */
  public List<OffspringRow> offspring(String horse, int skipped, int most) {
    return jdbi.withHandle(handle ->
        limited(handle)
            .createQuery(
                """
                SELECT offspring_id AS id, studbook.to_utf8(name) AS name,
                       CASE WHEN isfinite(dob) THEN extract(year FROM dob)::integer END AS birth_year,
                       studbook.to_utf8(sex) AS sex, mate_id, studbook.to_utf8(mate) AS mate
                FROM studbook.offspring(:horse)
                ORDER BY dob NULLS LAST, offspring_id OFFSET :skipped LIMIT :most
                """)
            .bind("horse", horse)
            .bind("skipped", skipped)
            .bind("most", most)
            .map(ConstructorMapper.of(OffspringRow.class))
            .list());
  }

  /** How many offspring a horse has. */
  public long countOffspring(String horse) {
    return jdbi.withHandle(handle ->
        limited(handle)
            .createQuery("SELECT count(*) FROM studbook.offspring(:horse)")
            .bind("horse", horse)
            .mapTo(Long.class)
            .one());
  }

  /** A list that takes longer is not worth waiting for; the limit ends with the transaction. */
  private static Handle limited(Handle handle) {
    handle.execute("SET LOCAL statement_timeout = 3000");
    return handle;
  }

  /** The stored figures of a horse's pedigree, with the time of their computation. */
  public record StoredFigures(FigureRow figures, Instant computedAt) {}

  /** Empty if no figures are stored. */
  public Optional<StoredFigures> figures(String horse) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT horse_id, sire_id, dam_id, f, gen_eq, max_gen, full_gen, pci5, n_anc, computed_at
                FROM studbook.pedigree_figures WHERE horse_id = :horse
                """)
            .bind("horse", horse)
            .map((row, _) ->
                new StoredFigures(
                    new FigureRow(
                        row.getString("horse_id"),
                        row.getString("sire_id"),
                        row.getString("dam_id"),
                        row.getDouble("f"),
                        row.getDouble("gen_eq"),
                        row.getInt("max_gen"),
                        row.getInt("full_gen"),
                        row.getDouble("pci5"),
                        row.getInt("n_anc")),
                    row.getObject("computed_at", OffsetDateTime.class).toInstant()))
            .findOne());
  }
}
