package studbook.dashboard.horse;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import studbook.dashboard.page.HtmlFormat;

/** The addresses of the pages of horses. */
public final class HorseAddress {

  private static final Pattern PARENT = Pattern.compile("(?:hrs|sir|dam|dsi)_0*([1-9][0-9]{0,17})");

  private HorseAddress() {}

  /** The page of a horse. */
  public static String of(String id) {
    return "/horses/" + HtmlFormat.url(id);
  }

  /** The id of a horse that is named as a parent; empty for a placeholder. */
  public static Optional<String> ofParent(String parent) {
    Matcher found = PARENT.matcher(parent);
    return found.matches() ? Optional.of("hrs_" + parent.substring(4)) : Optional.empty();
  }
}
