package studbook.cli.figures.inbreeding;

import studbook.cli.figures.AnimalLabel;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.ancestry.AncestorPlaces;
import studbook.pedigree.ancestry.InbreedingAnalysis;

/**
 * A horse, or a foal that a mating would give, with the analysis of its inbreeding.
 *
 * @param table has the horse, or the foal's parents
 * @param leftOut links in error that its figures leave out
 */
public record AnalysedHorse(AnimalTable table, InbreedingAnalysis analysis, int leftOut) {

  /** Known shares are listed for this many generations. */
  static final int LISTED_GENERATIONS = 10;

  /** Whether it is a foal that does not exist. */
  boolean isFoal() {
    return analysis.isFoal();
  }

  /** The name of an animal of the analysis. */
  String name(int animal) {
    return isFoal() && animal == analysis.subject()
        ? "the foal"
        : new AnimalLabel(table).name(analysis.wholeIndex(animal));
  }

  /** Its name and id. */
  String nameAndId(int animal) {
    return new AnimalLabel(table).nameAndId(analysis.wholeIndex(animal));
  }

  /** The index of the sire in the analysis, or UNKNOWN. */
  int sire() {
    return analysis.chart().at(2);
  }

  /** The index of the dam in the analysis, or UNKNOWN. */
  int dam() {
    return analysis.chart().at(3);
  }

  /** The generations of the linebreeding list. */
  int generations() {
    return analysis.chart().generations();
  }

  /** {@code 3S}. */
  static String place(int place) {
    return AncestorPlaces.generation(place) + (AncestorPlaces.isOnSireSide(place) ? "S" : "D");
  }
}
