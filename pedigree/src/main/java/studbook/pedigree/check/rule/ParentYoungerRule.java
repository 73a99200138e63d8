package studbook.pedigree.check.rule;

import java.util.List;
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

/** A parent that was not born in an earlier calendar year. */
final class ParentYoungerRule implements PlausibilityRule {

  private static final RuleDescription DESCRIPTION =
      new RuleDescription(
          "parent-younger",
          FindingSeverity.ERROR,
          RuleScope.EVERY_PEDIGREE,
          "a parent born in the year of its foal or later");

  @Override
  public RuleDescription description() {
    return DESCRIPTION;
  }

  @Override
  public List<AnimalRow> example() {
    return List.of(
        new ExampleHorse("mare").born(2014).row(),
        new ExampleHorse("foal").sire("stallion").dam("mare").born(2010).row());
  }

  @Override
  public void check(CheckedAnimals animals, Consumer<PlausibilityFinding> findings) {
    for (ParentSide side : ParentSide.values()) {
      for (int foal = 0; foal < animals.table().size(); foal++) {
        int parent = animals.parent(foal, side);
        if (parent != ParentLinks.UNKNOWN && animals.yearsBetween(parent, foal).orElse(1) <= 0) {
          findings.accept(finding(animals, parent, foal, side));
        }
      }
    }
  }

  private static PlausibilityFinding finding(
      CheckedAnimals animals, int parent, int foal, ParentSide side) {
    String text =
        "%s, born %s, is the %s of %s, born %s"
            .formatted(
                animals.label(parent),
                animals.birthText(parent),
                side.word(),
                animals.label(foal),
                animals.birthText(foal));
    return new PlausibilityFinding(
        DESCRIPTION.id(),
        FindingSeverity.ERROR,
        List.of(foal, parent),
        side.word(),
        text,
        List.of(new ParentLink(foal, side)));
  }
}
