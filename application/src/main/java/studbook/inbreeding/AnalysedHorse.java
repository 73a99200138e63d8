package studbook.inbreeding;

import studbook.pedigree.AnimalTable;
import studbook.pedigree.ancestry.AncestorPlaces;
import studbook.pedigree.ancestry.InbreedingAnalysis;

/**
 * A horse, or a foal that a mating would give, with the analysis of its inbreeding.
 *
 * @param table has the horse, or the foal's parents
 * @param leftOut links in error, its own and its ancestors', that its figures leave out
 */
public record AnalysedHorse(AnimalTable table, InbreedingAnalysis analysis, int leftOut) {

  /** Known shares are listed for this many generations. */
  public static final int LISTED_GENERATIONS = 10;

  /** The generations of the linebreeding list, unless others are asked for. */
  public static final int USUAL_GENERATIONS = 5;

  /**
   * A horse of the pedigree.
   *
   * @param horse index of the loaded table
   * @param generations of the linebreeding list
   */
  public static AnalysedHorse of(LoadedPedigree loaded, int horse, int generations) {
    return new AnalysedHorse(
        loaded.table(),
        InbreedingAnalysis.of(loaded.pedigree(), horse, generations),
        loaded.leftOutOf(horse));
  }

  /**
   * The foal that two horses would have.
   *
   * @param sire index of the loaded table
   * @param dam another index of it
   * @param generations of the linebreeding list
   */
  public static AnalysedHorse foal(LoadedPedigree loaded, int sire, int dam, int generations) {
    return new AnalysedHorse(
        loaded.table(),
        InbreedingAnalysis.ofFoal(loaded.pedigree(), sire, dam, generations),
        loaded.leftOutOf(sire, dam));
  }

  /** Whether it is a foal that does not exist. */
  public boolean isFoal() {
    return analysis.isFoal();
  }

  /** The name of an animal of the analysis. */
  public String name(int animal) {
    return isFoal() && animal == analysis.subject()
        ? "the foal"
        : new AnimalLabel(table).name(analysis.wholeIndex(animal));
  }

  /** Its name and id. */
  public String nameAndId(int animal) {
    return new AnimalLabel(table).nameAndId(analysis.wholeIndex(animal));
  }

  /** The index of the sire in the analysis, or UNKNOWN. */
  public int sire() {
    return analysis.chart().at(2);
  }

  /** The index of the dam in the analysis, or UNKNOWN. */
  public int dam() {
    return analysis.chart().at(3);
  }

  /** The generations of the linebreeding list. */
  public int generations() {
    return analysis.chart().generations();
  }

  /** {@code 3S}. */
  public static String place(int place) {
    return AncestorPlaces.generation(place) + (AncestorPlaces.isOnSireSide(place) ? "S" : "D");
  }
}
