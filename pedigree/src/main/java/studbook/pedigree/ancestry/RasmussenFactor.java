package studbook.pedigree.ancestry;

import java.util.List;
import studbook.pedigree.Pedigree;

/**
 * The Rasmussen factor: mares on both sides of a pedigree within five generations, through
 * different offspring of theirs (Rasmussen and Faversham, Inbreeding to Superior Females, 1999).
 */
public final class RasmussenFactor {

  /** Generations in which a mare counts. */
  public static final int GENERATIONS = 5;

  private RasmussenFactor() {}

  /** The mares, largest share of blood first; empty if the animal has no Rasmussen factor. */
  public static List<LinebreedingEntry> of(Pedigree pedigree, int animal) {
    return LinebreedingEntry.of(AncestorPlaces.of(pedigree, animal, GENERATIONS)).stream()
        .filter(LinebreedingEntry::isOnBothSides)
        .filter(RasmussenFactor::isMare)
        .toList();
  }

  /** A place with an odd number is a dam's. */
  private static boolean isMare(LinebreedingEntry entry) {
    return entry.places().stream().allMatch(place -> place % 2 == 1);
  }
}
