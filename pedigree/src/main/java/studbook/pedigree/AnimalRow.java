package studbook.pedigree;

import org.jspecify.annotations.Nullable;

/**
 * What is recorded of one animal.
 *
 * @param id identifies the animal; never a name that two animals may share
 * @param colour empty if unknown
 * @param sire the sire's id
 * @param dam the dam's id
 * @param damsire the id of the dam's sire, as this animal's record has it
 * @param line where it was read; 0 if not from a file
 */
public record AnimalRow(
    String id,
    @Nullable String name,
    Sex sex,
    @Nullable BirthDate born,
    String colour,
    @Nullable String sire,
    @Nullable String dam,
    @Nullable String damsire,
    int line) {

  /** Refuses an empty id. */
  public AnimalRow {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("an animal without an id");
    }
  }

  /** A row of an id and parents only. */
  public static AnimalRow of(String id, @Nullable String sire, @Nullable String dam) {
    return new AnimalRow(id, null, Sex.UNKNOWN, null, "", sire, dam, null, 0);
  }
}
