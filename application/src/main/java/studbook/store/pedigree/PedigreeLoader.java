package studbook.store.pedigree;

import java.sql.SQLException;
import java.time.LocalDate;
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
import studbook.pedigree.Sex;
import studbook.store.error.ErrorClassifier;
import studbook.store.error.StoreException;

/**
 * Loads every known horse with its parents: those of ra_horses, ra_horse_pedigree and
 * studbook.ancestor. The ids are {@code hrs_} and the number that a horse has with every prefix.
 * Safe for many threads.
 */
public final class PedigreeLoader {

  /** One snapshot. A blank of the user's row is filled from studbook.ancestor. */
  private static final String COPY =
      """
      COPY (
        SELECT COALESCE(h.horse_id::text, p.horse_id::text, a.horse_id),
               studbook.to_utf8(COALESCE(h.name::text, a.name)),
               COALESCE(NULLIF(h.sex_code::text, ''), NULLIF(h.sex::text, ''), a.sex_code, a.sex),
               COALESCE(h.dob, a.dob),
               studbook.to_utf8(COALESCE(NULLIF(h.colour_code::text, ''), NULLIF(h.colour::text, ''), a.colour_code, a.colour)),
               COALESCE(CASE WHEN studbook.is_placeholder(p.sire::text) IS NOT TRUE THEN NULLIF(p.sire_id::text, '') END, a.sire_id),
               COALESCE(CASE WHEN studbook.is_placeholder(p.dam::text) IS NOT TRUE THEN NULLIF(p.dam_id::text, '') END, a.dam_id),
               COALESCE(CASE WHEN studbook.is_placeholder(p.damsire::text) IS NOT TRUE THEN NULLIF(p.damsire_id::text, '') END, a.damsire_id),
               studbook.to_utf8(CASE WHEN a.sire_id IS NULL THEN p.sire::text WHEN NULLIF(p.sire_id::text, '') IS NULL THEN a.sire END),
               studbook.to_utf8(CASE WHEN a.dam_id IS NULL THEN p.dam::text WHEN NULLIF(p.dam_id::text, '') IS NULL THEN a.dam END),
               studbook.to_utf8(CASE WHEN a.damsire_id IS NULL THEN p.damsire::text WHEN NULLIF(p.damsire_id::text, '') IS NULL THEN a.damsire END)
        FROM ra_horses h
        FULL JOIN ra_horse_pedigree p ON p.horse_id = h.horse_id
        FULL JOIN (SELECT * FROM studbook.ancestor WHERE status IN ('found', 'basic')) a
          ON a.horse_id = COALESCE(h.horse_id::text, p.horse_id::text)
      ) TO STDOUT
      """;

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
      Set<String> unlinked = unlinked(handle);
      AnimalTableBuilder builder = AnimalTable.builder();
      try {
        read(handle, builder, unlinked);
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

  private static void read(Handle handle, AnimalTableBuilder builder, Set<String> unlinked)
      throws SQLException {
    CopyOut copy = handle.getConnection().unwrap(PGConnection.class).getCopyAPI().copyOut(COPY);
    try {
      CopyLine line = new CopyLine(FIELDS);
      for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
        line.read(row);
        AnimalRow horse = row(line, unlinked);
        builder.add(horse);
        nameParent(builder, horse.sire(), line.text(8));
        nameParent(builder, horse.dam(), line.text(9));
        nameParent(builder, horse.damsire(), line.text(10));
      }
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  /** A parent without a row of its own is known by the name that its offspring gives. */
  private static void nameParent(
      AnimalTableBuilder builder, @Nullable String id, @Nullable String name) {
    if (id != null && name != null) {
      builder.nameParent(id, name);
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
        unlinked.contains("sire " + id) ? null : horse(line.text(5)),
        unlinked.contains("dam " + id) ? null : horse(line.text(6)),
        horse(line.text(7)),
        0);
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

  private static Sex sex(@Nullable String code) {
    return switch (code == null ? "" : code.toLowerCase(Locale.ROOT)) {
      case "c", "h", "r", "colt", "horse", "rig" -> Sex.MALE;
      case "g", "gelding" -> Sex.GELDING;
      case "f", "m", "filly", "mare" -> Sex.FEMALE;
      default -> Sex.UNKNOWN;
    };
  }

  /** A date in PostgreSQL's ISO form; {@code null} for infinity and for years of other lengths. */
  private static @Nullable BirthDate born(@Nullable String date) {
    return date == null || date.length() != "2000-01-01".length()
        ? null
        : BirthDate.recorded(LocalDate.parse(date));
  }
}
