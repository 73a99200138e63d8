package studbook.cli.wizard;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hides the password of a database URL while it is typed; keeps its length. */
final class UrlMask {

  /**
   * The user, and everything up to the last @. Without an @ the rest may be the beginning of a
   * password.
   */
  private static final Pattern USER_INFO =
      Pattern.compile("^[^/]*//[^:/?@]*:(?<secret>.*(?=@)|[^@]*$)");

  private static final Pattern PARAMETER = Pattern.compile("(?i)password=(?<secret>[^&]*)");

  private UrlMask() {}

  static String masked(String url) {
    StringBuilder masked = new StringBuilder(url);
    for (Pattern pattern : new Pattern[] {USER_INFO, PARAMETER}) {
      Matcher secret = pattern.matcher(url);
      while (secret.find()) {
        for (int i = secret.start("secret"); i < secret.end("secret"); i++) {
          masked.setCharAt(i, '*');
        }
      }
    }
    return masked.toString();
  }
}
