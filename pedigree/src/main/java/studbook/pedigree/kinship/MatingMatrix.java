package studbook.pedigree.kinship;

import java.util.Arrays;
import studbook.pedigree.Pedigree;

/**
 * The {@linkplain Inbreeding F} of each foal that some sires and dams could have: half the
 * relationship of its parents. Immutable and thread-safe.
 */
public final class MatingMatrix {

  /**
   * Foals that are computed together, so that the memory does not depend on the number of sires.
   */
  private static final int FOALS = 1_000_000;

  private final double[][] inbreeding;

  private MatingMatrix(double[][] inbreeding) {
    this.inbreeding = inbreeding;
  }

  /**
   * Computes the foals of every sire with every dam. The sexes are not checked.
   *
   * @param sires animals of the pedigree, one a row
   * @param dams animals of the pedigree, one a column
   */
  public static MatingMatrix of(Pedigree pedigree, int[] sires, int[] dams) {
    double[][] rows = new double[sires.length][];
    int together = Math.max(1, FOALS / Math.max(1, dams.length));
    for (int first = 0; first < sires.length; first += together) {
      int end = Math.min(sires.length, first + together);
      compute(pedigree, Arrays.copyOfRange(sires, first, end), dams, first, rows);
    }
    return new MatingMatrix(rows);
  }

  private static void compute(
      Pedigree pedigree, int[] sires, int[] dams, int first, double[][] rows) {
    int[] foalSires = new int[sires.length * dams.length];
    int[] foalDams = new int[foalSires.length];
    for (int row = 0; row < sires.length; row++) {
      Arrays.fill(foalSires, row * dams.length, (row + 1) * dams.length, sires[row]);
      System.arraycopy(dams, 0, foalDams, row * dams.length, dams.length);
    }
    double[] foals = PossibleFoals.inbreeding(pedigree, foalSires, foalDams);
    for (int row = 0; row < sires.length; row++) {
      rows[first + row] = Arrays.copyOfRange(foals, row * dams.length, (row + 1) * dams.length);
    }
  }

  /** The F of the foal of a row's sire and a column's dam. */
  public double inbreeding(int row, int column) {
    return inbreeding[row][column];
  }
}
