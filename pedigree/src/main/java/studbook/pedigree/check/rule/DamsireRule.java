package studbook.pedigree.check.rule;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import studbook.pedigree.AnimalRow;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.check.CheckedAnimals;
import studbook.pedigree.check.FindingSeverity;
import studbook.pedigree.check.ParentLink;
import studbook.pedigree.check.ParentSide;
import studbook.pedigree.check.PlausibilityFinding;
import studbook.pedigree.check.PlausibilityRule;
import studbook.pedigree.check.RuleDescription;
import studbook.pedigree.check.RuleDescription.RuleScope;

/**
 * The sire of a foal's dam, as the foal's record and the dam's own have it. If most foals agree
 * with the dam's record, the dams of the others are left out of figures, otherwise the dam's sire.
 */
final class DamsireRule implements PlausibilityRule {

  private static final RuleDescription DESCRIPTION =
      new RuleDescription(
          "damsire",
          FindingSeverity.ERROR,
          RuleScope.EVERY_PEDIGREE,
          "records that name different sires of a dam");

  @Override
  public RuleDescription description() {
    return DESCRIPTION;
  }

  @Override
  public List<AnimalRow> example() {
    return List.of(
        new ExampleHorse("mare").sire("sire of mare").dam("dam of mare").row(),
        new ExampleHorse("foal").sire("stallion").dam("mare").damsire("another").row());
  }

  @Override
  public void check(CheckedAnimals animals, Consumer<PlausibilityFinding> findings) {
    BitSet dams = damsWithNamedSire(animals);
    for (int dam = dams.nextSetBit(0); dam >= 0; dam = dams.nextSetBit(dam + 1)) {
      Map<Integer, List<Integer>> foals = foalsByDamsire(animals, dam);
      int sire = animals.links().sire(dam);
      if (animals.table().hasRow(dam) && sire != ParentLinks.UNKNOWN) {
        compare(animals, dam, sire, foals, findings);
      } else if (foals.size() > 1) {
        findings.accept(disagreement(animals, dam, foals));
      }
    }
  }

  /** The dams whose sire a foal's record names. */
  private static BitSet damsWithNamedSire(CheckedAnimals animals) {
    BitSet dams = new BitSet();
    for (int foal = 0; foal < animals.table().size(); foal++) {
      int dam = animals.links().dam(foal);
      if (dam != ParentLinks.UNKNOWN && animals.table().damsire(foal) != ParentLinks.UNKNOWN) {
        dams.set(dam);
      }
    }
    return dams;
  }

  private static Map<Integer, List<Integer>> foalsByDamsire(CheckedAnimals animals, int dam) {
    return animals
        .foals(ParentSide.DAM)
        .of(dam)
        .filter(foal -> animals.table().damsire(foal) != ParentLinks.UNKNOWN)
        .boxed()
        .collect(
            groupingBy(foal -> animals.table().damsire(foal), TreeMap::new, Collectors.toList()));
  }

  private static void compare(
      CheckedAnimals animals,
      int dam,
      int sire,
      Map<Integer, List<Integer>> foals,
      Consumer<PlausibilityFinding> findings) {
    int agreeing = foals.getOrDefault(sire, List.of()).size();
    int others = foals.values().stream().mapToInt(List::size).sum() - agreeing;
    foals.forEach((damsire, contradicting) -> {
      if (damsire != sire) {
        contradicting.forEach(foal ->
            findings.accept(
                new PlausibilityFinding(
                    DESCRIPTION.id(),
                    FindingSeverity.ERROR,
                    List.of(foal, dam, damsire, sire),
                    "",
                    "%s has the damsire %s, but its dam %s has the sire %s"
                        .formatted(
                            animals.label(foal),
                            animals.label(damsire),
                            animals.label(dam),
                            animals.label(sire)),
                    List.of(
                        agreeing >= others || others == 1
                            ? new ParentLink(foal, ParentSide.DAM)
                            : new ParentLink(dam, ParentSide.SIRE)))));
      }
    });
  }

  private static PlausibilityFinding disagreement(
      CheckedAnimals animals, int dam, Map<Integer, List<Integer>> foals) {
    String named =
        foals.entrySet().stream()
            .map(entry ->
                "%s (of %s)"
                    .formatted(
                        animals.label(entry.getKey()), animals.labels(entry.getValue().stream())))
            .collect(Collectors.joining(", "));
    List<Integer> involved = new ArrayList<>(List.of(dam));
    involved.addAll(foals.keySet());
    return new PlausibilityFinding(
        DESCRIPTION.id(),
        FindingSeverity.ERROR,
        involved,
        "",
        "the foals of %s have different damsires: %s".formatted(animals.label(dam), named),
        animals.links().sire(dam) == ParentLinks.UNKNOWN
            ? List.of()
            : List.of(new ParentLink(dam, ParentSide.SIRE)));
  }
}
