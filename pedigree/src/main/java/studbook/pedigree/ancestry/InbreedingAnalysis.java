package studbook.pedigree.ancestry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.Pedigree;
import studbook.pedigree.kinship.AncestorSubset;
import studbook.pedigree.kinship.Inbreeding;

/**
 * The inbreeding of one animal, or of a foal that two animals would have, with what explains it.
 * All indexes are those of {@link #pedigree()}, which has the animal and its ancestors only.
 * Immutable.
 */
public final class InbreedingAnalysis {

  private final AncestorSubset subset;
  private final Pedigree pedigree;
  private final int subject;
  private final double[] inbreeding;
  private final PedigreeCompleteness completeness;
  private final AncestorPlaces chart;
  private final Map<Integer, Double> contributions = new HashMap<>();

  private InbreedingAnalysis(
      AncestorSubset subset, Pedigree pedigree, int subject, int generations) {
    this.subset = subset;
    this.pedigree = pedigree;
    this.subject = subject;
    this.inbreeding = Inbreeding.of(pedigree);
    this.completeness = PedigreeCompleteness.of(pedigree);
    this.chart = AncestorPlaces.of(pedigree, subject, generations);
    InbreedingContributions.of(pedigree, inbreeding, subject)
        .forEach(one -> contributions.put(one.ancestor(), one.value()));
  }

  /**
   * Analyses an animal.
   *
   * @param generations of the linebreeding list and of the paths
   */
  public static InbreedingAnalysis of(Pedigree pedigree, int animal, int generations) {
    AncestorSubset subset = AncestorSubset.of(pedigree, animal);
    return new InbreedingAnalysis(subset, subset.pedigree(), subset.indexOf(animal), generations);
  }

  /** Analyses the foal that a sire and a dam would have; it has no index in their pedigree. */
  public static InbreedingAnalysis ofFoal(Pedigree pedigree, int sire, int dam, int generations) {
    AncestorSubset subset = AncestorSubset.of(pedigree, sire, dam);
    Pedigree withFoal = withFoal(subset.pedigree(), subset.indexOf(sire), subset.indexOf(dam));
    return new InbreedingAnalysis(subset, withFoal, subset.pedigree().size(), generations);
  }

  /** The foal has the last index. */
  private static Pedigree withFoal(Pedigree parents, int sire, int dam) {
    int foal = parents.size();
    int[] sires = new int[foal + 1];
    int[] dams = new int[foal + 1];
    for (int animal = 0; animal < foal; animal++) {
      sires[animal] = parents.sire(animal);
      dams[animal] = parents.dam(animal);
    }
    sires[foal] = sire;
    dams[foal] = dam;
    return Pedigree.of(ParentLinks.of(sires, dams));
  }

  /** The animal and its ancestors. */
  public Pedigree pedigree() {
    return pedigree;
  }

  /** The index in the whole pedigree of an ancestor. */
  public int wholeIndex(int ancestor) {
    return subset.original(ancestor);
  }

  public int subject() {
    return subject;
  }

  /** Whether the subject is a foal that does not exist, rather than an animal. */
  public boolean isFoal() {
    return subject == subset.pedigree().size();
  }

  /** The number of distinct known ancestors. */
  public int ancestors() {
    return pedigree.size() - 1;
  }

  /** Wright's F of the subject. */
  public double inbreeding() {
    return inbreeding[subject];
  }

  /** Wright's F of an ancestor. */
  public double inbreeding(int ancestor) {
    return inbreeding[ancestor];
  }

  public PedigreeCompleteness completeness() {
    return completeness;
  }

  public AncestorPlaces chart() {
    return chart;
  }

  /** The linebreeding within the generations of the chart, largest share of blood first. */
  public List<LinebreedingEntry> linebreeding() {
    return LinebreedingEntry.of(chart);
  }

  /** What an ancestor adds to F over all generations; 0 for one that is not common. */
  public double contribution(int ancestor) {
    return contributions.getOrDefault(ancestor, 0.0);
  }

  /** The ancestors that add to F, and how much; they add up to F. */
  public Map<Integer, Double> contributions() {
    return Map.copyOf(contributions);
  }

  /** The paths through an ancestor within the generations of the chart, largest first. */
  public List<InbreedingPath> paths(int ancestor) {
    return InbreedingPath.of(
        chart, chart.byAncestor().getOrDefault(ancestor, List.of()), inbreeding[ancestor]);
  }
}
