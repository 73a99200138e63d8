package studbook.store.pedigree;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import studbook.pedigree.AnimalRow;
import studbook.pedigree.AnimalTableBuilder;
import studbook.pedigree.ParentNames;
import studbook.store.error.ErrorClassifier;
import studbook.store.error.StoreException;

/**
 * Reads the records of horses, all or some, into a table: those of ra_horses, ra_horse_pedigree and
 * studbook.ancestor. A link that waits for a review, or was rejected in one, is left out. To be
 * used within one transaction, by one thread.
 */
final class HorseRecordReader {

  /**
   * Sources of horses, each of the same columns; a later one fills what the earlier ones leave
   * open. Each is read by itself: joining them would cost the server more than reading them.
   */
  private static final List<String> SOURCES =
      List.of(
          """
          SELECT h.horse_id::text, studbook.to_utf8(h.name::text), COALESCE(NULLIF(h.sex_code::text, ''), NULLIF(h.sex::text, '')), h.dob::text,
                 studbook.to_utf8(COALESCE(NULLIF(h.colour_code::text, ''), NULLIF(h.colour::text, ''))),
                 NULL, NULL, NULL, NULL, NULL, NULL
          FROM ra_horses h
          """,
          """
          SELECT h.horse_id::text, NULL, NULL, NULL, NULL,
                 CASE WHEN studbook.is_placeholder(h.sire::text) IS NOT TRUE THEN h.sire_id::text END,
                 CASE WHEN studbook.is_placeholder(h.dam::text) IS NOT TRUE THEN h.dam_id::text END,
                 CASE WHEN studbook.is_placeholder(h.damsire::text) IS NOT TRUE THEN h.damsire_id::text END,
                 studbook.to_utf8(h.sire::text), studbook.to_utf8(h.dam::text), studbook.to_utf8(h.damsire::text)
          FROM ra_horse_pedigree h
          """,
          """
          SELECT h.horse_id, studbook.to_utf8(h.name), COALESCE(h.sex_code, h.sex), h.dob::text, studbook.to_utf8(COALESCE(h.colour_code, h.colour)),
                 h.sire_id, h.dam_id, h.damsire_id, studbook.to_utf8(h.sire), studbook.to_utf8(h.dam), studbook.to_utf8(h.damsire)
          FROM (SELECT * FROM studbook.ancestor WHERE status IN ('found', 'basic')) h
          """);

  /** A join with the ids uses an index where that is cheaper, and hashes them where it is not. */
  private static final String SOME = " JOIN unnest(:ids) AS wanted (id) ON wanted.id = h.horse_id";

  private static final int FIELDS = 11;
  private static final int FETCHED = 10_000;

  private final Handle handle;
  private final AnimalTableBuilder builder;
  private final Set<String> unlinked;

  HorseRecordReader(Handle handle, AnimalTableBuilder builder) {
    this.handle = handle;
    this.builder = builder;
    this.unlinked = unlinked(handle);
  }

  /** Field and horse of the links whose profile bears another name than the offspring gave. */
  private static Set<String> unlinked(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT field || ' ' || horse_id FROM studbook.review
            WHERE field IN ('sire', 'dam') AND state IN ('waiting', 'rejected') AND old_code = new_code
            """)
        .mapTo(String.class)
        .set();
  }

  /** Reads all horses. */
  void readAll() {
    try {
      for (String source : SOURCES) {
        copy(source);
      }
    } catch (SQLException e) {
      throw new StoreException("the horses could not be read: " + ErrorClassifier.reason(e), e);
    }
  }

  private void copy(String source) throws SQLException {
    CopyOut copy =
        handle
            .getConnection()
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut("COPY (" + source + ") TO STDOUT");
    try {
      CopyLine line = new CopyLine(FIELDS);
      for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
        line.read(row);
        merge(line::text);
      }
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  /**
   * Reads some horses.
   *
   * @param ids those without a record are skipped
   * @param rows takes each record that was read; a horse may have several
   */
  void read(Collection<String> ids, Consumer<AnimalRow> rows) {
    for (String source : SOURCES) {
      handle
          .createQuery(source + SOME)
          .bindArray("ids", String.class, ids)
          .setFetchSize(FETCHED)
          .scanResultSet((found, _) -> pass(found.get(), rows));
    }
  }

  private boolean pass(ResultSet found, Consumer<AnimalRow> rows) throws SQLException {
    @Nullable String[] fields = new String[FIELDS];
    while (found.next()) {
      for (int field = 0; field < FIELDS; field++) {
        fields[field] = found.getString(field + 1);
      }
      rows.accept(merge(field -> fields[field]));
    }
    return true;
  }

  private AnimalRow merge(IntFunction<@Nullable String> fields) {
    AnimalRow row = row(fields);
    builder.merge(row, new ParentNames(fields.apply(8), fields.apply(9), fields.apply(10)));
    return row;
  }

  private AnimalRow row(IntFunction<@Nullable String> fields) {
    String id = Optional.ofNullable(fields.apply(0)).orElseThrow();
    return new AnimalRow(
        id,
        fields.apply(1),
        PedigreeLoader.sex(fields.apply(2)),
        PedigreeLoader.born(fields.apply(3)),
        Optional.ofNullable(fields.apply(4)).orElse(""),
        isUnlinked("sire", id) ? null : horse(fields.apply(5)),
        isUnlinked("dam", id) ? null : horse(fields.apply(6)),
        horse(fields.apply(7)),
        0);
  }

  private boolean isUnlinked(String field, String horse) {
    return !unlinked.isEmpty() && unlinked.contains(field + " " + horse);
  }

  /** The horse that an id names, whatever its prefix; {@code null} for none. */
  private static @Nullable String horse(@Nullable String id) {
    if (id == null || id.length() < 5 || id.length() > 22 || id.charAt(3) != '_') {
      return null;
    }
    boolean none = true;
    for (int i = 4; i < id.length(); i++) {
      char digit = id.charAt(i);
      if (digit < '0' || digit > '9') {
        return null;
      }
      none &= digit == '0';
    }
    return none
        ? null
        : switch (id.substring(0, 3)) {
          case "hrs" -> id;
          case "sir", "dam", "dsi" -> "hrs_" + id.substring(4);
          default -> null;
        };
  }
}
