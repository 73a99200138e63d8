package studbook.pedigree.csv;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;
import studbook.pedigree.BirthDate;

/** A year or a date as files have it. */
final class BirthText {

  /** Some programs write a year as a number with decimals. */
  private static final Pattern YEAR = Pattern.compile("([0-9]{4})(\\.0+)?");

  private static final int LENGTH = "2015-03-29".length();

  private BirthText() {}

  /** Empty if it is neither. */
  static Optional<BirthDate> parse(String text) {
    var year = YEAR.matcher(text);
    if (year.matches()) {
      return Optional.of(BirthDate.inYear(Integer.parseInt(year.group(1))));
    }
    if (text.length() != LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(BirthDate.recorded(LocalDate.parse(text)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
