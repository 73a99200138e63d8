package studbook.pedigree.ancestry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.Pedigree;

/**
 * The ancestors of one animal in the places of its chart.
 *
 * <p>Place 1 is the animal. The sire of place p has the place 2p, the dam 2p + 1 (the numbers of
 * Eytzinger, 1590, which genealogists call ahnentafel). Immutable.
 */
public final class AncestorPlaces {

  /** At most: the chart has 2^n places in generation n. */
  public static final int MAX_GENERATIONS = 16;

  private final int generations;
  private final int[] animals;

  private AncestorPlaces(int generations, int[] animals) {
    this.generations = generations;
    this.animals = animals;
  }

  /**
   * Finds the places of the known ancestors of an animal.
   *
   * @param generations from 1 to {@link #MAX_GENERATIONS}
   * @throws IllegalArgumentException for other numbers
   */
  public static AncestorPlaces of(Pedigree pedigree, int animal, int generations) {
    if (generations < 1 || generations > MAX_GENERATIONS) {
      throw new IllegalArgumentException(
          "generations must be from 1 to %d, not %d".formatted(MAX_GENERATIONS, generations));
    }
    int[] animals = new int[2 << generations];
    Arrays.fill(animals, ParentLinks.UNKNOWN);
    animals[1] = animal;
    for (int place = 1; place < animals.length / 2; place++) {
      if (animals[place] != ParentLinks.UNKNOWN) {
        animals[2 * place] = pedigree.sire(animals[place]);
        animals[2 * place + 1] = pedigree.dam(animals[place]);
      }
    }
    return new AncestorPlaces(generations, animals);
  }

  public int generations() {
    return generations;
  }

  /** The animal in a place, or {@link ParentLinks#UNKNOWN}. */
  public int at(int place) {
    return animals[place];
  }

  /** The number of the last place. */
  public int last() {
    return animals.length - 1;
  }

  /** The places of each known ancestor in ascending order, by the first place. */
  public Map<Integer, List<Integer>> byAncestor() {
    Map<Integer, List<Integer>> places = new LinkedHashMap<>();
    for (int place = 2; place < animals.length; place++) {
      if (animals[place] != ParentLinks.UNKNOWN) {
        places.computeIfAbsent(animals[place], ancestor -> new ArrayList<>()).add(place);
      }
    }
    return places;
  }

  /** Generations between the animal and a place. */
  public static int generation(int place) {
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(place);
  }

  /** Whether a place from 2 on is in the sire's half. */
  public static boolean isOnSireSide(int place) {
    return (place >> (generation(place) - 1)) == 2;
  }

  /**
   * The way to a place from the animal: {@code SDS} is the sire's dam's sire; empty for place 1.
   */
  public static String path(int place) {
    StringBuilder path = new StringBuilder();
    for (int bit = generation(place) - 1; bit >= 0; bit--) {
      path.append((place >> bit & 1) == 0 ? 'S' : 'D');
    }
    return path.toString();
  }

  /** The animals on the way to a place: first the parent of the animal, last that of the place. */
  public int[] pathAnimals(int place) {
    int[] path = new int[generation(place)];
    for (int i = path.length - 1, step = place; i >= 0; i--, step /= 2) {
      path[i] = animals[step];
    }
    return path;
  }
}
