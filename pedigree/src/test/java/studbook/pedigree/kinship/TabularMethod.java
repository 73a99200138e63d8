package studbook.pedigree.kinship;

import static studbook.pedigree.ParentLinks.UNKNOWN;

import studbook.pedigree.Pedigree;

/** The whole relationship matrix by the tabular method (Emik and Terrill 1949): slow and simple. */
final class TabularMethod {

  private final Pedigree pedigree;
  private final double[][] relationship;

  TabularMethod(Pedigree pedigree) {
    this.pedigree = pedigree;
    relationship = new double[pedigree.size()][pedigree.size()];
    for (int position = 0; position < pedigree.size(); position++) {
      fill(pedigree.atPosition(position), position);
    }
  }

  private void fill(int animal, int position) {
    int sire = pedigree.sire(animal);
    int dam = pedigree.dam(animal);
    for (int earlier = 0; earlier < position; earlier++) {
      int other = pedigree.atPosition(earlier);
      double value = 0.5 * (of(sire, other) + of(dam, other));
      relationship[animal][other] = value;
      relationship[other][animal] = value;
    }
    relationship[animal][animal] = 1 + 0.5 * of(sire, dam);
  }

  double of(int first, int second) {
    return first == UNKNOWN || second == UNKNOWN ? 0 : relationship[first][second];
  }

  double inbreeding(int animal) {
    return of(animal, animal) - 1;
  }
}
