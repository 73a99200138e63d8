package studbook.dashboard.horse;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import studbook.inbreeding.AnalysedHorse;
import studbook.inbreeding.AnimalLabel;
import studbook.inbreeding.InbreedingJson;
import studbook.inbreeding.InbreedingJson.ContributionJson;
import studbook.inbreeding.InbreedingJson.LinebreedingJson;
import studbook.inbreeding.InbreedingJson.PathJson;
import studbook.inbreeding.MatingJson;
import studbook.pedigree.ancestry.PedigreeCompleteness;

/**
 * The figures of a foal that does not exist, as {@code pedigree mating} has them.
 *
 * @param figures with the paths
 */
public record FoalView(AnalysedHorse analysed, MatingJson figures) {

  private static final int FIRST_PATHS = 3;

  static FoalView of(AnalysedHorse foal) {
    return new FoalView(foal, MatingJson.of(foal, true));
  }

  /**
   * How much of a pedigree is known.
   *
   * @param index MacCluer's over 5 generations, 0 to 1
   * @param generations equivalent complete ones
   * @param full generations of which every ancestor is known
   * @param farthest generations to the farthest known ancestor
   */
  public record KnownPedigree(
      String label, double index, double generations, int full, int farthest) {}

  /** Of the foal and its parents. */
  public List<KnownPedigree> known() {
    return Stream.of(
            known("Foal", analysed.analysis().subject()),
            known(analysed.name(analysed.sire()), analysed.sire()),
            known(analysed.name(analysed.dam()), analysed.dam()))
        .toList();
  }

  private KnownPedigree known(String label, int animal) {
    PedigreeCompleteness completeness = analysed.analysis().completeness();
    return new KnownPedigree(
        label,
        completeness.index(animal),
        completeness.equivalentGenerations(animal),
        completeness.fullGenerations(animal),
        completeness.maxGenerations(animal));
  }

  public InbreedingJson foal() {
    return figures.foal();
  }

  /** The common ancestors, largest contribution first. */
  public List<ContributionJson> ancestors() {
    return foal().contributions();
  }

  /** The name of a horse of the pedigree. */
  public String name(String id) {
    OptionalInt index = analysed.table().indexOf(id);
    return index.isEmpty() ? id : new AnimalLabel(analysed.table()).name(index.getAsInt());
  }

  /** {@code 3S x 4D}; empty for an ancestor beyond the generations of the list. */
  public Optional<String> places(ContributionJson ancestor) {
    return foal().linebredAncestors().stream()
        .filter(entry -> entry.ancestorId().equals(ancestor.ancestorId()))
        .map(LinebreedingJson::places)
        .findFirst();
  }

  /** The paths of an ancestor that add most. */
  public List<PathJson> firstPaths(ContributionJson ancestor) {
    return ancestor.inbreedingPaths().stream().limit(FIRST_PATHS).toList();
  }

  /** Its other paths. */
  public List<PathJson> furtherPaths(ContributionJson ancestor) {
    return ancestor.inbreedingPaths().stream().skip(FIRST_PATHS).toList();
  }

  /** From the sire up to the common ancestor and down to the dam. */
  public String path(PathJson path) {
    return path.animalIds().stream().map(this::name).collect(Collectors.joining(" – "));
  }

  /** What paths of an ancestor add that are not listed, in percent; 0 if all are. */
  public static double beyond(ContributionJson ancestor) {
    double rest =
        ancestor.contributionPercent()
            - ancestor.inbreedingPaths().stream().mapToDouble(PathJson::pathPercent).sum();
    return rest > 1e-9 ? rest : 0;
  }

  /** What ancestors add that are not listed, in percent; 0 if all are. */
  public double beyondTheList() {
    double rest =
        foal().inbreedingPercent()
            - ancestors().stream().mapToDouble(ContributionJson::contributionPercent).sum();
    return rest > 1e-9 ? rest : 0;
  }
}
