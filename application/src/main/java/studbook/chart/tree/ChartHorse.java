package studbook.chart.tree;

import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import studbook.model.SafeText;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.BirthDate;
import studbook.pedigree.Sex;

/**
 * A horse in a chart. Its texts are printable and short; each format escapes them.
 *
 * @param animal its index, which tells it from horses with the same texts
 * @param name with its suffix as recorded; empty where only the id is known
 * @param colour a code or a word as recorded; empty where it is not
 */
public record ChartHorse(
    int animal,
    String id,
    Optional<String> name,
    Sex sex,
    Optional<BirthDate> born,
    String colour) {

  private static final int LONGEST = 60;
  private static final int LONGEST_COLOUR = 20;

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ROOT);

  public ChartHorse {
    id = SafeText.excerpt(id, LONGEST);
    name = name.map(text -> SafeText.excerpt(text, LONGEST)).filter(text -> !text.isEmpty());
    colour = SafeText.excerpt(colour, LONGEST_COLOUR);
  }

  public static ChartHorse of(AnimalTable animals, int animal) {
    return new ChartHorse(
        animal,
        animals.id(animal),
        animals.name(animal),
        animals.sex(animal),
        animals.born(animal),
        animals.colour(animal));
  }

  /** The name; the id where there is none. */
  public String label() {
    return name.orElse(id);
  }

  /** {@code ch. 1961}: colour and year of birth, as far as they are known. */
  public String details() {
    return details(born.map(date -> Integer.toString(date.year())));
  }

  /** {@code ch. 27 May 1961}: the same with the day, if it is known. */
  public String detailsWithDay() {
    return details(
        born.map(date -> date.day().map(DAY::format).orElse(Integer.toString(date.year()))));
  }

  private String details(Optional<String> birth) {
    return Stream.concat(Stream.of(CoatColour.abbreviation(colour)), birth.stream())
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(" "));
  }
}
