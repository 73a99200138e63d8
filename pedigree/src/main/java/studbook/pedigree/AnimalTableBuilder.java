package studbook.pedigree;

import static studbook.pedigree.ParentLinks.UNKNOWN;

import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Builds a table row by row. Parents may come after their offspring or not at all. To be used by
 * one thread, and not after {@link #build}.
 */
@SuppressWarnings("EnumOrdinal") // only in memory
public final class AnimalTableBuilder {

  static final List<Sex> SEXES = List.of(Sex.values());

  private final IdIndex ids = new IdIndex();
  private final StringColumn names = new StringColumn();
  private final StringColumn colours = new StringColumn();
  private final IntColumn sexes = new IntColumn(Sex.UNKNOWN.ordinal());
  private final IntColumn births = new IntColumn(AnimalTable.NOT_BORN);
  private final IntColumn sires = new IntColumn(UNKNOWN);
  private final IntColumn dams = new IntColumn(UNKNOWN);
  private final IntColumn damsires = new IntColumn(UNKNOWN);
  private final IntColumn lines = new IntColumn(0);
  private final BitSet rows = new BitSet();

  AnimalTableBuilder() {}

  /**
   * Adds an animal.
   *
   * @throws IllegalArgumentException if its id has a row already
   */
  public AnimalTableBuilder add(AnimalRow row) {
    int animal = ids.add(row.id());
    if (rows.get(animal)) {
      throw new IllegalArgumentException("two rows for the animal '" + row.id() + "'");
    }
    rows.set(animal);
    set(names, animal, row.name());
    set(colours, animal, row.colour());
    sexes.set(animal, row.sex().ordinal());
    births.set(animal, encoded(row.born()));
    sires.set(animal, index(row.sire()));
    dams.set(animal, index(row.dam()));
    damsires.set(animal, index(row.damsire()));
    lines.set(animal, row.line());
    return this;
  }

  /**
   * Gives an animal the name that its offspring's row has for it. A name of its own row is kept, or
   * replaces this one.
   *
   * @throws IllegalArgumentException if no row has the animal's id
   */
  public AnimalTableBuilder nameParent(String id, String name) {
    int animal =
        ids.indexOf(id)
            .orElseThrow(
                () -> new IllegalArgumentException("no row names the parent '" + id + "'"));
    if (!names.isPresent(animal)) {
      set(names, animal, name);
    }
    return this;
  }

  /** The line of the animal's row; empty without a row. */
  public OptionalInt lineOf(String id) {
    OptionalInt animal = ids.indexOf(id);
    return animal.isPresent() && rows.get(animal.getAsInt())
        ? OptionalInt.of(lines.get(animal.getAsInt()))
        : OptionalInt.empty();
  }

  public AnimalTable build() {
    return new AnimalTable(this);
  }

  private static void set(StringColumn column, int animal, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      column.set(animal, text);
    }
  }

  private static int encoded(@Nullable BirthDate born) {
    if (born == null) {
      return AnimalTable.NOT_BORN;
    }
    return born.day()
        .map(day -> (int) day.toEpochDay())
        .orElse(AnimalTable.YEAR_ONLY + born.year());
  }

  private int index(@Nullable String id) {
    return id == null || id.isEmpty() ? UNKNOWN : ids.add(id);
  }

  int size() {
    return ids.size();
  }

  IdIndex ids() {
    return ids;
  }

  StringColumn names() {
    return names;
  }

  StringColumn colours() {
    return colours;
  }

  IntColumn sexes() {
    return sexes;
  }

  IntColumn births() {
    return births;
  }

  IntColumn sires() {
    return sires;
  }

  IntColumn dams() {
    return dams;
  }

  IntColumn damsires() {
    return damsires;
  }

  IntColumn lines() {
    return lines;
  }

  BitSet rows() {
    return rows;
  }
}
