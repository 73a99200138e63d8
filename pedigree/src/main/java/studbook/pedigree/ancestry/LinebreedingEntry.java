package studbook.pedigree.ancestry;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An ancestor that an animal has through two or more of the ancestor's offspring.
 *
 * @param ancestor its index
 * @param places all its places in the chart, see {@link AncestorPlaces}
 */
public record LinebreedingEntry(int ancestor, List<Integer> places) {

  public LinebreedingEntry {
    if (places.size() < 2) {
      throw new IllegalArgumentException("an ancestor with one place is no linebreeding");
    }
    places = List.copyOf(places);
  }

  /**
   * The entries of a chart, largest share of blood first. An ancestor that repeats only through one
   * and the same child is left out: the child is the entry.
   */
  public static List<LinebreedingEntry> of(AncestorPlaces chart) {
    List<LinebreedingEntry> entries = new ArrayList<>();
    chart
        .byAncestor()
        .forEach((ancestor, places) -> {
          if (places.stream().map(place -> chart.at(place / 2)).distinct().count() > 1) {
            entries.add(new LinebreedingEntry(ancestor, places));
          }
        });
    entries.sort((first, second) -> Double.compare(second.bloodShare(), first.bloodShare()));
    return entries;
  }

  /** The generations as breeders write them, sire's side first: {@code 4S x 5D}. */
  public String notation() {
    List<Integer> sireSide = places.stream().filter(AncestorPlaces::isOnSireSide).toList();
    List<Integer> damSide = places.stream().filter(p -> !AncestorPlaces.isOnSireSide(p)).toList();
    return IntStream.concat(sireSide.stream().mapToInt(p -> p), damSide.stream().mapToInt(p -> p))
        .mapToObj(place ->
            AncestorPlaces.generation(place) + (AncestorPlaces.isOnSireSide(place) ? "S" : "D"))
        .collect(Collectors.joining(" x "));
  }

  /** The expected share of the animal's genes that come from the ancestor: the sum of (1/2)^n. */
  public double bloodShare() {
    return places.stream().mapToDouble(LinebreedingEntry::bloodShare).sum();
  }

  private static double bloodShare(int place) {
    return Math.scalb(1.0, -AncestorPlaces.generation(place));
  }

  /** Whether both parents have the ancestor, or one of them is the ancestor. */
  public boolean isOnBothSides() {
    return places.stream().anyMatch(AncestorPlaces::isOnSireSide)
        && !places.stream().allMatch(AncestorPlaces::isOnSireSide);
  }
}
