package studbook.chart.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import studbook.chart.tree.ChartPlace.CyclePlace;
import studbook.chart.tree.ChartPlace.HorsePlace;
import studbook.chart.tree.ChartPlace.VacantPlace;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.ParentLinks;

/**
 * The ancestors of a horse over some generations. Places have the numbers of an ahnentafel (Kekulé
 * numbers): 1 is the horse, 2n is the sire and 2n + 1 the dam of n. Immutable.
 */
public final class AncestorTree {

  /** More would need 2^13 places. */
  public static final int MOST_GENERATIONS = 12;

  private static final int SUBJECT = 1;

  /** By number; the first is unused. */
  private final List<ChartPlace> places;

  private AncestorTree(List<ChartPlace> places) {
    this.places = List.copyOf(places);
  }

  /**
   * Looks the ancestors up.
   *
   * @param subject an index of {@code animals}
   * @param generations from 1 to {@link #MOST_GENERATIONS}
   */
  public static AncestorTree of(AnimalTable animals, int subject, int generations) {
    if (generations < 1 || generations > MOST_GENERATIONS) {
      throw new IllegalArgumentException(generations + " generations");
    }
    CycleMembers cycles = CycleMembers.of(animals.links());
    int[] numbered = new int[1 << (generations + 1)];
    Arrays.fill(numbered, ParentLinks.UNKNOWN);
    List<ChartPlace> places = new ArrayList<>(numbered.length);
    places.add(VacantPlace.BEYOND);
    numbered[SUBJECT] = subject;
    places.add(new HorsePlace(ChartHorse.of(animals, subject)));
    for (int number = SUBJECT + 1; number < numbered.length; number++) {
      int child = numbered[number / 2];
      ChartPlace place = place(animals, cycles, child, isSire(number));
      if (place instanceof HorsePlace recorded) {
        numbered[number] = recorded.horse().animal();
      }
      places.add(place);
    }
    return new AncestorTree(places);
  }

  private static ChartPlace place(
      AnimalTable animals, CycleMembers cycles, int child, boolean sire) {
    if (child == ParentLinks.UNKNOWN) {
      return VacantPlace.BEYOND;
    }
    int parent = sire ? animals.links().sire(child) : animals.links().dam(child);
    if (parent == ParentLinks.UNKNOWN) {
      return VacantPlace.NOT_RECORDED;
    }
    ChartHorse horse = ChartHorse.of(animals, parent);
    return cycles.hasLink(child, parent) ? new CyclePlace(horse) : new HorsePlace(horse);
  }

  /** The same with fewer generations, or with as many if it has no more. */
  public AncestorTree within(int generations) {
    return generations >= generations()
        ? this
        : new AncestorTree(places.subList(0, 1 << (generations + 1)));
  }

  /**
   * The same without the generations at its end that have no place to show; at least one is left.
   */
  public AncestorTree trimmed() {
    int deepest =
        numbers().filter(number -> place(number) != VacantPlace.BEYOND).max().orElse(SUBJECT);
    return within(Math.max(1, generation(deepest)));
  }

  public int generations() {
    return generation(places.size() - 1);
  }

  public ChartHorse subject() {
    return horse(SUBJECT).orElseThrow();
  }

  public ChartPlace place(int number) {
    return places.get(number);
  }

  /** The recorded horse of a place. */
  public Optional<ChartHorse> horse(int number) {
    return place(number) instanceof HorsePlace recorded
        ? Optional.of(recorded.horse())
        : Optional.empty();
  }

  /** The numbers of all places, the horse's own first. */
  public IntStream numbers() {
    return IntStream.range(SUBJECT, places.size());
  }

  /** The numbers of its ancestors' places. */
  public IntStream ancestors() {
    return IntStream.range(SUBJECT + 1, places.size());
  }

  /** Ancestors that are recorded, each place counted. */
  public int recorded() {
    return (int) ancestors().filter(number -> horse(number).isPresent()).count();
  }

  /** The places of ancestors, recorded or not. */
  public int size() {
    return places.size() - 2;
  }

  /** Whether a record makes a horse its own ancestor. */
  public boolean hasCycle() {
    return places.stream().anyMatch(CyclePlace.class::isInstance);
  }

  public static int generation(int number) {
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(number);
  }

  public static boolean isSire(int number) {
    return number % 2 == 0;
  }

  /** Whether a place of an ancestor is in the sire's half. */
  public static boolean isOnSireSide(int number) {
    return isSire(number >> (generation(number) - 1));
  }

  /** {@code SDS}: the steps from the horse to a place, S to a sire and D to a dam. */
  public static String path(int number) {
    return Integer.toBinaryString(number).substring(1).replace('0', 'S').replace('1', 'D');
  }
}
