package studbook.model;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A horse's name: the bare name and the suffix of the country of foaling, {@code Winter Harbour
 * (IRE)}.
 */
public final class HorseName {

  private static final Pattern SUFFIXED = Pattern.compile("(.+)\\(([A-Za-z]{2,3})\\)");

  private HorseName() {}

  /** The region of a name's suffix in the API's lower-case code: {@code ire}. */
  public static Optional<String> region(@Nullable String name) {
    return name == null
        ? Optional.empty()
        : suffixed(name).map(parts -> parts.group(2).toLowerCase(Locale.ROOT));
  }

  /** A name without its suffix: {@code Winter Harbour}. */
  static String bare(String name) {
    return SafeText.trimmed(suffixed(name).map(parts -> parts.group(1)).orElse(name));
  }

  private static Optional<MatchResult> suffixed(String name) {
    Matcher matcher = SUFFIXED.matcher(SafeText.trimmed(name));
    boolean suffixed =
        matcher.matches()
            && CountrySuffix.isKnown(matcher.group(2))
            && !SafeText.trimmed(matcher.group(1)).isEmpty();
    return suffixed ? Optional.of(matcher.toMatchResult()) : Optional.empty();
  }

  /**
   * Appends the region's suffix to a bare name: {@code Long Meadow} and {@code FR} give {@code Long
   * Meadow (FR)}. A name that has a suffix or is blank, or whose region is no suffix, is unchanged.
   */
  public static @Nullable String withSuffix(@Nullable String name, @Nullable String region) {
    if (name == null || region == null) {
      return name;
    }
    String bare = SafeText.trimmed(name);
    String code = SafeText.trimmed(region);
    return bare.isEmpty() || !CountrySuffix.isKnown(code) || region(bare).isPresent()
        ? name
        : bare + " (" + code.toUpperCase(Locale.ROOT) + ")";
  }
}
