package studbook.pedigree;

import org.jspecify.annotations.Nullable;

/**
 * The names that a row has for its parents. Immutable.
 *
 * @param sire {@code null} if it is not known
 * @param dam {@code null} if it is not known
 * @param damsire {@code null} if it is not known
 */
public record ParentNames(@Nullable String sire, @Nullable String dam, @Nullable String damsire) {

  /** No name is known. */
  public static final ParentNames NONE = new ParentNames(null, null, null);
}
