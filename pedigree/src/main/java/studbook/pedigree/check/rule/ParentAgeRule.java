package studbook.pedigree.check.rule;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
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
import studbook.pedigree.check.RuleThreshold;

/** The ages of parents when a foal is born; parents that are not older are another rule's. */
enum ParentAgeRule implements PlausibilityRule {
  SIRE_YOUNG(
      ParentSide.SIRE,
      true,
      RuleThreshold.SIRE_YOUNG_ERROR,
      RuleThreshold.SIRE_YOUNG_WARNING,
      "a sire too young"),
  SIRE_OLD(
      ParentSide.SIRE,
      false,
      RuleThreshold.SIRE_OLD_ERROR,
      RuleThreshold.SIRE_OLD_WARNING,
      "a sire too old"),
  DAM_YOUNG(
      ParentSide.DAM,
      true,
      RuleThreshold.DAM_YOUNG_ERROR,
      RuleThreshold.DAM_YOUNG_WARNING,
      "a dam too young"),
  DAM_OLD(
      ParentSide.DAM,
      false,
      RuleThreshold.DAM_OLD_ERROR,
      RuleThreshold.DAM_OLD_WARNING,
      "a dam too old");

  private final ParentSide side;
  private final boolean young;
  private final RuleThreshold error;
  private final RuleThreshold warning;

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final RuleDescription description;

  ParentAgeRule(
      ParentSide side, boolean young, RuleThreshold error, RuleThreshold warning, String text) {
    this.side = side;
    this.young = young;
    this.error = error;
    this.warning = warning;
    this.description =
        new RuleDescription(
            side.word() + (young ? "-young" : "-old"),
            FindingSeverity.ERROR,
            RuleScope.HORSES,
            text);
  }

  @Override
  public RuleDescription description() {
    return description;
  }

  @Override
  public List<AnimalRow> example() {
    ExampleHorse foal = new ExampleHorse("foal").born("2010-03-01");
    return List.of(
        new ExampleHorse("parent").born(young ? 2008 : 1970).row(),
        (side == ParentSide.SIRE
                ? foal.sire("parent").dam("other")
                : foal.sire("other").dam("parent"))
            .row());
  }

  @Override
  public void check(CheckedAnimals animals, Consumer<PlausibilityFinding> findings) {
    for (int foal = 0; foal < animals.table().size(); foal++) {
      int parent = animals.parent(foal, side);
      OptionalInt age =
          parent == ParentLinks.UNKNOWN ? OptionalInt.empty() : animals.ageAtFoaling(parent, foal);
      if (age.isPresent()) {
        report(animals, parent, foal, age.getAsInt(), findings);
      }
    }
  }

  private void report(
      CheckedAnimals animals,
      int parent,
      int foal,
      int age,
      Consumer<PlausibilityFinding> findings) {
    severity(animals, age)
        .map(severity ->
            new PlausibilityFinding(
                description.id(),
                severity,
                List.of(foal, parent),
                "",
                "%s, born %s, was %d when %s was born, %s"
                    .formatted(
                        animals.label(parent),
                        animals.birthText(parent),
                        age,
                        animals.label(foal),
                        animals.birthText(foal)),
                severity == FindingSeverity.ERROR
                    ? List.of(new ParentLink(foal, side))
                    : List.of()))
        .ifPresent(findings);
  }

  private Optional<FindingSeverity> severity(CheckedAnimals animals, int age) {
    return exceeds(animals.threshold(error), age)
        ? Optional.of(FindingSeverity.ERROR)
        : Optional.of(FindingSeverity.WARNING)
            .filter(_ -> exceeds(animals.threshold(warning), age));
  }

  private boolean exceeds(int threshold, int age) {
    return young ? age <= threshold : age > threshold;
  }
}
