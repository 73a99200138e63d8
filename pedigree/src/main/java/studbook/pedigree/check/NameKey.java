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

  private static final int FIRST_BEYOND_ASCII = 0x80;

  private NameKey() {}

  /** Equal for spellings of one name; empty if the name has neither letters nor digits. */
  public static String of(String name) {
    String bare = name.indexOf('(') < 0 ? name : SUFFIX.matcher(name).replaceFirst("");
    return isAscii(bare) ? ofAscii(bare) : ofUnicode(bare);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= FIRST_BEYOND_ASCII) {
        return false;
      }
    }
    return true;
  }

  /** The same as of Unicode, in a tenth of the time: most names have no other letters. */
  private static String ofAscii(String name) {
    StringBuilder key = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char letter = name.charAt(i);
      if (letter >= 'A' && letter <= 'Z') {
        key.append((char) (letter - 'A' + 'a'));
      } else if ((letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9')) {
        key.append(letter);
      }
    }
    return key.toString();
  }

  private static String ofUnicode(String name) {
    String decomposed = Normalizer.normalize(name, Normalizer.Form.NFKD);
    return OTHER_THAN_NAME
        .matcher(decomposed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT))
        .replaceAll("");
  }
}
