package studbook.pedigree.check.rule;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import studbook.pedigree.AnimalRow;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.Sex;
import studbook.pedigree.check.CheckedAnimals;
import studbook.pedigree.check.FindingSeverity;
import studbook.pedigree.check.ParentLink;
import studbook.pedigree.check.ParentSide;
import studbook.pedigree.check.PlausibilityFinding;
import studbook.pedigree.check.PlausibilityRule;
import studbook.pedigree.check.RuleDescription;
import studbook.pedigree.check.RuleDescription.RuleScope;

/**
 * One individual as sire and as dam, of one animal or of several. Left out of figures are its links
 * in the role that contradicts its recorded sex, or all of them if the sex is unknown.
 */
final class SameParentsRule implements PlausibilityRule {

  private static final RuleDescription DESCRIPTION =
      new RuleDescription(
          "same-parents",
          FindingSeverity.ERROR,
          RuleScope.EVERY_PEDIGREE,
          "one individual as sire and as dam");

  @Override
  public RuleDescription description() {
    return DESCRIPTION;
  }

  @Override
  public List<AnimalRow> example() {
    return List.of(
        new ExampleHorse("first").sire("parent").dam("mare").row(),
        new ExampleHorse("second").sire("stallion").dam("parent").row());
  }

  @Override
  public void check(CheckedAnimals animals, Consumer<PlausibilityFinding> findings) {
    for (int animal = 0; animal < animals.table().size(); animal++) {
      if (animals.foals(ParentSide.SIRE).count(animal) > 0
          && animals.foals(ParentSide.DAM).count(animal) > 0) {
        findings.accept(finding(animals, animal));
      }
    }
  }

  private static PlausibilityFinding finding(CheckedAnimals animals, int parent) {
    int both =
        animals
            .foals(ParentSide.SIRE)
            .of(parent)
            .filter(foal -> animals.links().dam(foal) == parent)
            .findFirst()
            .orElse(ParentLinks.UNKNOWN);
    String text =
        both == ParentLinks.UNKNOWN
            ? "%s is the sire of %s and the dam of %s"
                .formatted(
                    animals.label(parent),
                    animals.foalsText(parent, ParentSide.SIRE),
                    animals.foalsText(parent, ParentSide.DAM))
            : "%s is both sire and dam of %s".formatted(animals.label(parent), animals.label(both));
    return new PlausibilityFinding(
        DESCRIPTION.id(),
        FindingSeverity.ERROR,
        List.of(parent),
        "",
        text,
        faulty(animals, parent));
  }

  private static List<ParentLink> faulty(CheckedAnimals animals, int parent) {
    Sex sex = animals.table().sex(parent);
    return Stream.of(ParentSide.values())
        .filter(side -> !ParentSexRule.fits(sex, side) || sex == Sex.UNKNOWN)
        .flatMap(side -> animals.links(parent, side))
        .toList();
  }
}
