package studbook.pedigree.check.rule;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import studbook.pedigree.AnimalRow;
import studbook.pedigree.check.CheckedAnimals;
import studbook.pedigree.check.FindingSeverity;
import studbook.pedigree.check.ParentLink;
import studbook.pedigree.check.ParentSide;
import studbook.pedigree.check.PlausibilityFinding;
import studbook.pedigree.check.PlausibilityRule;
import studbook.pedigree.check.RuleDescription;
import studbook.pedigree.check.RuleDescription.RuleScope;
import studbook.pedigree.check.RuleThreshold;

/**
 * Days between consecutive foals of a dam whose days of birth are known. Twins of one name are
 * another rule's.
 */
final class FoalIntervalRule implements PlausibilityRule {

  private static final RuleDescription DESCRIPTION =
      new RuleDescription(
          "foal-interval",
          FindingSeverity.ERROR,
          RuleScope.HORSES,
          "two foals of a dam too close in time");

  private record DatedFoal(int foal, LocalDate day) {}

  @Override
  public RuleDescription description() {
    return DESCRIPTION;
  }

  /** The foals are of two seasons, so that no other rule is broken. */
  @Override
  public List<AnimalRow> example() {
    return List.of(
        new ExampleHorse("first").sire("stallion").dam("mare").born("2009-06-20").row(),
        new ExampleHorse("second").sire("stallion").dam("mare").born("2010-02-20").row());
  }

  @Override
  public void check(CheckedAnimals animals, Consumer<PlausibilityFinding> findings) {
    for (int dam = 0; dam < animals.table().size(); dam++) {
      if (animals.foals(ParentSide.DAM).count(dam) > 1) {
        check(animals, dam, findings);
      }
    }
  }

  private static void check(
      CheckedAnimals animals, int dam, Consumer<PlausibilityFinding> findings) {
    List<DatedFoal> foals =
        animals
            .foals(ParentSide.DAM)
            .of(dam)
            .boxed()
            .flatMap(foal -> animals.birthDay(foal).stream().map(day -> new DatedFoal(foal, day)))
            .sorted(
                Comparator.comparing(DatedFoal::day)
                    .thenComparing(foal -> animals.table().id(foal.foal())))
            .toList();
    for (int i = 1; i < foals.size(); i++) {
      finding(animals, dam, foals.get(i - 1), foals.get(i)).ifPresent(findings);
    }
  }

  private static Optional<PlausibilityFinding> finding(
      CheckedAnimals animals, int dam, DatedFoal first, DatedFoal second) {
    long days = ChronoUnit.DAYS.between(first.day(), second.day());
    boolean twins = days <= animals.threshold(RuleThreshold.TWIN_DAYS);
    return severity(animals, days)
        .filter(_ -> !(twins && animals.mayBeOne(first.foal(), second.foal())))
        .map(severity ->
            new PlausibilityFinding(
                DESCRIPTION.id(),
                severity,
                List.of(dam, first.foal(), second.foal()),
                "",
                text(animals, dam, first, second, days),
                severity == FindingSeverity.ERROR
                    ? Stream.of(first, second)
                        .map(one -> new ParentLink(one.foal(), ParentSide.DAM))
                        .toList()
                    : List.of()));
  }

  private static String text(
      CheckedAnimals animals, int dam, DatedFoal first, DatedFoal second, long days) {
    return "%s foaled %s on %s and %s on %s, %s"
        .formatted(
            animals.label(dam),
            animals.label(first.foal()),
            first.day(),
            animals.label(second.foal()),
            second.day(),
            days <= animals.threshold(RuleThreshold.TWIN_DAYS) ? "as twins" : days + " days apart");
  }

  private static Optional<FindingSeverity> severity(CheckedAnimals animals, long days) {
    if (days <= animals.threshold(RuleThreshold.TWIN_DAYS)) {
      return Optional.of(FindingSeverity.WARNING);
    }
    if (days <= animals.threshold(RuleThreshold.INTERVAL_ERROR)) {
      return Optional.of(FindingSeverity.ERROR);
    }
    return Optional.of(FindingSeverity.WARNING)
        .filter(_ -> days <= animals.threshold(RuleThreshold.INTERVAL_WARNING));
  }
}
