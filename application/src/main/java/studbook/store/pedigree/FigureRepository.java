package studbook.store.pedigree;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;
import studbook.store.database.ColumnArrays;

/** The figures of horses' pedigrees in studbook.pedigree_figures. Safe for many threads. */
public final class FigureRepository {

  private static final int FETCHED = 10_000;
  private static final int WRITTEN = 10_000;

  private final Jdbi jdbi;

  public FigureRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Takes the parents that the stored figures of a horse use. */
  public interface StoredLinks {
    void add(String horse, @Nullable String sire, @Nullable String dam);
  }

  /** Reads the parents that all stored figures use. */
  public void readLinks(StoredLinks links) {
    // The driver fetches in portions only within a transaction.
    jdbi.useTransaction(handle ->
        handle
            .createQuery("SELECT horse_id, sire_id, dam_id FROM studbook.pedigree_figures")
            .setFetchSize(FETCHED)
            .scanResultSet((rows, _) -> pass(rows.get(), links)));
  }

  private static boolean pass(ResultSet rows, StoredLinks links) throws SQLException {
    while (rows.next()) {
      links.add(rows.getString(1), rows.getString(2), rows.getString(3));
    }
    return true;
  }

  /** Inserts the rows or replaces those of the same horses; repeating it changes nothing. */
  public void write(Stream<FigureRow> rows) {
    List<FigureRow> batch = new ArrayList<>();
    jdbi.useTransaction(handle -> {
      rows.forEachOrdered(row -> {
        batch.add(row);
        if (batch.size() == WRITTEN) {
          write(handle, batch);
          batch.clear();
        }
      });
      if (!batch.isEmpty()) {
        write(handle, batch);
      }
    });
  }

  private static void write(Handle handle, List<FigureRow> rows) {
    Update update =
        handle.createUpdate(
            """
            INSERT INTO studbook.pedigree_figures
              (horse_id, sire_id, dam_id, f, gen_eq, max_gen, full_gen, pci5, n_anc, computed_at)
            SELECT g.horse_id, g.sire_id, g.dam_id, g.f, g.gen_eq, g.max_gen, g.full_gen, g.pci5, g.n_anc,
                   clock_timestamp()
            FROM unnest(:horse_ids, :sire_ids, :dam_ids, :fs, :gen_eqs, :max_gens, :full_gens, :pci5s, :n_ancs)
              AS g(horse_id, sire_id, dam_id, f, gen_eq, max_gen, full_gen, pci5, n_anc)
            ORDER BY g.horse_id -- all writers lock in this order
            ON CONFLICT (horse_id) DO UPDATE SET
              sire_id = EXCLUDED.sire_id, dam_id = EXCLUDED.dam_id, f = EXCLUDED.f, gen_eq = EXCLUDED.gen_eq,
              max_gen = EXCLUDED.max_gen, full_gen = EXCLUDED.full_gen, pci5 = EXCLUDED.pci5, n_anc = EXCLUDED.n_anc,
              computed_at = EXCLUDED.computed_at
            """);
    ColumnArrays<FigureRow> columns = new ColumnArrays<>(update, rows);
    columns.text("horse_ids", FigureRow::horse);
    columns.text("sire_ids", FigureRow::sire);
    columns.text("dam_ids", FigureRow::dam);
    columns.decimal("fs", FigureRow::inbreeding);
    columns.decimal("gen_eqs", FigureRow::equivalentGenerations);
    columns.number("max_gens", FigureRow::maxGenerations);
    columns.number("full_gens", FigureRow::fullGenerations);
    columns.decimal("pci5s", FigureRow::completenessIndex);
    columns.number("n_ancs", FigureRow::ancestors);
    update.execute();
  }
}
