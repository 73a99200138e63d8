package studbook.horse;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A horse's name as racing writes it: the bare name and the suffix of the country of foaling,
 * {@code Winter Harbour (IRE)}.
 */
public final class Name {

  private static final Pattern SUFFIXED = Pattern.compile("(.*\\S)\\s*\\(([A-Za-z]{2,3})\\)");

  private static final Pattern REGION = Pattern.compile("[A-Za-z]{2,3}");

  private Name() {}

  /** The region that a name's suffix gives, in the API's lower-case code: {@code ire}. */
  public static Optional<String> region(@Nullable String name) {
    if (name == null) {
      return Optional.empty();
    }
    Matcher matcher = SUFFIXED.matcher(name.strip());
    return matcher.matches()
        ? Optional.of(matcher.group(2).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  /** A name without its suffix: {@code Winter Harbour}. */
  static String bare(String name) {
    Matcher matcher = SUFFIXED.matcher(name.strip());
    return matcher.matches() ? matcher.group(1) : name.strip();
  }

  /**
   * A bare name with its region's suffix, {@code Long Meadow} and {@code FR} to {@code Long Meadow
   * (FR)}; a name that has one already, shows nothing, or has no region that could be a suffix,
   * stays as it is.
   */
  public static @Nullable String withSuffix(@Nullable String name, @Nullable String region) {
    if (name == null || region == null) {
      return name;
    }
    String bare = Printable.trimmed(name);
    String code = Printable.trimmed(region);
    return bare.isEmpty() || !REGION.matcher(code).matches() || region(bare).isPresent()
        ? name
        : bare + " (" + code.toUpperCase(Locale.ROOT) + ")";
  }
}
