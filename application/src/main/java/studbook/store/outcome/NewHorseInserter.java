package studbook.store.outcome;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;
import studbook.model.HorseId;
import studbook.store.database.ColumnArrays;
import studbook.store.error.DatabaseUnavailableException;
import studbook.store.error.ErrorClassifier;
import studbook.store.table.ProfileColumns;

/** Inserts horses that ra_horses lacks, with their pedigrees; existing rows are never touched. */
public final class NewHorseInserter {

  private final Jdbi jdbi;

  public NewHorseInserter(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The result of an insertion.
   *
   * @param inserted new horses
   * @param refused number of rows that the user's schema rejected, by message
   */
  public record InsertResult(Set<HorseId> inserted, Map<String, Integer> refused) {}

  /** The horses that ra_horses lacks. */
  public Set<HorseId> missing(List<HorseId> horses) {
    return jdbi.withHandle(handle ->
        new HashSet<>(
            handle
                .createQuery(
                    """
                    SELECT g.horse_id FROM unnest(:horses) g (horse_id)
                    WHERE NOT EXISTS (SELECT FROM ra_horses h WHERE h.horse_id = g.horse_id)
                    """)
                .bindArray("horses", String.class, horses.stream().map(HorseId::text).toArray())
                .map((row, context) -> new HorseId(row.getString("horse_id")))
                .list()));
  }

  /**
   * Inserts rows with their pedigrees. A row that the user's schema rejects does not prevent the
   * others.
   *
   * @throws RuntimeException if {@link ErrorClassifier#passes} holds: the database is unavailable,
   *     or rejects every row
   */
  public InsertResult insert(List<NewHorse> batch) {
    Set<HorseId> inserted = new HashSet<>();
    List<RejectedHorse> rows = new ArrayList<>();
    insert(batch, inserted, rows);
    Map<String, Integer> refused = new TreeMap<>();
    for (RejectedHorse row : rows) {
      if (inserted.isEmpty() && rows.size() > 1 && !row.rejection().isCertain()) {
        throw new DatabaseUnavailableException(row.failure());
      }
      refused.merge(row.rejection().sentence(), 1, Integer::sum);
    }
    return new InsertResult(inserted, refused);
  }

  private record RejectedHorse(RowRejection rejection, JdbiException failure) {}

  private void insert(List<NewHorse> batch, Set<HorseId> inserted, List<RejectedHorse> rows) {
    if (batch.isEmpty()) {
      return;
    }
    try {
      inserted.addAll(jdbi.inTransaction(handle -> write(handle, batch)));
    } catch (JdbiException e) {
      RowRejection rejection = RowRejection.in(e).orElseThrow(() -> e);
      if (batch.size() == 1) {
        rows.add(new RejectedHorse(rejection, e));
      } else {
        insert(batch.subList(0, batch.size() / 2), inserted, rows);
        insert(batch.subList(batch.size() / 2, batch.size()), inserted, rows);
      }
    }
  }

  static List<HorseId> write(Handle handle, List<NewHorse> batch) {
    Query query =
        handle.createQuery(
            """
            WITH given AS (
              SELECT * FROM unnest(:horse_ids, :names, :dobs::date[], :sexes, :sex_codes, :colours, :colour_codes, :regions,
                                   :breeders, :sire_ids, :sires, :dam_ids, :dams, :damsire_ids, :damsires)
                AS g(horse_id, name, dob, sex, sex_code, colour, colour_code, region,
                     breeder, sire_id, sire, dam_id, dam, damsire_id, damsire)
            ), horse AS (
              INSERT INTO ra_horses (horse_id, name, dob, sex, sex_code, colour, colour_code, region, updated_at)
              SELECT horse_id, name, dob, sex, sex_code, colour, colour_code, region, clock_timestamp()
              FROM given ORDER BY horse_id
              ON CONFLICT (horse_id) DO NOTHING
              RETURNING horse_id::text COLLATE "C" AS horse_id
            ), pedigree AS (
              INSERT INTO ra_horse_pedigree
                (horse_id, sire_id, sire, dam_id, dam, damsire_id, damsire, breeder, region, created_at, updated_at)
              SELECT g.horse_id, sire_id, sire, dam_id, dam, damsire_id, damsire, breeder, region,
                     clock_timestamp(), clock_timestamp()
              FROM given g JOIN horse ON horse.horse_id = g.horse_id
              WHERE COALESCE(sire_id, sire, dam_id, dam, damsire_id, damsire) IS NOT NULL
              ORDER BY g.horse_id
              ON CONFLICT (horse_id) DO NOTHING
            )
            SELECT horse_id FROM horse
            """);
    ColumnArrays<NewHorse> horses = new ColumnArrays<>(query, batch);
    horses.text("horse_ids", horse -> horse.horse().text());
    horses.text("names", NewHorse::name);
    ProfileColumns.bind(horses.part(NewHorse::profile));
    return query.map((row, context) -> new HorseId(row.getString("horse_id"))).list();
  }
}
