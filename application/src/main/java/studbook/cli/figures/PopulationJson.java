package studbook.cli.figures;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.population.GeneShare;

/** The figures of a population as JSON. */
public record PopulationJson(
    String born,
    int horses,
    int linksLeftOut,
    double meanInbreedingPercent,
    Optional<Double> effectiveSizeOfYears,
    Optional<Double> effectiveSizeOfHorses,
    int founders,
    int unknownParents,
    double effectiveFounders,
    double effectiveAncestorsLower,
    double effectiveAncestorsUpper,
    List<ShareJson> largestFounders,
    List<ShareJson> largestAncestors,
    Optional<Double> generationIntervalYears,
    int sires,
    double mostUsedPercent,
    List<SireJson> mostUsedSires,
    List<YearJson> years) {

  /** An animal's share of the population's genes. */
  public record ShareJson(String horseId, Optional<String> name, double genesPercent) {}

  /** A sire's foals in the population. */
  public record SireJson(String horseId, Optional<String> name, int foals) {}

  /** The horses that were born in one year. */
  public record YearJson(
      int birthYear, int horses, double meanInbreedingPercent, double equivalentGenerations) {}

  private static final int LISTED = 100;

  /** The figures of a population. */
  public static PopulationJson of(PopulationFigures figures) {
    AnimalTable table = figures.loaded().table();
    return new PopulationJson(
        figures.born(),
        figures.horses(),
        figures.loaded().leftOut(),
        100 * figures.meanInbreeding(),
        optional(figures.sizeOfYears()),
        optional(figures.sizeOfHorses()),
        figures.founders().founders(),
        figures.founders().unknownParents(),
        figures.founders().effectiveFounders(),
        figures.ancestors().lower(),
        figures.ancestors().upper(),
        shares(table, figures.founders().largest()),
        shares(table, figures.ancestors().largest()),
        optional(figures.interval().mean()),
        figures.sires().sires(),
        100 * figures.sires().shareOfMostUsed(),
        figures.sires().mostUsed().stream()
            .map(sire -> new SireJson(table.id(sire.sire()), table.name(sire.sire()), sire.foals()))
            .toList(),
        figures.years().stream()
            .map(year ->
                new YearJson(
                    year.year(),
                    year.animals(),
                    100 * year.meanInbreeding(),
                    year.meanEquivalentGenerations()))
            .toList());
  }

  private static List<ShareJson> shares(AnimalTable table, List<GeneShare> shares) {
    return shares.stream()
        .limit(LISTED)
        .map(share ->
            new ShareJson(
                table.id(share.animal()), table.name(share.animal()), 100 * share.share()))
        .toList();
  }

  private static Optional<Double> optional(OptionalDouble value) {
    return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
  }
}
