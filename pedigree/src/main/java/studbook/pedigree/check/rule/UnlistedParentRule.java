package studbook.pedigree.check.rule;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import studbook.pedigree.AnimalRow;
import studbook.pedigree.check.CheckedAnimals;
import studbook.pedigree.check.FindingSeverity;
import studbook.pedigree.check.ParentSide;
import studbook.pedigree.check.PlausibilityFinding;
import studbook.pedigree.check.PlausibilityRule;
import studbook.pedigree.check.RuleDescription;
import studbook.pedigree.check.RuleDescription.RuleScope;

/** A parent without a row of its own. Figures count it as a founder. */
final class UnlistedParentRule implements PlausibilityRule {

  private static final RuleDescription DESCRIPTION =
      new RuleDescription(
          "unlisted-parent",
          FindingSeverity.NOTE,
          RuleScope.WHOLE_LIST,
          "a parent without a row of its own");

  @Override
  public RuleDescription description() {
    return DESCRIPTION;
  }

  @Override
  public List<AnimalRow> example() {
    return List.of(
        new ExampleHorse("stallion").row(),
        new ExampleHorse("foal").sire("stallion").dam("mare").row());
  }

  @Override
  public void check(CheckedAnimals animals, Consumer<PlausibilityFinding> findings) {
    for (int animal = 0; animal < animals.table().size(); animal++) {
      int parent = animal;
      if (!animals.table().hasRow(parent)) {
        Stream.of(ParentSide.values())
            .filter(side -> animals.foals(side).count(parent) > 0)
            .findFirst()
            .map(side ->
                new PlausibilityFinding(
                    DESCRIPTION.id(),
                    FindingSeverity.NOTE,
                    List.of(parent),
                    "",
                    "%s, the %s of %s, has no row of its own"
                        .formatted(
                            animals.label(parent), side.word(), animals.foalsText(parent, side)),
                    List.of()))
            .ifPresent(findings);
      }
    }
  }
}
