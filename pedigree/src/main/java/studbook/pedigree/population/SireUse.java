package studbook.pedigree.population;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.Pedigree;

/**
 * How the foals of a population are divided among sires.
 *
 * @param foals with a known sire
 * @param sires their number
 * @param mostUsed the most used sires, most foals first
 */
public record SireUse(int foals, int sires, List<SireFoals> mostUsed) {

  public SireUse {
    mostUsed = List.copyOf(mostUsed);
  }

  /**
   * A sire's foals in the population.
   *
   * @param sire its index
   * @param foals their number
   */
  public record SireFoals(int sire, int foals) {}

  /**
   * Counts the foals of each sire.
   *
   * @param members the population
   * @param most how many sires to list
   */
  public static SireUse of(Pedigree pedigree, BitSet members, int most) {
    int[] foals = new int[pedigree.size()];
    members.stream()
        .map(pedigree::sire)
        .filter(sire -> sire != ParentLinks.UNKNOWN)
        .forEach(sire -> foals[sire]++);
    List<SireFoals> used = new ArrayList<>();
    int sum = 0;
    for (int sire = 0; sire < foals.length; sire++) {
      if (foals[sire] > 0) {
        used.add(new SireFoals(sire, foals[sire]));
        sum += foals[sire];
      }
    }
    used.sort(Comparator.comparingInt(SireFoals::foals).reversed());
    return new SireUse(sum, used.size(), used.subList(0, Math.min(most, used.size())));
  }

  /** The share of the foals that the most used sires have; 0 without foals. */
  public double shareOfMostUsed() {
    return foals == 0 ? 0 : (double) mostUsed.stream().mapToInt(SireFoals::foals).sum() / foals;
  }
}
