package studbook.pedigree.check;

import java.time.LocalDate;
import java.time.Month;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A breeding season: the calendar year in the northern hemisphere, July to June in the southern.
 *
 * @param year in which it begins
 */
public record BirthSeason(int year, boolean southern) {

  private static final Pattern SUFFIX = Pattern.compile("\\(([A-Z]{2,3})\\)\\s*$");
  private static final Set<String> SOUTHERN =
      Set.of("ARG", "AUS", "BRZ", "CHI", "MAU", "NZ", "PER", "PRY", "SAF", "URU", "ZIM");

  /**
   * The season of a birth. The suffix of the name says where; without one, a birth from July to
   * December is taken for southern.
   */
  static BirthSeason of(LocalDate day, Optional<String> name) {
    boolean late = day.getMonthValue() >= Month.JULY.getValue();
    boolean southern = country(name).map(SOUTHERN::contains).orElse(late);
    return new BirthSeason(southern && !late ? day.getYear() - 1 : day.getYear(), southern);
  }

  /** The season of a birth of which only the year is known. */
  static BirthSeason of(int year, Optional<String> name) {
    return new BirthSeason(year, country(name).filter(SOUTHERN::contains).isPresent());
  }

  private static Optional<String> country(Optional<String> name) {
    return name.filter(text -> text.indexOf('(') >= 0)
        .map(SUFFIX::matcher)
        .filter(Matcher::find)
        .map(suffix -> suffix.group(1));
  }
}
