package studbook.pedigree.check;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import studbook.pedigree.ParentLinks;

/** The offspring of each parent, in the order of the table. Immutable. */
public final class FoalIndex {

  private final int[] begins;
  private final int[] foals;

  FoalIndex(int animals, IntUnaryOperator parent) {
    begins = new int[animals + 1];
    for (int animal = 0; animal < animals; animal++) {
      if (parent.applyAsInt(animal) != ParentLinks.UNKNOWN) {
        begins[parent.applyAsInt(animal) + 1]++;
      }
    }
    Arrays.parallelPrefix(begins, Integer::sum);
    foals = new int[begins[animals]];
    int[] next = Arrays.copyOf(begins, animals);
    for (int animal = 0; animal < animals; animal++) {
      if (parent.applyAsInt(animal) != ParentLinks.UNKNOWN) {
        foals[next[parent.applyAsInt(animal)]++] = animal;
      }
    }
  }

  public int count(int parent) {
    return begins[parent + 1] - begins[parent];
  }

  public IntStream of(int parent) {
    return Arrays.stream(foals, begins[parent], begins[parent + 1]);
  }
}
