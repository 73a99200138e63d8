package studbook.pedigree.check.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import studbook.pedigree.AnimalRow;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.check.CheckedAnimals;
import studbook.pedigree.check.FindingSeverity;
import studbook.pedigree.check.NameKey;
import studbook.pedigree.check.ParentSide;
import studbook.pedigree.check.PlausibilityFinding;
import studbook.pedigree.check.PlausibilityRule;
import studbook.pedigree.check.RuleDescription;
import studbook.pedigree.check.RuleDescription.RuleScope;

/** Animals of one name. They are never merged. */
enum SharedNameRule implements PlausibilityRule {
  /** The same year of birth and dam, too. */
  DUPLICATE(
      new RuleDescription(
          "duplicate",
          FindingSeverity.WARNING,
          RuleScope.EVERY_PEDIGREE,
          "one name, year of birth and dam under different ids"),
      "%s may be one animal: one name, year of birth and dam") {

    @Override
    Optional<String> key(CheckedAnimals animals, int animal) {
      int dam = animals.links().dam(animal);
      return dam == ParentLinks.UNKNOWN || animals.foals(ParentSide.DAM).count(dam) == 1
          ? Optional.empty()
          : animals
              .table()
              .born(animal)
              .flatMap(born ->
                  HOMONYM.key(animals, animal).map(name -> name + "/" + born.year() + "/" + dam));
    }
  },
  /** Namesakes. */
  HOMONYM(
      new RuleDescription(
          "homonym",
          FindingSeverity.NOTE,
          RuleScope.EVERY_PEDIGREE,
          "one name under different ids"),
      "%s have one name") {

    @Override
    Optional<String> key(CheckedAnimals animals, int animal) {
      return animals.table().name(animal).map(NameKey::of).filter(key -> !key.isEmpty());
    }
  };

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final RuleDescription description;

  private final String sentence;

  SharedNameRule(RuleDescription description, String sentence) {
    this.description = description;
    this.sentence = sentence;
  }

  /** Equal for animals that share what the rule is about. */
  abstract Optional<String> key(CheckedAnimals animals, int animal);

  @Override
  public RuleDescription description() {
    return description;
  }

  @Override
  public List<AnimalRow> example() {
    ExampleHorse first = new ExampleHorse("first").name("Long Meadow (IRE)");
    ExampleHorse second = new ExampleHorse("second").name("LONG MEADOW");
    return this == HOMONYM
        ? List.of(first.row(), second.row())
        : List.of(
            first.sire("stallion").dam("mare").born("2010-03-01").row(),
            second.sire("stallion").dam("mare").born("2010-03-01").row());
  }

  @Override
  public void check(CheckedAnimals animals, Consumer<PlausibilityFinding> findings) {
    Map<String, Integer> firsts = new LinkedHashMap<>();
    Map<Integer, List<Integer>> shared = new LinkedHashMap<>();
    for (int animal = 0; animal < animals.table().size(); animal++) {
      Optional<String> key = key(animals, animal);
      Integer first = key.isPresent() ? firsts.putIfAbsent(key.get(), animal) : null;
      if (first != null) {
        shared.computeIfAbsent(first, one -> new ArrayList<>(List.of(one))).add(animal);
      }
    }
    shared.values().stream().map(same -> finding(animals, same)).forEach(findings);
  }

  private PlausibilityFinding finding(CheckedAnimals animals, List<Integer> same) {
    return new PlausibilityFinding(
        description.id(),
        description.severity(),
        same,
        "",
        sentence.formatted(animals.labels(same.stream())),
        List.of());
  }
}
