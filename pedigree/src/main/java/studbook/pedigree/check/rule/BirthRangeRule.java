package studbook.pedigree.check.rule;

import java.util.List;
import java.util.function.Consumer;
import studbook.pedigree.AnimalRow;
import studbook.pedigree.BirthDate;
import studbook.pedigree.check.CheckedAnimals;
import studbook.pedigree.check.FindingSeverity;
import studbook.pedigree.check.PlausibilityFinding;
import studbook.pedigree.check.PlausibilityRule;
import studbook.pedigree.check.RuleDescription;
import studbook.pedigree.check.RuleDescription.RuleScope;
import studbook.pedigree.check.RuleThreshold;

/** A birth in the future or before stud books. The date is at fault and no link. */
final class BirthRangeRule implements PlausibilityRule {

  private static final RuleDescription DESCRIPTION =
      new RuleDescription(
          "dob-range",
          FindingSeverity.ERROR,
          RuleScope.EVERY_PEDIGREE,
          "a birth in the future or before stud books");

  @Override
  public RuleDescription description() {
    return DESCRIPTION;
  }

  @Override
  public List<AnimalRow> example() {
    return List.of(new ExampleHorse("foal").born(1201).row());
  }

  @Override
  public void check(CheckedAnimals animals, Consumer<PlausibilityFinding> findings) {
    for (int animal = 0; animal < animals.table().size(); animal++) {
      if (animals.table().born(animal).filter(born -> isImpossible(animals, born)).isPresent()) {
        findings.accept(
            new PlausibilityFinding(
                DESCRIPTION.id(),
                FindingSeverity.ERROR,
                List.of(animal),
                "",
                "%s was born %s".formatted(animals.label(animal), animals.birthText(animal)),
                List.of()));
      }
    }
  }

  private static boolean isImpossible(CheckedAnimals animals, BirthDate born) {
    return born.year() < animals.threshold(RuleThreshold.EARLIEST_BIRTH)
        || born.year() > animals.today().getYear()
        || born.day().filter(day -> day.isAfter(animals.today())).isPresent();
  }
}
