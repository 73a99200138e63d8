package studbook.pedigree.check.rule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import studbook.pedigree.AnimalRow;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.check.CheckedAnimals;
import studbook.pedigree.check.FindingSeverity;
import studbook.pedigree.check.InheritedColour;
import studbook.pedigree.check.PlausibilityFinding;
import studbook.pedigree.check.PlausibilityRule;
import studbook.pedigree.check.RuleDescription;
import studbook.pedigree.check.RuleDescription.RuleScope;

/** Colours that cannot be inherited; a recorded colour is often wrong, so a person has to look. */
enum ColourRule implements PlausibilityRule {
  /** Chestnut is recessive. */
  CHESTNUT("colour-chestnut", "two chestnut parents with a foal that is not chestnut", "B", "CH") {
    @Override
    boolean isFaulty(InheritedColour foal, InheritedColour sire, InheritedColour dam) {
      return sire == InheritedColour.CHESTNUT
          && dam == InheritedColour.CHESTNUT
          && (foal == InheritedColour.DARK || foal == InheritedColour.GREY);
    }
  },
  /** Grey is dominant. */
  GREY("colour-grey", "a grey foal without a grey parent", "GR", "B") {
    @Override
    boolean isFaulty(InheritedColour foal, InheritedColour sire, InheritedColour dam) {
      return foal == InheritedColour.GREY && isKnownNotGrey(sire) && isKnownNotGrey(dam);
    }
  };

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final RuleDescription description;

  private final String exampleFoal;
  private final String exampleParents;

  ColourRule(String id, String text, String exampleFoal, String exampleParents) {
    this.description = new RuleDescription(id, FindingSeverity.WARNING, RuleScope.HORSES, text);
    this.exampleFoal = exampleFoal;
    this.exampleParents = exampleParents;
  }

  abstract boolean isFaulty(InheritedColour foal, InheritedColour sire, InheritedColour dam);

  private static boolean isKnownNotGrey(InheritedColour colour) {
    return colour == InheritedColour.CHESTNUT || colour == InheritedColour.DARK;
  }

  @Override
  public RuleDescription description() {
    return description;
  }

  @Override
  public List<AnimalRow> example() {
    return List.of(
        new ExampleHorse("sire").colour(exampleParents).row(),
        new ExampleHorse("dam").colour(exampleParents).row(),
        new ExampleHorse("foal").sire("sire").dam("dam").colour(exampleFoal).row());
  }

  @Override
  public void check(CheckedAnimals animals, Consumer<PlausibilityFinding> findings) {
    // A pedigree has few colours, and telling one takes longer than finding it.
    Map<String, InheritedColour> known = new HashMap<>();
    IntFunction<InheritedColour> colours =
        animal -> known.computeIfAbsent(animals.table().colour(animal), InheritedColour::of);
    for (int foal = 0; foal < animals.table().size(); foal++) {
      int sire = animals.links().sire(foal);
      int dam = animals.links().dam(foal);
      if (sire != ParentLinks.UNKNOWN
          && dam != ParentLinks.UNKNOWN
          && isFaulty(colours.apply(foal), colours.apply(sire), colours.apply(dam))) {
        findings.accept(finding(animals, foal, sire, dam));
      }
    }
  }

  private PlausibilityFinding finding(CheckedAnimals animals, int foal, int sire, int dam) {
    String text =
        "%s is %s, its sire %s %s, its dam %s %s"
            .formatted(
                animals.label(foal),
                animals.table().colour(foal),
                animals.label(sire),
                animals.table().colour(sire),
                animals.label(dam),
                animals.table().colour(dam));
    return new PlausibilityFinding(
        description.id(), FindingSeverity.WARNING, List.of(foal, sire, dam), "", text, List.of());
  }
}
