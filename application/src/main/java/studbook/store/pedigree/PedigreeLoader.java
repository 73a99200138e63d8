package studbook.store.pedigree;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import studbook.pedigree.AnimalRow;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.AnimalTableBuilder;
import studbook.pedigree.BirthDate;
import studbook.pedigree.ParentNames;
import studbook.pedigree.Sex;
import studbook.store.error.ErrorClassifier;
import studbook.store.error.StoreException;

/**
 * Loads every known horse with its parents: those of ra_horses, ra_horse_pedigree and
 * studbook.ancestor. The ids are {@code hrs_} and the number that a horse has with every prefix.
 * Safe for many threads.
 */
public final class PedigreeLoader {

  /**
   * Sources of horses, each of the same columns; a later one fills what the earlier ones leave
   * open. Each is read by itself: joining them would cost the server more than reading them.
   */
  private static final List<String> SOURCES =
      List.of(
          """
          COPY (SELECT horse_id::text, studbook.to_utf8(name::text), COALESCE(NULLIF(sex_code::text, ''), NULLIF(sex::text, '')), dob,
                 studbook.to_utf8(COALESCE(NULLIF(colour_code::text, ''), NULLIF(colour::text, ''))),
                 NULL, NULL, NULL, NULL, NULL, NULL
          FROM ra_horses) TO STDOUT
          """,
          """
          COPY (SELECT horse_id::text, NULL, NULL, NULL, NULL,
                 CASE WHEN studbook.is_placeholder(sire::text) IS NOT TRUE THEN sire_id::text END,
                 CASE WHEN studbook.is_placeholder(dam::text) IS NOT TRUE THEN dam_id::text END,
                 CASE WHEN studbook.is_placeholder(damsire::text) IS NOT TRUE THEN damsire_id::text END,
                 studbook.to_utf8(sire::text), studbook.to_utf8(dam::text), studbook.to_utf8(damsire::text)
          FROM ra_horse_pedigree) TO STDOUT
          """,
          """
          COPY (SELECT horse_id, studbook.to_utf8(name), COALESCE(sex_code, sex), dob, studbook.to_utf8(COALESCE(colour_code, colour)),
                 sire_id, dam_id, damsire_id, studbook.to_utf8(sire), studbook.to_utf8(dam), studbook.to_utf8(damsire)
          FROM studbook.ancestor WHERE status IN ('found', 'basic')) TO STDOUT
          """);

  private static final int FIELDS = 11;

  private final Jdbi jdbi;

  public PedigreeLoader(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Reads everything; 1,000,000 horses take some seconds. A link that waits for a review, or was
   * rejected in one, is left out.
   *
   * @return empty if the tables have no horse
   */
  public AnimalTable load() {
    return jdbi.inTransaction(handle -> {
      // By a statement: the driver's method would set it for the session.
      handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
      Set<String> unlinked = unlinked(handle);
      AnimalTableBuilder builder = AnimalTable.builder();
      try {
        for (String source : SOURCES) {
          read(handle, source, builder, unlinked);
        }
      } catch (SQLException e) {
        throw new StoreException("the horses could not be read: " + ErrorClassifier.reason(e), e);
      }
      return builder.build();
    });
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

  private static void read(
      Handle handle, String source, AnimalTableBuilder builder, Set<String> unlinked)
      throws SQLException {
    CopyOut copy = handle.getConnection().unwrap(PGConnection.class).getCopyAPI().copyOut(source);
    try {
      CopyLine line = new CopyLine(FIELDS);
      for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
        line.read(row);
        builder.merge(
            row(line, unlinked), new ParentNames(line.text(8), line.text(9), line.text(10)));
      }
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private static AnimalRow row(CopyLine line, Set<String> unlinked) {
    String id = Optional.ofNullable(line.text(0)).orElseThrow();
    return new AnimalRow(
        id,
        line.text(1),
        sex(line.text(2)),
        born(line.text(3)),
        Optional.ofNullable(line.text(4)).orElse(""),
        isUnlinked(unlinked, "sire", id) ? null : horse(line.text(5)),
        isUnlinked(unlinked, "dam", id) ? null : horse(line.text(6)),
        horse(line.text(7)),
        0);
  }

  private static boolean isUnlinked(Set<String> unlinked, String field, String horse) {
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

  /** The sex that a code or a word of the API means. */
  public static Sex sex(@Nullable String code) {
    return switch (code == null ? "" : code.toLowerCase(Locale.ROOT)) {
      case "c", "h", "r", "colt", "horse", "rig" -> Sex.MALE;
      case "g", "gelding" -> Sex.GELDING;
      case "f", "m", "filly", "mare" -> Sex.FEMALE;
      default -> Sex.UNKNOWN;
    };
  }

  /** A date in PostgreSQL's ISO form; {@code null} for infinity and for years of other lengths. */
  static @Nullable BirthDate born(@Nullable String date) {
    return date == null || date.length() != "2000-01-01".length()
        ? null
        : BirthDate.recorded(
            LocalDate.of(number(date, 0, 4), number(date, 5, 7), number(date, 8, 10)));
  }

  private static int number(String date, int from, int to) {
    return Integer.parseInt(date, from, to, 10);
  }
}
