package studbook.chart.tree;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An ancestor in several places of a chart.
 *
 * @param index from 0, unique in the chart
 * @param numbers of its places, at least two, ascending
 * @param through the only horse through which it repeats; empty if it repeats through several,
 *     which is what breeders count as linebreeding
 */
public record RepeatedAncestor(
    int index, ChartHorse horse, List<Integer> numbers, Optional<ChartHorse> through) {

  private static final int LETTERS = 26;

  public RepeatedAncestor {
    numbers = List.copyOf(numbers);
  }

  /**
   * All of a tree, by their numbers: first those that repeat through several children, among these
   * first the nearest.
   */
  public static List<RepeatedAncestor> in(AncestorTree tree) {
    Map<ChartHorse, List<Integer>> places = new LinkedHashMap<>();
    tree.ancestors()
        .forEach(number ->
            tree.horse(number)
                .ifPresent(
                    horse -> places.computeIfAbsent(horse, _ -> new ArrayList<>()).add(number)));
    List<RepeatedAncestor> repeated = new ArrayList<>();
    places.forEach((horse, numbers) -> {
      if (numbers.size() > 1) {
        repeated.add(new RepeatedAncestor(0, horse, numbers, onlyChild(tree, numbers)));
      }
    });
    repeated.sort(comparing(ancestor -> ancestor.through().isPresent())); // keeps the order else
    List<RepeatedAncestor> numbered = new ArrayList<>();
    for (RepeatedAncestor ancestor : repeated) {
      numbered.add(
          new RepeatedAncestor(
              numbered.size(), ancestor.horse(), ancestor.numbers(), ancestor.through()));
    }
    return numbered;
  }

  private static Optional<ChartHorse> onlyChild(AncestorTree tree, List<Integer> numbers) {
    List<ChartHorse> children =
        numbers.stream().flatMap(number -> tree.horse(number / 2).stream()).distinct().toList();
    return children.size() == 1 ? Optional.of(children.getFirst()) : Optional.empty();
  }

  /** The same by the numbers of their places. */
  public static Map<Integer, RepeatedAncestor> byPlace(List<RepeatedAncestor> ancestors) {
    return ancestors.stream()
        .flatMap(ancestor -> ancestor.numbers().stream().map(number -> Map.entry(number, ancestor)))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** {@code A} to {@code Z}, then {@code AA}: its mark in the chart. */
  public String mark() {
    StringBuilder mark = new StringBuilder();
    for (int rest = index; rest >= 0; rest = rest / LETTERS - 1) {
      mark.insert(0, (char) ('A' + rest % LETTERS));
    }
    return mark.toString();
  }

  /** {@code 4S x 5D}: its generations in the sire's half (S), then in the dam's (D). */
  public String places() {
    return numbers.stream()
        .sorted(
            comparing((Integer number) -> !AncestorTree.isOnSireSide(number))
                .thenComparingInt(AncestorTree::generation))
        .map(number ->
            AncestorTree.generation(number) + (AncestorTree.isOnSireSide(number) ? "S" : "D"))
        .collect(Collectors.joining(" x "));
  }

  /** The share of its blood in the horse: the sum of (1/2)^n over its places, in per cent. */
  public double bloodPercent() {
    return numbers.stream()
        .mapToDouble(number -> 100.0 / (1 << AncestorTree.generation(number)))
        .sum();
  }
}
