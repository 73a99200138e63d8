package studbook.pedigree.population;

import java.util.BitSet;
import java.util.OptionalDouble;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.Pedigree;

/**
 * The mean age of parents, in years, at the birth of those offspring that became parents themselves
 * (James, 1977).
 *
 * @param sires mean age of the sires, 0 without pairs
 * @param sirePairs the number of sires and offspring with known birth years
 * @param dams mean age of the dams, 0 without pairs
 * @param damPairs the number of dams and offspring with known birth years
 */
public record GenerationInterval(double sires, int sirePairs, double dams, int damPairs) {

  /** The interval of the members that have offspring. */
  public static GenerationInterval of(Pedigree pedigree, BirthYearColumn years, BitSet members) {
    long sireAges = 0;
    long damAges = 0;
    int sirePairs = 0;
    int damPairs = 0;
    BitSet breeding = parents(pedigree);
    breeding.and(members);
    for (int animal = breeding.nextSetBit(0); animal >= 0; ) {
      int sire = pedigree.sire(animal);
      int dam = pedigree.dam(animal);
      if (areKnown(years, animal, sire)) {
        sireAges += years.of(animal) - years.of(sire);
        sirePairs++;
      }
      if (areKnown(years, animal, dam)) {
        damAges += years.of(animal) - years.of(dam);
        damPairs++;
      }
      animal = breeding.nextSetBit(animal + 1);
    }
    return new GenerationInterval(
        mean(sireAges, sirePairs), sirePairs, mean(damAges, damPairs), damPairs);
  }

  private static BitSet parents(Pedigree pedigree) {
    BitSet parents = new BitSet(pedigree.size());
    for (int animal = 0; animal < pedigree.size(); animal++) {
      mark(pedigree.sire(animal), parents);
      mark(pedigree.dam(animal), parents);
    }
    return parents;
  }

  private static void mark(int parent, BitSet parents) {
    if (parent != ParentLinks.UNKNOWN) {
      parents.set(parent);
    }
  }

  private static boolean areKnown(BirthYearColumn years, int animal, int parent) {
    return parent != ParentLinks.UNKNOWN && years.isKnown(animal) && years.isKnown(parent);
  }

  private static double mean(long sum, int pairs) {
    return pairs == 0 ? 0 : (double) sum / pairs;
  }

  /** The mean of sires and dams, each with half the weight; empty if one of them is not known. */
  public OptionalDouble mean() {
    return sirePairs == 0 || damPairs == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((sires + dams) / 2);
  }
}
