package studbook.pedigree.check;

import java.util.OptionalInt;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.ParentLinks;

/**
 * The ages of parents, which tell horses from animals that breed earlier. A horse of two has no
 * foal; among cattle, sheep or dogs a tenth of the parents and more are as young.
 *
 * @param known links with both years of birth, the parent born in an earlier year
 * @param young of these, the parent at most two years older
 */
public record BreedingAges(long known, long young) {

  private static final int YOUNG_YEARS = 2;
  private static final int FEWEST = 100;
  private static final double MOST_AMONG_HORSES = 0.05;

  /** Counts all links. */
  public static BreedingAges of(AnimalTable table) {
    ParentLinks links = table.links();
    long known = 0;
    long young = 0;
    for (int animal = 0; animal < table.size(); animal++) {
      for (int parent : new int[] {links.sire(animal), links.dam(animal)}) {
        int years = parent == ParentLinks.UNKNOWN ? 0 : years(table, parent, animal);
        known += years > 0 ? 1 : 0;
        young += years > 0 && years <= YOUNG_YEARS ? 1 : 0;
      }
    }
    return new BreedingAges(known, young);
  }

  private static int years(AnimalTable table, int parent, int foal) {
    OptionalInt born = table.birthYear(parent);
    OptionalInt later = table.birthYear(foal);
    return born.isPresent() && later.isPresent() ? later.getAsInt() - born.getAsInt() : 0;
  }

  /** Whether rules for horses make sense; true if there is too little to tell. */
  public boolean mayBeHorses() {
    return known < FEWEST || young <= known * MOST_AMONG_HORSES;
  }
}
