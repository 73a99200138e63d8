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
    set(animal, row);
    return this;
  }

  /**
   * Adds an animal, or fills what its rows so far leave open.
   *
   * @param row its line is ignored if there is a row already
   * @param parents the names that the row has for its parents. A parent without a row of its own
   *     bears the first of them; the name of its own row replaces it
   */
  public AnimalTableBuilder merge(AnimalRow row, ParentNames parents) {
    int animal = ids.add(row.id());
    if (rows.get(animal)) {
      fill(animal, row);
    } else {
      set(animal, row);
    }
    name(sires.get(animal), row.sire(), parents.sire());
    name(dams.get(animal), row.dam(), parents.dam());
    name(damsires.get(animal), row.damsire(), parents.damsire());
    return this;
  }

  private void set(int animal, AnimalRow row) {
    rows.set(animal);
    set(names, animal, row.name());
    set(colours, animal, row.colour());
    sexes.set(animal, row.sex().ordinal());
    births.set(animal, encoded(row.born()));
    sires.set(animal, index(row.sire()));
    dams.set(animal, index(row.dam()));
    damsires.set(animal, index(row.damsire()));
    lines.set(animal, row.line());
  }

  private void fill(int animal, AnimalRow row) {
    if (!names.isPresent(animal)) {
      set(names, animal, row.name());
    }
    if (!colours.isPresent(animal)) {
      set(colours, animal, row.colour());
    }
    if (sexes.get(animal) == Sex.UNKNOWN.ordinal()) {
      sexes.set(animal, row.sex().ordinal());
    }
    if (births.get(animal) == AnimalTable.NOT_BORN) {
      births.set(animal, encoded(row.born()));
    }
    fill(sires, animal, row.sire());
    fill(dams, animal, row.dam());
    fill(damsires, animal, row.damsire());
  }

  private void fill(IntColumn parents, int animal, @Nullable String id) {
    if (parents.get(animal) == UNKNOWN) {
      parents.set(animal, index(id));
    }
  }

  private void name(int parent, @Nullable String id, @Nullable String name) {
    if (parent != UNKNOWN && id != null && !names.isPresent(parent) && ids.isOf(parent, id)) {
      set(names, parent, name);
    }
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
