package studbook.pedigree.check.rule;

import java.util.List;
import java.util.function.Consumer;
import studbook.pedigree.AnimalRow;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.check.CheckedAnimals;
import studbook.pedigree.check.FindingSeverity;
import studbook.pedigree.check.PlausibilityFinding;
import studbook.pedigree.check.PlausibilityRule;
import studbook.pedigree.check.RuleDescription;
import studbook.pedigree.check.RuleDescription.RuleScope;

/**
 * The end of a line: a record that was fetched, which shows in its date of birth, has no parents.
 */
final class FounderRule implements PlausibilityRule {

  private static final RuleDescription DESCRIPTION =
      new RuleDescription(
          "founder", FindingSeverity.NOTE, RuleScope.FETCHED_RECORDS, "fetched, and no parents");

  @Override
  public RuleDescription description() {
    return DESCRIPTION;
  }

  @Override
  public List<AnimalRow> example() {
    return List.of(new ExampleHorse("founder").born("1990-03-01").row());
  }

  @Override
  public void check(CheckedAnimals animals, Consumer<PlausibilityFinding> findings) {
    for (int animal = 0; animal < animals.table().size(); animal++) {
      if (animals.table().born(animal).isPresent()
          && animals.links().sire(animal) == ParentLinks.UNKNOWN
          && animals.links().dam(animal) == ParentLinks.UNKNOWN) {
        findings.accept(
            new PlausibilityFinding(
                DESCRIPTION.id(),
                FindingSeverity.NOTE,
                List.of(animal),
                "",
                animals.label(animal) + " has no parents",
                List.of()));
      }
    }
  }
}
