package studbook.pedigree.check.rule;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import studbook.pedigree.AnimalRow;
import studbook.pedigree.check.CheckedAnimals;
import studbook.pedigree.check.FindingSeverity;
import studbook.pedigree.check.GivenParentName;
import studbook.pedigree.check.NameKey;
import studbook.pedigree.check.PlausibilityFinding;
import studbook.pedigree.check.PlausibilityRule;
import studbook.pedigree.check.RuleDescription;
import studbook.pedigree.check.RuleDescription.RuleScope;

/**
 * A parent whose own record has another name than its offspring's record gives it. Case, accents,
 * apostrophes and the suffix of the country do not count.
 */
final class NameMismatchRule implements PlausibilityRule {

  private static final RuleDescription DESCRIPTION =
      new RuleDescription(
          "name-mismatch",
          FindingSeverity.WARNING,
          RuleScope.FETCHED_RECORDS,
          "a parent with another name than its foal's record gives it");

  @Override
  public RuleDescription description() {
    return DESCRIPTION;
  }

  /** Together with the name Storm Warning that the foal's record gives its sire. */
  @Override
  public List<AnimalRow> example() {
    return List.of(
        new ExampleHorse("foal").sire("sire").dam("dam").born("2010-03-01").row(),
        new ExampleHorse("sire").name("Long Meadow (IRE)").row());
  }

  @Override
  public void check(CheckedAnimals animals, Consumer<PlausibilityFinding> findings) {
    animals.parentNames().stream()
        .flatMap(given -> finding(animals, given).stream())
        .forEach(findings);
  }

  private static Optional<PlausibilityFinding> finding(
      CheckedAnimals animals, GivenParentName given) {
    String key = NameKey.of(given.name());
    return animals
        .table()
        .name(given.parent())
        .map(NameKey::of)
        .filter(own -> !own.isEmpty() && !key.isEmpty() && !own.equals(key))
        .map(_ ->
            new PlausibilityFinding(
                DESCRIPTION.id(),
                FindingSeverity.WARNING,
                List.of(given.offspring(), given.parent()),
                given.side().word(),
                "%s gives its %s the name %s, which is %s"
                    .formatted(
                        animals.label(given.offspring()),
                        given.side().word(),
                        given.name(),
                        animals.label(given.parent())),
                List.of()));
  }
}
