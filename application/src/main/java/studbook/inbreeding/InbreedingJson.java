package studbook.inbreeding;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.ancestry.InbreedingAnalysis;
import studbook.pedigree.ancestry.InbreedingPath;
import studbook.pedigree.ancestry.KnownShares;
import studbook.pedigree.ancestry.LinebreedingEntry;
import studbook.pedigree.ancestry.PedigreeCompleteness;
import studbook.pedigree.ancestry.RasmussenFactor;

/** The inbreeding of a horse or of a foal as JSON. */
public record InbreedingJson(
    Optional<String> horseId,
    Optional<String> sireId,
    Optional<String> damId,
    double inbreedingPercent,
    double equivalentGenerations,
    int maxGenerations,
    int fullGenerations,
    double completenessPercent,
    List<Double> knownPercent,
    int ancestorCount,
    int linksLeftOut,
    List<LinebreedingJson> linebredAncestors,
    List<ContributionJson> contributions,
    List<String> rasmussenIds) {

  /** The analyses of several horses. */
  public record ListJson(List<InbreedingJson> analyses) {}

  /** An entry of the linebreeding list. */
  public record LinebreedingJson(
      String ancestorId, Optional<String> name, String places, double bloodPercent) {}

  /** What an ancestor adds to F. */
  public record ContributionJson(
      String ancestorId,
      Optional<String> name,
      double contributionPercent,
      List<PathJson> inbreedingPaths) {}

  /** A path from the sire to a common ancestor to the dam. */
  public record PathJson(
      List<String> animalIds, int sireGenerations, int damGenerations, double pathPercent) {}

  private static final int LISTED_CONTRIBUTIONS = 100;

  /**
   * The figures of a horse.
   *
   * @param why with the paths
   */
  public static InbreedingJson of(AnalysedHorse horse, boolean why) {
    InbreedingAnalysis analysis = horse.analysis();
    PedigreeCompleteness completeness = analysis.completeness();
    int subject = analysis.subject();
    return new InbreedingJson(
        horse.isFoal() ? Optional.empty() : Optional.of(id(horse, subject)),
        idOf(horse, horse.sire()),
        idOf(horse, horse.dam()),
        100 * analysis.inbreeding(),
        completeness.equivalentGenerations(subject),
        completeness.maxGenerations(subject),
        completeness.fullGenerations(subject),
        100 * completeness.index(subject),
        Arrays.stream(
                KnownShares.of(analysis.pedigree(), subject, AnalysedHorse.LISTED_GENERATIONS))
            .map(share -> 100 * share)
            .boxed()
            .toList(),
        analysis.ancestors(),
        horse.leftOut(),
        analysis.linebreeding().stream().map(entry -> linebreeding(horse, entry)).toList(),
        contributions(horse, why),
        RasmussenFactor.of(analysis.pedigree(), subject).stream()
            .map(mare -> id(horse, mare.ancestor()))
            .toList());
  }

  private static LinebreedingJson linebreeding(AnalysedHorse horse, LinebreedingEntry entry) {
    return new LinebreedingJson(
        id(horse, entry.ancestor()),
        name(horse, entry.ancestor()),
        entry.notation(),
        100 * entry.bloodShare());
  }

  private static List<ContributionJson> contributions(AnalysedHorse horse, boolean why) {
    InbreedingAnalysis analysis = horse.analysis();
    return analysis.contributions().keySet().stream()
        .sorted(
            Comparator.comparingDouble(analysis::contribution)
                .reversed()
                .thenComparing(Comparator.naturalOrder()))
        .limit(LISTED_CONTRIBUTIONS)
        .map(ancestor ->
            new ContributionJson(
                id(horse, ancestor),
                name(horse, ancestor),
                100 * analysis.contribution(ancestor),
                why
                    ? analysis.paths(ancestor).stream().map(path -> path(horse, path)).toList()
                    : List.of()))
        .toList();
  }

  private static PathJson path(AnalysedHorse horse, InbreedingPath path) {
    return new PathJson(
        Arrays.stream(path.animals(horse.analysis().chart()))
            .mapToObj(animal -> id(horse, animal))
            .toList(),
        path.sireGenerations(),
        path.damGenerations(),
        100 * path.value());
  }

  private static Optional<String> idOf(AnalysedHorse horse, int animal) {
    return animal == ParentLinks.UNKNOWN ? Optional.empty() : Optional.of(id(horse, animal));
  }

  private static String id(AnalysedHorse horse, int animal) {
    return horse.table().id(horse.analysis().wholeIndex(animal));
  }

  private static Optional<String> name(AnalysedHorse horse, int animal) {
    return horse.table().name(horse.analysis().wholeIndex(animal));
  }
}
