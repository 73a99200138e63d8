package studbook.cli.figures;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import studbook.inbreeding.LoadedPedigree;
import studbook.model.HorseName;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.BirthDate;
import studbook.pedigree.Pedigree;
import studbook.pedigree.ancestry.LinebreedingEntry;
import studbook.pedigree.ancestry.OffspringIndex;
import studbook.pedigree.ancestry.RasmussenFactor;
import studbook.pedigree.ancestry.TailLine;

/**
 * The family of a horse. All lists have indexes of the table.
 *
 * @param tailMale sire, his sire, and so on
 * @param tailFemale dam, her dam, and so on
 * @param rasmussen mares that give a Rasmussen factor
 */
public record FamilyLines(
    AnimalTable table,
    int horse,
    List<Integer> tailMale,
    List<Integer> tailFemale,
    List<LinebreedingEntry> rasmussen,
    List<Integer> fullSiblings,
    List<Integer> paternalSiblings,
    List<Integer> maternalSiblings,
    List<Integer> offspring) {

  /** Instead of a year, region or colour that is not known. */
  static final String UNKNOWN = "unknown";

  /** The family of a horse of the pedigree. */
  public static FamilyLines of(LoadedPedigree loaded, int horse) {
    Pedigree pedigree = loaded.pedigree();
    OffspringIndex index = OffspringIndex.of(pedigree);
    return new FamilyLines(
        loaded.table(),
        horse,
        list(TailLine.male(pedigree, horse)),
        list(TailLine.female(pedigree, horse)),
        RasmussenFactor.of(pedigree, horse),
        byBirth(loaded.table(), index.fullSiblings(horse)),
        byBirth(loaded.table(), index.paternalHalfSiblings(horse)),
        byBirth(loaded.table(), index.maternalHalfSiblings(horse)),
        byBirth(loaded.table(), index.of(horse)));
  }

  /** The oldest first, those of unknown age last. */
  private static List<Integer> byBirth(AnimalTable table, int[] animals) {
    return Arrays.stream(animals)
        .boxed()
        .sorted(
            Comparator.comparing((Integer animal) ->
                    table.born(animal).map(FamilyLines::day).orElse(LocalDate.MAX))
                .thenComparing(table::id))
        .toList();
  }

  private static LocalDate day(BirthDate born) {
    return born.day().orElseGet(() -> LocalDate.of(born.year(), 1, 1));
  }

  private static List<Integer> list(int[] animals) {
    return Arrays.stream(animals).boxed().toList();
  }

  /** Number of offspring by year of birth. */
  Map<String, Integer> offspringByYear() {
    return offspringBy(animal -> table.born(animal).map(born -> Integer.toString(born.year())));
  }

  /** Number of offspring by the country suffix of the name. */
  Map<String, Integer> offspringByRegion() {
    return offspringBy(animal -> table.name(animal).flatMap(HorseName::region));
  }

  /** Number of offspring by colour. */
  Map<String, Integer> offspringByColour() {
    return offspringBy(
        animal -> Optional.of(table.colour(animal)).filter(colour -> !colour.isEmpty()));
  }

  private Map<String, Integer> offspringBy(Function<Integer, Optional<String>> key) {
    Map<String, Integer> counts = new TreeMap<>();
    offspring.forEach(animal -> counts.merge(key.apply(animal).orElse(UNKNOWN), 1, Integer::sum));
    return counts;
  }
}
