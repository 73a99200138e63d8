package studbook.simulator.population;

import org.jspecify.annotations.Nullable;

/**
 * A sire, dam or damsire as named in its foal's record.
 *
 * @param number the number that all four prefixes share
 * @param name bare, without suffix
 * @param region in upper case, {@code IRE}
 */
public record ParentRef(String number, String name, @Nullable String region) {

  /** {@code Winter Harbour (IRE)}. */
  public String fullName() {
    return HorseRecord.suffixed(name, region);
  }
}
