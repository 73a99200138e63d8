package studbook.pedigree.check.rule;

import java.util.List;
import java.util.function.Consumer;
import studbook.pedigree.AnimalRow;
import studbook.pedigree.Sex;
import studbook.pedigree.check.CheckedAnimals;
import studbook.pedigree.check.FindingSeverity;
import studbook.pedigree.check.ParentSide;
import studbook.pedigree.check.PlausibilityFinding;
import studbook.pedigree.check.PlausibilityRule;
import studbook.pedigree.check.RuleDescription;
import studbook.pedigree.check.RuleDescription.RuleScope;

/** The recorded sex of parents. */
enum ParentSexRule implements PlausibilityRule {
  /** A sire that is female, or a dam that is male. */
  WRONG_SEX(
      new RuleDescription(
          "parent-sex",
          FindingSeverity.ERROR,
          RuleScope.EVERY_PEDIGREE,
          "a sire recorded as female, or a dam as male")) {
    @Override
    public List<AnimalRow> example() {
      return List.of(
          new ExampleHorse("parent").sex(Sex.FEMALE).row(),
          new ExampleHorse("foal").sire("parent").dam("mare").row());
    }

    @Override
    boolean isFaulty(Sex sex, ParentSide side) {
      return !fits(sex, side);
    }
  },
  /** A sire that was gelded later. */
  GELDING_SIRE(
      new RuleDescription(
          "gelding-sire", FindingSeverity.NOTE, RuleScope.HORSES, "a sire recorded as gelding")) {
    @Override
    public List<AnimalRow> example() {
      return List.of(
          new ExampleHorse("parent").sex(Sex.GELDING).row(),
          new ExampleHorse("foal").sire("parent").dam("mare").row());
    }

    @Override
    boolean isFaulty(Sex sex, ParentSide side) {
      return sex == Sex.GELDING && side == ParentSide.SIRE;
    }
  };

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final RuleDescription description;

  ParentSexRule(RuleDescription description) {
    this.description = description;
  }

  abstract boolean isFaulty(Sex sex, ParentSide side);

  /** Whether an animal of that sex can be that parent; a sire may have been gelded later. */
  static boolean fits(Sex sex, ParentSide side) {
    return switch (sex) {
      case MALE, GELDING -> side == ParentSide.SIRE;
      case FEMALE -> side == ParentSide.DAM;
      case UNKNOWN -> true;
    };
  }

  @Override
  public RuleDescription description() {
    return description;
  }

  @Override
  public void check(CheckedAnimals animals, Consumer<PlausibilityFinding> findings) {
    for (ParentSide side : ParentSide.values()) {
      for (int animal = 0; animal < animals.table().size(); animal++) {
        if (animals.foals(side).count(animal) > 0 && isFaulty(animals.table().sex(animal), side)) {
          findings.accept(finding(animals, animal, side));
        }
      }
    }
  }

  private PlausibilityFinding finding(CheckedAnimals animals, int parent, ParentSide side) {
    String text =
        "%s is recorded as %s and is the %s of %s"
            .formatted(
                animals.label(parent),
                word(animals.table().sex(parent)),
                side.word(),
                animals.foalsText(parent, side));
    return new PlausibilityFinding(
        description.id(),
        description.severity(),
        List.of(parent),
        side.word(),
        text,
        description.severity() == FindingSeverity.ERROR
            ? animals.links(parent, side).toList()
            : List.of());
  }

  private static String word(Sex sex) {
    return switch (sex) {
      case MALE -> "male";
      case FEMALE -> "female";
      case GELDING -> "gelding";
      case UNKNOWN -> "of unknown sex";
    };
  }
}
