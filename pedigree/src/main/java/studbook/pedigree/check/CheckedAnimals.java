package studbook.pedigree.check;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.BirthDate;
import studbook.pedigree.ParentLinks;

/** The animals of a check with what several rules look up. Immutable. */
public final class CheckedAnimals {

  private static final int LONGEST_NAME = 60;
  private static final int MOST_LABELS = 5;

  private final AnimalTable table;
  private final ParentLinks links;
  private final RuleThresholds thresholds;
  private final LocalDate today;
  private final List<GivenParentName> parentNames;
  private final FoalIndex sires;
  private final FoalIndex dams;

  /**
   * Indexes the animals.
   *
   * @param parentNames names that records give parents; may lack those that equal the parent's own
   */
  CheckedAnimals(
      AnimalTable table,
      RuleThresholds thresholds,
      LocalDate today,
      List<GivenParentName> parentNames) {
    this.table = table;
    this.links = table.links();
    this.thresholds = thresholds;
    this.today = today;
    this.parentNames = List.copyOf(parentNames);
    this.sires = new FoalIndex(table.size(), links::sire);
    this.dams = new FoalIndex(table.size(), links::dam);
  }

  public AnimalTable table() {
    return table;
  }

  public ParentLinks links() {
    return links;
  }

  public int threshold(RuleThreshold threshold) {
    return thresholds.of(threshold);
  }

  public LocalDate today() {
    return today;
  }

  public List<GivenParentName> parentNames() {
    return parentNames;
  }

  /** An animal's parent on that side, or {@link ParentLinks#UNKNOWN}. */
  public int parent(int animal, ParentSide side) {
    return switch (side) {
      case SIRE -> links.sire(animal);
      case DAM -> links.dam(animal);
    };
  }

  /** The offspring that name each animal as their parent on that side. */
  public FoalIndex foals(ParentSide side) {
    return switch (side) {
      case SIRE -> sires;
      case DAM -> dams;
    };
  }

  /** The links from a parent's offspring to it. */
  public Stream<ParentLink> links(int parent, ParentSide side) {
    return foals(side).of(parent).mapToObj(foal -> new ParentLink(foal, side));
  }

  /** Calendar years from one animal's birth to another's, if both are known. */
  public OptionalInt yearsBetween(int earlier, int later) {
    OptionalInt first = table.birthYear(earlier);
    OptionalInt second = table.birthYear(later);
    return first.isPresent() && second.isPresent()
        ? OptionalInt.of(second.getAsInt() - first.getAsInt())
        : OptionalInt.empty();
  }

  /**
   * A parent's age when a foal was born, in seasons where both days of birth are known and in
   * calendar years elsewhere. Empty if a year is unknown or the parent was not born in an earlier
   * year.
   */
  public OptionalInt ageAtFoaling(int parent, int foal) {
    OptionalInt years = yearsBetween(parent, foal);
    if (years.orElse(0) <= 0 || birthDay(parent).isEmpty() || birthDay(foal).isEmpty()) {
      return years.orElse(0) > 0 ? years : OptionalInt.empty();
    }
    return OptionalInt.of(season(foal).orElseThrow().year() - season(parent).orElseThrow().year());
  }

  /** Whether two animals have one name and year of birth, so that they may be one. */
  public boolean mayBeOne(int first, int second) {
    if (yearsBetween(first, second).orElse(1) != 0) {
      return false;
    }
    Optional<String> name = table.name(first).map(NameKey::of).filter(key -> !key.isEmpty());
    return name.isPresent() && name.equals(table.name(second).map(NameKey::of));
  }

  /** The day of birth, if it is known to the day. */
  public Optional<LocalDate> birthDay(int animal) {
    return table.born(animal).flatMap(BirthDate::day);
  }

  /** The season of birth, if its year is known. */
  public Optional<BirthSeason> season(int animal) {
    return table
        .born(animal)
        .map(born ->
            born.day()
                .map(day -> BirthSeason.of(day, table.name(animal)))
                .orElseGet(() -> BirthSeason.of(born.year(), table.name(animal))));
  }

  /** {@code Long Meadow (IRE) [hrs_12]}, with the line of the file it came from. */
  public String label(int animal) {
    String place = table.line(animal) > 0 ? " (line " + table.line(animal) + ")" : "";
    return table
            .name(animal)
            .filter(name -> !name.equals(table.id(animal)))
            .map(name -> "%s [%s]".formatted(shortened(name), table.id(animal)))
            .orElse(table.id(animal))
        + place;
  }

  /** The labels of some animals, the first few if there are many. */
  public String labels(Stream<Integer> some) {
    List<Integer> all = some.toList();
    String first =
        all.stream().limit(MOST_LABELS).map(this::label).collect(Collectors.joining(", "));
    return all.size() <= MOST_LABELS
        ? first
        : "%s and %d more".formatted(first, all.size() - MOST_LABELS);
  }

  /** The labels of a parent's offspring. */
  public String foalsText(int parent, ParentSide side) {
    return labels(foals(side).of(parent).boxed());
  }

  /** The day or year of birth, as far as it is known. */
  public String birthText(int animal) {
    return table
        .born(animal)
        .map(born -> born.day().map(LocalDate::toString).orElse(Integer.toString(born.year())))
        .orElse("an unknown year");
  }

  private static String shortened(String name) {
    return name.codePointCount(0, name.length()) <= LONGEST_NAME
        ? name
        : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME)) + "...";
  }
}
