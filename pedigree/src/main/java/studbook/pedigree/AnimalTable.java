package studbook.pedigree;

import java.time.LocalDate;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of each animal, one array a column: about 80 bytes an animal with ids of 11
 * letters and names of 14. An id that is named only as a parent is an animal without a row; such a
 * dam has the sire that her offspring name as their damsire, if they agree. Immutable and
 * thread-safe.
 */
public final class AnimalTable {

  /** A day of birth in {@link #births}: not known. */
  static final int NOT_BORN = Integer.MIN_VALUE;

  /** Added to a year of birth in {@link #births}; days since 1970 are far below. */
  static final int YEAR_ONLY = 1 << 30;

  private final IdIndex ids;
  private final StringColumn names;
  private final StringColumn colours;
  private final byte[] sexes;
  private final int[] births;
  private final int[] damsires;
  private final int[] lines;
  private final BitSet rows;
  private final ParentLinks links;

  AnimalTable(AnimalTableBuilder builder) {
    int size = builder.size();
    ids = builder.ids();
    names = builder.names();
    colours = builder.colours();
    sexes = builder.sexes().toBytes(size);
    births = builder.births().toArray(size);
    damsires = builder.damsires().toArray(size);
    lines = builder.lines().toArray(size);
    rows = builder.rows();
    int[] sires = builder.sires().toArray(size);
    int[] dams = builder.dams().toArray(size);
    DamsireLinks.add(sires, dams, damsires, rows);
    links = ParentLinks.owning(sires, dams);
  }

  public static AnimalTableBuilder builder() {
    return new AnimalTableBuilder();
  }

  /** Reads the stream to its end; the rows may be in any order. */
  public static AnimalTable of(Stream<AnimalRow> rows) {
    AnimalTableBuilder builder = builder();
    rows.forEachOrdered(builder::add);
    return builder.build();
  }

  public int size() {
    return sexes.length;
  }

  public String id(int animal) {
    return ids.id(animal);
  }

  public Optional<String> name(int animal) {
    return names.get(animal);
  }

  public Sex sex(int animal) {
    return AnimalTableBuilder.SEXES.get(sexes[animal]);
  }

  public Optional<BirthDate> born(int animal) {
    return Optional.ofNullable(decoded(births[animal]));
  }

  /** The year of birth alone, which takes less time than {@link #born}; empty if unknown. */
  public OptionalInt birthYear(int animal) {
    int birth = births[animal];
    if (birth == NOT_BORN) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(
        birth >= YEAR_ONLY / 2 ? birth - YEAR_ONLY : LocalDate.ofEpochDay(birth).getYear());
  }

  private static @Nullable BirthDate decoded(int birth) {
    if (birth == NOT_BORN) {
      return null;
    }
    if (birth >= YEAR_ONLY / 2) {
      return BirthDate.inYear(birth - YEAR_ONLY);
    }
    LocalDate day = LocalDate.ofEpochDay(birth);
    return new BirthDate(day.getYear(), Optional.of(day));
  }

  /** Empty if unknown. */
  public String colour(int animal) {
    return colours.get(animal).orElse("");
  }

  /** The dam's sire as this animal's record has it, or {@link ParentLinks#UNKNOWN}. */
  public int damsire(int animal) {
    return damsires[animal];
  }

  /** False for an animal that is only named as a parent. */
  public boolean hasRow(int animal) {
    return rows.get(animal);
  }

  /** The line of the file on which its row begins; 0 without one. */
  public int line(int animal) {
    return lines[animal];
  }

  public ParentLinks links() {
    return links;
  }

  public OptionalInt indexOf(String id) {
    return ids.indexOf(id);
  }
}
