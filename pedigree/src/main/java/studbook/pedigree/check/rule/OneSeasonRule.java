package studbook.pedigree.check.rule;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import studbook.pedigree.AnimalRow;
import studbook.pedigree.BirthDate;
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
 * Two foals of a dam in one season. Where both days are known, it is impossible unless they are
 * twins or far enough apart for two pregnancies; where only the year of one is known, a person has
 * to look.
 */
final class OneSeasonRule implements PlausibilityRule {

  private static final RuleDescription DESCRIPTION =
      new RuleDescription(
          "one-season",
          FindingSeverity.ERROR,
          RuleScope.HORSES,
          "two foals of a dam in one season");

  private record BornFoal(int foal, BirthDate born) {

    private static final Comparator<BornFoal> BY_BIRTH =
        Comparator.<BornFoal>comparingInt(foal -> foal.born().year())
            .thenComparing(foal -> foal.born().day().orElse(LocalDate.MIN));
  }

  @Override
  public RuleDescription description() {
    return DESCRIPTION;
  }

  @Override
  public List<AnimalRow> example() {
    return List.of(
        new ExampleHorse("first").sire("stallion").dam("mare").born(2010).row(),
        new ExampleHorse("second").sire("stallion").dam("mare").born("2010-04-20").row());
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
    List<BornFoal> foals =
        animals
            .foals(ParentSide.DAM)
            .of(dam)
            .boxed()
            .flatMap(
                foal -> animals.table().born(foal).stream().map(born -> new BornFoal(foal, born)))
            .sorted(BornFoal.BY_BIRTH.thenComparing(foal -> animals.table().id(foal.foal())))
            .toList();
    for (int i = 1; i < foals.size(); i++) {
      finding(animals, dam, foals.get(i - 1), foals.get(i)).ifPresent(findings);
    }
  }

  private static Optional<PlausibilityFinding> finding(
      CheckedAnimals animals, int dam, BornFoal first, BornFoal second) {
    return severity(animals, first, second)
        .map(severity ->
            new PlausibilityFinding(
                DESCRIPTION.id(),
                severity,
                List.of(dam, first.foal(), second.foal()),
                "",
                "%s foaled %s, born %s, and %s, born %s, in one season"
                    .formatted(
                        animals.label(dam),
                        animals.label(first.foal()),
                        animals.birthText(first.foal()),
                        animals.label(second.foal()),
                        animals.birthText(second.foal())),
                severity == FindingSeverity.ERROR
                    ? Stream.of(first, second)
                        .map(one -> new ParentLink(one.foal(), ParentSide.DAM))
                        .toList()
                    : List.of()));
  }

  private static Optional<FindingSeverity> severity(
      CheckedAnimals animals, BornFoal first, BornFoal second) {
    Optional<LocalDate> one = first.born().day();
    Optional<LocalDate> other = second.born().day();
    if (one.isEmpty() || other.isEmpty()) {
      return Optional.of(FindingSeverity.WARNING)
          .filter(_ -> first.born().year() == second.born().year())
          .filter(_ -> !animals.mayBeOne(first.foal(), second.foal()));
    }
    long days = ChronoUnit.DAYS.between(one.get(), other.get());
    return Optional.of(FindingSeverity.ERROR)
        .filter(_ -> animals.season(first.foal()).equals(animals.season(second.foal())))
        .filter(_ -> days > animals.threshold(RuleThreshold.TWIN_DAYS))
        .filter(_ -> days <= animals.threshold(RuleThreshold.INTERVAL_ERROR));
  }
}
