package studbook.store.pedigree;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.AnimalTableBuilder;
import studbook.pedigree.BirthDate;
import studbook.pedigree.Sex;

/**
 * Loads known horses with their parents: those of ra_horses, ra_horse_pedigree and
 * studbook.ancestor. The ids are {@code hrs_} and the number that a horse has with every prefix. A
 * link that waits for a review, or was rejected in one, is left out. Safe for many threads.
 */
public final class PedigreeLoader {

  private final Jdbi jdbi;

  public PedigreeLoader(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Reads everything; 1,000,000 horses take some seconds.
   *
   * @return empty if the tables have no horse
   */
  public AnimalTable load() {
    return load((handle, builder) -> new HorseRecordReader(handle, builder).readAll());
  }

  /**
   * Reads some horses with all that their figures depend on: their {@linkplain KinReader kin}.
   *
   * @param horses ids; the table lacks those that no record has or names
   */
  public AnimalTable load(Collection<String> horses, KinExtent extent) {
    return load((handle, builder) -> new KinReader(handle, builder).read(horses, extent));
  }

  private interface TableSource {
    void read(Handle handle, AnimalTableBuilder builder);
  }

  private AnimalTable load(TableSource source) {
    return jdbi.inTransaction(handle -> {
      // By a statement: the driver's method would set it for the session.
      handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
      AnimalTableBuilder builder = AnimalTable.builder();
      source.read(handle, builder);
      return builder.build();
    });
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
