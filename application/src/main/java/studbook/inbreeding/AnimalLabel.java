package studbook.inbreeding;

import java.util.Locale;
import studbook.model.SafeText;
import studbook.pedigree.AnimalTable;

/** How an animal is written for people: its name, or its id if it has none. */
public record AnimalLabel(AnimalTable table) {

  private static final int LONGEST = 60;

  /** {@code Long Meadow (IRE)}. */
  public String name(int animal) {
    return SafeText.excerpt(table.name(animal).orElse(table.id(animal)), LONGEST);
  }

  /** {@code Long Meadow (IRE) [hrs_12]}; the id alone if the animal has no name of its own. */
  public String nameAndId(int animal) {
    String id = SafeText.excerpt(table.id(animal), LONGEST);
    return table.name(animal).filter(name -> !name.equals(table.id(animal))).isEmpty()
        ? id
        : "%s [%s]".formatted(name(animal), id);
  }

  /** The year of birth, or a dash. */
  public String year(int animal) {
    return table.born(animal).map(born -> Integer.toString(born.year())).orElse("–");
  }

  /** {@code 3.125%}. */
  public static String percent(double share) {
    return String.format(Locale.UK, "%.3f%%", 100 * share);
  }
}
