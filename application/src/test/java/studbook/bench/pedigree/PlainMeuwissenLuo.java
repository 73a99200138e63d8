package studbook.bench.pedigree;

import java.util.Arrays;
import studbook.pedigree.Pedigree;

/**
 * The algorithm of Meuwissen and Luo (1992) as their paper has it, to compare with: for each
 * animal, its ancestors in a linked list by age, and their shares of its genes.
 */
final class PlainMeuwissenLuo {

  private final int[] sires;
  private final int[] dams;

  /** F by position, from 1; that of 0, which stands for an unknown parent, is -1. */
  private final double[] inbreeding;

  private final double[] variances;
  private final double[] shares;
  private final int[] next;

  private PlainMeuwissenLuo(Pedigree pedigree) {
    int size = pedigree.size() + 1;
    sires = new int[size];
    dams = new int[size];
    for (int position = 1; position < size; position++) {
      int animal = pedigree.atPosition(position - 1);
      int sire = pedigree.sire(animal);
      int dam = pedigree.dam(animal);
      sires[position] = sire < 0 ? 0 : pedigree.positionOf(sire) + 1;
      dams[position] = dam < 0 ? 0 : pedigree.positionOf(dam) + 1;
    }
    inbreeding = new double[size];
    variances = new double[size];
    shares = new double[size];
    next = new int[size];
  }

  /** F by position of the order. */
  static double[] byPosition(Pedigree pedigree) {
    PlainMeuwissenLuo plain = new PlainMeuwissenLuo(pedigree);
    plain.inbreeding[0] = -1;
    for (int animal = 1; animal < plain.inbreeding.length; animal++) {
      plain.compute(animal);
    }
    return Arrays.copyOfRange(plain.inbreeding, 1, plain.inbreeding.length);
  }

  private void compute(int animal) {
    int sire = sires[animal];
    int dam = dams[animal];
    variances[animal] = 0.5 - 0.25 * (inbreeding[sire] + inbreeding[dam]);
    if (sire == 0 || dam == 0) {
      return;
    }
    if (sire == sires[animal - 1] && dam == dams[animal - 1]) {
      inbreeding[animal] = inbreeding[animal - 1];
      return;
    }
    shares[animal] = 1;
    double sum = -1;
    int current = animal;
    while (current != 0) {
      double half = 0.5 * shares[current];
      int place = insert(current, Math.max(sires[current], dams[current]), half);
      insert(place, Math.min(sires[current], dams[current]), half);
      sum += shares[current] * shares[current] * variances[current];
      shares[current] = 0;
      int following = next[current];
      next[current] = 0;
      current = following;
    }
    inbreeding[animal] = sum;
  }

  /** Adds a share of an ancestor, behind a place of the list, and returns the place before it. */
  private int insert(int from, int ancestor, double share) {
    int place = from;
    if (ancestor == 0) {
      return place;
    }
    while (next[place] > ancestor) {
      place = next[place];
    }
    shares[ancestor] += share;
    if (next[place] != ancestor) {
      next[ancestor] = next[place];
      next[place] = ancestor;
    }
    return place;
  }
}
