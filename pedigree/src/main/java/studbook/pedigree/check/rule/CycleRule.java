package studbook.pedigree.check.rule;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import studbook.pedigree.AnimalRow;
import studbook.pedigree.check.CheckedAnimals;
import studbook.pedigree.check.FindingSeverity;
import studbook.pedigree.check.ParentLink;
import studbook.pedigree.check.ParentSide;
import studbook.pedigree.check.PlausibilityFinding;
import studbook.pedigree.check.PlausibilityRule;
import studbook.pedigree.check.RuleDescription;
import studbook.pedigree.check.RuleDescription.RuleScope;

/**
 * An animal that is its own ancestor. Cycles that share an animal are one finding; the shortest is
 * first. All links within a cycle are left out of figures, since nothing tells which one is wrong.
 */
final class CycleRule implements PlausibilityRule {

  private static final RuleDescription DESCRIPTION =
      new RuleDescription(
          "cycle",
          FindingSeverity.ERROR,
          RuleScope.EVERY_PEDIGREE,
          "an animal that is its own ancestor");

  @Override
  public RuleDescription description() {
    return DESCRIPTION;
  }

  @Override
  public List<AnimalRow> example() {
    return List.of(
        AnimalRow.of("first", "second", "mare"), AnimalRow.of("second", "first", "other mare"));
  }

  @Override
  public void check(CheckedAnimals animals, Consumer<PlausibilityFinding> findings) {
    animals.links().cycles().stream().map(cycle -> finding(animals, cycle)).forEach(findings);
  }

  private static PlausibilityFinding finding(CheckedAnimals animals, int[] cycle) {
    return new PlausibilityFinding(
        DESCRIPTION.id(),
        FindingSeverity.ERROR,
        IntStream.of(cycle).boxed().toList(),
        "",
        text(animals, cycle),
        IntStream.of(cycle).boxed().flatMap(one -> linksWithin(animals, cycle, one)).toList());
  }

  private static String text(CheckedAnimals animals, int[] cycle) {
    int[] path = animals.links().pathAround(cycle);
    if (path.length == 1) {
      return animals.label(path[0]) + " is its own parent" + others(animals, cycle, path);
    }
    String way =
        IntStream.concat(IntStream.of(path), IntStream.of(path[0]))
            .mapToObj(animals::label)
            .collect(Collectors.joining(" > "));
    return "each is a parent of the one before: " + way + others(animals, cycle, path);
  }

  /** Animals of other cycles that share one with the path. */
  private static String others(CheckedAnimals animals, int[] cycle, int[] path) {
    int[] shown = path.clone();
    Arrays.sort(shown);
    List<Integer> others =
        IntStream.of(cycle).filter(one -> Arrays.binarySearch(shown, one) < 0).boxed().toList();
    return others.isEmpty()
        ? ""
        : others.stream()
            .map(animals::label)
            .collect(Collectors.joining(", ", "; in further cycles with these: ", ""));
  }

  private static Stream<ParentLink> linksWithin(CheckedAnimals animals, int[] cycle, int animal) {
    return Stream.of(ParentSide.values())
        .filter(side -> Arrays.binarySearch(cycle, animals.parent(animal, side)) >= 0)
        .map(side -> new ParentLink(animal, side));
  }
}
