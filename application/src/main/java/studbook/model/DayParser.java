package studbook.model;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses unambiguous dates: {@code 2015-03-04}, also with slashes, dots, no separators, single
 * digits, or a time appended ({@code 2015-03-04T00:00:00Z}): the day is then the date as it is
 * written, in whatever zone the time is. Forms that begin with day or month are ambiguous and
 * rejected.
 */
final class DayParser {

  private static final String TIME =
      "[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?";

  private static final Pattern SEPARATED =
      Pattern.compile("([0-9]{4})([-/.])([0-9]{1,2})\\2([0-9]{1,2})(?:" + TIME + ")?");

  private static final Pattern COMPACT = Pattern.compile("([0-9]{4})()([0-9]{2})([0-9]{2})");

  private DayParser() {}

  /**
   * Parses a date.
   *
   * @throws DateTimeException if {@code text} has no such form, or is not in the calendar
   */
  static LocalDate parse(String text) {
    Matcher form = SEPARATED.matcher(text);
    if (!form.matches()) {
      form = COMPACT.matcher(text);
      if (!form.matches()) {
        throw new DateTimeException("not a day: " + text);
      }
    }
    return LocalDate.of(number(form, 1), number(form, 3), number(form, 4));
  }

  private static int number(Matcher form, int group) {
    return Integer.parseInt(form.group(group));
  }
}
