package studbook.pedigree.ancestry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A path of Wright's (1922): from the sire up to a common ancestor and down to the dam, no animal
 * twice.
 *
 * @param sirePlace the ancestor's place in the sire's half of the chart
 * @param damPlace its place in the dam's half
 * @param ancestorInbreeding F of the ancestor
 */
public record InbreedingPath(int sirePlace, int damPlace, double ancestorInbreeding) {

  /** What the path adds to F: (1/2)^(n1 + n2 + 1) (1 + F of the ancestor). */
  public double value() {
    return Math.scalb(1 + ancestorInbreeding, -(sireGenerations() + damGenerations() + 1));
  }

  /** Wright's n1: generations between the sire and the ancestor. */
  public int sireGenerations() {
    return AncestorPlaces.generation(sirePlace) - 1;
  }

  /** Wright's n2: generations between the dam and the ancestor. */
  public int damGenerations() {
    return AncestorPlaces.generation(damPlace) - 1;
  }

  /** The animals of the path in a chart: the sire first, the dam last. */
  public int[] animals(AncestorPlaces chart) {
    int[] up = chart.pathAnimals(sirePlace);
    int[] down = chart.pathAnimals(damPlace);
    int[] animals = Arrays.copyOf(up, up.length + down.length - 1);
    for (int i = down.length - 2, next = up.length; i >= 0; i--, next++) {
      animals[next] = down[i];
    }
    return animals;
  }

  /**
   * All paths through an ancestor within the generations of a chart, largest value first.
   *
   * @param places of the ancestor
   */
  public static List<InbreedingPath> of(
      AncestorPlaces chart, List<Integer> places, double ancestorInbreeding) {
    List<InbreedingPath> paths = new ArrayList<>();
    for (int sirePlace : places) {
      for (int damPlace : places) {
        if (AncestorPlaces.isOnSireSide(sirePlace)
            && !AncestorPlaces.isOnSireSide(damPlace)
            && meetOnlyAtTheEnd(chart.pathAnimals(sirePlace), chart.pathAnimals(damPlace))) {
          paths.add(new InbreedingPath(sirePlace, damPlace, ancestorInbreeding));
        }
      }
    }
    paths.sort(Comparator.comparingDouble(InbreedingPath::value).reversed());
    return paths;
  }

  private static boolean meetOnlyAtTheEnd(int[] sirePath, int[] damPath) {
    int ancestor = sirePath[sirePath.length - 1];
    return IntStream.of(sirePath)
        .filter(animal -> animal != ancestor)
        .noneMatch(animal -> IntStream.of(damPath).anyMatch(other -> other == animal));
  }
}
