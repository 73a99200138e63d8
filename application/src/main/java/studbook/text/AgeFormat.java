package studbook.text;

import java.time.Period;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An age in calendar days, months or years, as people write it: {@code 90d}, {@code 6mo}. */
public final class AgeFormat {

  /** Completes the sentence "NAME should be …". */
  public static final String DESCRIPTION = "an age such as 90d, 6mo or 2y";

  private static final Pattern AGE = Pattern.compile("(\\d{1,5})\\s?(d|mo|y)");

  private AgeFormat() {}

  /** Empty if {@code text} is no age. */
  public static Optional<Period> parse(String text) {
    Matcher matcher = AGE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int count = Integer.parseInt(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "d" -> Period.ofDays(count);
          case "mo" -> Period.ofMonths(count);
          default -> Period.ofYears(count);
        });
  }
}
