package studbook.pedigree.ancestry;

import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.Pedigree;

/** The line of an animal's sires, and that of its dams, to the end of what is known. */
public final class TailLine {

  private TailLine() {}

  /** The sire, his sire, and so on. */
  public static int[] male(Pedigree pedigree, int animal) {
    return follow(animal, pedigree::sire);
  }

  /** The dam, her dam, and so on. */
  public static int[] female(Pedigree pedigree, int animal) {
    return follow(animal, pedigree::dam);
  }

  private static int[] follow(int animal, IntUnaryOperator parent) {
    return IntStream.iterate(
            parent.applyAsInt(animal), known -> known != ParentLinks.UNKNOWN, parent)
        .toArray();
  }
}
