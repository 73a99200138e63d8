package studbook.model;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The id of a horse at The Racing API: {@code hrs_} and a number. A number is the same horse with
 * every prefix ({@code sir_}, {@code dam_} and {@code dsi_} are the same horses as parents).
 *
 * @param text the whole id, at most 22 characters
 */
public record HorseId(String text) implements Comparable<HorseId> {

  /** The format of an id, in the regex dialect that Java and PostgreSQL share. */
  public static final String PATTERN = "hrs_[0-9]{1,18}";

  private static final Pattern FORM = Pattern.compile(PATTERN);
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  public HorseId {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not a horse id (hrs_ and digits): " + text);
    }
  }

  public static Optional<HorseId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new HorseId(text)) : Optional.empty();
  }

  /** Parses an id from the API: the whole id, or its number alone, which is unambiguous. */
  public static Optional<HorseId> fromApi(String text) {
    return NUMBER.matcher(text).matches() ? Optional.of(new HorseId("hrs_" + text)) : parse(text);
  }

  /** The number after the prefix, as written. */
  public String number() {
    return text.substring(4);
  }

  /** The number without leading zeros; empty if it is 0, which is no horse's. */
  public String significantNumber() {
    return number().replaceFirst("^0+", "");
  }

  @Override
  public int compareTo(HorseId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
