package studbook.pedigree.check;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names without what differs between spellings of one name: case, accents, apostrophes, spaces and
 * the suffix of the country of foaling.
 */
public final class NameKey {

  /** Roman numerals belong to the name. */
  private static final Pattern SUFFIX =
      Pattern.compile("\\s*\\((?![IVX]+\\))[A-Za-z]{2,3}\\)\\s*$");

  private static final Pattern OTHER_THAN_NAME = Pattern.compile("[^\\p{L}\\p{Nd}]+");

  private NameKey() {}

  /** Equal for spellings of one name; empty if the name has neither letters nor digits. */
  public static String of(String name) {
    String decomposed =
        Normalizer.normalize(SUFFIX.matcher(name).replaceFirst(""), Normalizer.Form.NFKD);
    return OTHER_THAN_NAME
        .matcher(decomposed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT))
        .replaceAll("");
  }
}
