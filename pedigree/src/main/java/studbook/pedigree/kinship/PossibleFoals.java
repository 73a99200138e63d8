package studbook.pedigree.kinship;

import java.util.Arrays;
import java.util.stream.IntStream;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.Pedigree;

/** Foals that pairs of animals would have, added to the pedigree of these animals. */
final class PossibleFoals {

  private PossibleFoals() {}

  /** The F of the foal of each pair, in their order; the sex of a parent does not matter. */
  static double[] inbreeding(Pedigree pedigree, int[] sires, int[] dams) {
    AncestorSubset parents =
        AncestorSubset.of(
            pedigree, IntStream.concat(Arrays.stream(sires), Arrays.stream(dams)).toArray());
    Pedigree known = parents.pedigree();
    int size = known.size();
    int[] allSires = new int[size + sires.length];
    int[] allDams = new int[size + dams.length];
    for (int animal = 0; animal < size; animal++) {
      allSires[animal] = known.sire(animal);
      allDams[animal] = known.dam(animal);
    }
    for (int foal = 0; foal < sires.length; foal++) {
      allSires[size + foal] = parents.indexOf(sires[foal]);
      allDams[size + foal] = parents.indexOf(dams[foal]);
    }
    double[] inbreeding = Inbreeding.of(Pedigree.of(ParentLinks.of(allSires, allDams)));
    return Arrays.copyOfRange(inbreeding, size, inbreeding.length);
  }
}
