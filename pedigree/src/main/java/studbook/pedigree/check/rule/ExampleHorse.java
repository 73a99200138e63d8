package studbook.pedigree.check.rule;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import studbook.pedigree.AnimalRow;
import studbook.pedigree.BirthDate;
import studbook.pedigree.Sex;

/** Builds a row of an example. */
final class ExampleHorse {

  private final String id;
  private @Nullable String name;
  private @Nullable String sire;
  private @Nullable String dam;
  private @Nullable String damsire;
  private @Nullable BirthDate born;
  private Sex sex = Sex.UNKNOWN;
  private String colour = "";

  ExampleHorse(String id) {
    this.id = id;
  }

  ExampleHorse name(String given) {
    name = given;
    return this;
  }

  ExampleHorse sire(String given) {
    sire = given;
    return this;
  }

  ExampleHorse dam(String given) {
    dam = given;
    return this;
  }

  ExampleHorse damsire(String given) {
    damsire = given;
    return this;
  }

  ExampleHorse born(int year) {
    born = new BirthDate(year, Optional.empty());
    return this;
  }

  ExampleHorse born(String day) {
    LocalDate date = LocalDate.parse(day);
    born = new BirthDate(date.getYear(), Optional.of(date));
    return this;
  }

  ExampleHorse sex(Sex given) {
    sex = given;
    return this;
  }

  ExampleHorse colour(String given) {
    colour = given;
    return this;
  }

  AnimalRow row() {
    return new AnimalRow(id, name, sex, born, colour, sire, dam, damsire, 0);
  }
}
