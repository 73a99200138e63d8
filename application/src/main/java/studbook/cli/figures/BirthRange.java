package studbook.cli.figures;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import studbook.cli.support.UsageException;

/**
 * A range of birth years.
 *
 * @param first from it on
 * @param last up to it, included
 * @param isGiven false: no range is given
 */
public record BirthRange(int first, int last, boolean isGiven) {

  private static final Pattern RANGE = Pattern.compile("([0-9]{4})(?:\\.\\.([0-9]{4}))?");

  /**
   * Parses {@code 2015..2020} or {@code 2015}; an empty text gives no range.
   *
   * @throws UsageException for other texts
   */
  public static BirthRange parse(String text) {
    if (text.isEmpty()) {
      return new BirthRange(0, 0, false);
    }
    Matcher range = RANGE.matcher(text);
    if (range.matches()) {
      int first = Integer.parseInt(range.group(1));
      int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
      if (first <= last) {
        return new BirthRange(first, last, true);
      }
    }
    throw new UsageException("--born should be a year or a range such as 2015..2020");
  }
}
