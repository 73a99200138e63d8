package studbook.pedigree.check.rule;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import studbook.pedigree.AnimalRow;
import studbook.pedigree.check.BirthSeason;
import studbook.pedigree.check.CheckedAnimals;
import studbook.pedigree.check.FindingSeverity;
import studbook.pedigree.check.ParentSide;
import studbook.pedigree.check.PlausibilityFinding;
import studbook.pedigree.check.PlausibilityRule;
import studbook.pedigree.check.RuleDescription;
import studbook.pedigree.check.RuleDescription.RuleScope;
import studbook.pedigree.check.RuleThreshold;

/** Numbers of foals. No link is left out, since the number does not say which one is wrong. */
enum FoalCountRule implements PlausibilityRule {
  /** Foals of a sire in one season of one hemisphere. */
  SIRE_CROP(
      ParentSide.SIRE,
      "sire-crop",
      "more foals of a sire in a season than a stallion covers mares",
      RuleThreshold.SIRE_CROP_ERROR,
      RuleThreshold.SIRE_CROP_WARNING) {

    @Override
    Map<String, Long> counts(CheckedAnimals animals, int parent) {
      Map<String, Long> crops = new TreeMap<>();
      animals
          .foals(ParentSide.SIRE)
          .of(parent)
          .mapToObj(animals::season)
          .flatMap(season -> season.map(FoalCountRule::word).stream())
          .forEach(season -> crops.merge(season, 1L, Long::sum));
      return crops;
    }
  },
  /** All foals of a dam. */
  DAM_FOALS(
      ParentSide.DAM,
      "dam-foals",
      "more foals of a dam than a mare can have",
      RuleThreshold.DAM_FOALS_ERROR,
      RuleThreshold.DAM_FOALS_WARNING) {

    @Override
    Map<String, Long> counts(CheckedAnimals animals, int parent) {
      return Map.of("", (long) animals.foals(ParentSide.DAM).count(parent));
    }
  };

  private final ParentSide side;
  private final RuleThreshold error;
  private final RuleThreshold warning;

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final RuleDescription description;

  FoalCountRule(
      ParentSide side, String id, String text, RuleThreshold error, RuleThreshold warning) {
    this.side = side;
    this.error = error;
    this.warning = warning;
    this.description = new RuleDescription(id, FindingSeverity.ERROR, RuleScope.HORSES, text);
  }

  /** The foals of a parent by what is counted together. */
  abstract Map<String, Long> counts(CheckedAnimals animals, int parent);

  private static String word(BirthSeason season) {
    return season.southern() ? season.year() + "/" + (season.year() + 1) : "" + season.year();
  }

  @Override
  public RuleDescription description() {
    return description;
  }

  @Override
  public List<AnimalRow> example() {
    return IntStream.rangeClosed(0, error.usual())
        .mapToObj(i ->
            side == ParentSide.SIRE
                ? new ExampleHorse("foal" + i).sire("parent").dam("mare" + i).born(2010)
                : new ExampleHorse("foal" + i).sire("stallion").dam("parent"))
        .map(ExampleHorse::row)
        .toList();
  }

  @Override
  public void check(CheckedAnimals animals, Consumer<PlausibilityFinding> findings) {
    int allowed = Math.min(animals.threshold(error), animals.threshold(warning));
    for (int parent = 0; parent < animals.table().size(); parent++) {
      if (animals.foals(side).count(parent) > allowed) {
        check(animals, parent, findings);
      }
    }
  }

  private void check(CheckedAnimals animals, int parent, Consumer<PlausibilityFinding> findings) {
    counts(animals, parent)
        .forEach((season, count) -> {
          boolean impossible = count > animals.threshold(error);
          if (impossible || count > animals.threshold(warning)) {
            findings.accept(
                new PlausibilityFinding(
                    description.id(),
                    impossible ? FindingSeverity.ERROR : FindingSeverity.WARNING,
                    List.of(parent),
                    season,
                    "%s is the %s of %d foals%s"
                        .formatted(
                            animals.label(parent),
                            side.word(),
                            count,
                            season.isEmpty() ? "" : " of the season " + season),
                    List.of()));
          }
        });
  }
}
