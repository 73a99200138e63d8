package studbook.store.search;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a text may mean that has one typing error: a wrong, missing, additional or exchanged letter,
 * or another accent. A name that resembles the text begins with one of these, so each is looked up
 * in the index by name: some hundred look-ups read less than the shortest list of names that have
 * three letters in common.
 */
final class TypoVariants {

  /** The letters of names in lower case. */
  private static final List<String> LETTERS = List.of("abcdefghijklmnopqrstuvwxyz '-.".split(""));

  /** Each is a letter with and without accents. */
  private static final List<String> ACCENTS =
      List.of("aàáâãäåæ", "cç", "eèéêë", "iìíîï", "nñ", "oòóôõöø", "sß", "uùúûü", "yýÿ", "'’");

  private static final int LAST_OF_ASCII = 0x7E;

  private TypoVariants() {}

  /**
   * The variants that have a letter of ASCII, without the text itself.
   *
   * @param text in the case of the names
   * @param withAccents whether the database's encoding has letters with accents
   */
  static Set<String> of(String text, boolean withAccents) {
    List<String> letters = text.codePoints().mapToObj(Character::toString).toList();
    int length = letters.size();
    Set<String> variants = new LinkedHashSet<>();
    for (int at = 0; at <= length; at++) {
      String head = String.join("", letters.subList(0, at));
      String tail = String.join("", letters.subList(at, length));
      LETTERS.forEach(letter -> variants.add(head + letter + tail));
      if (at < length) {
        String typed = letters.get(at);
        String rest = tail.substring(typed.length());
        variants.add(head + rest);
        LETTERS.forEach(letter -> variants.add(head + letter + rest));
        if (withAccents) {
          accented(typed).forEach(letter -> variants.add(head + letter + rest));
        }
        if (at + 1 < length) {
          String next = letters.get(at + 1);
          variants.add(head + next + typed + rest.substring(next.length()));
        }
      }
    }
    variants.remove(text);
    variants.removeIf(variant -> lastOfAscii(variant) < 0);
    return variants;
  }

  private static Stream<String> accented(String letter) {
    return ACCENTS.stream()
        .filter(accents -> accents.contains(letter))
        .flatMap(accents -> accents.codePoints().mapToObj(Character::toString));
  }

  private static int lastOfAscii(String text) {
    int last = text.length() - 1;
    while (last >= 0 && text.charAt(last) > LAST_OF_ASCII) {
      last--;
    }
    return last;
  }

  /**
   * A text that follows all that begin with {@code variant}, in every encoding: its last letter of
   * ASCII becomes the next one. Others may precede it, too.
   */
  static String after(String variant) {
    int last = lastOfAscii(variant);
    return variant.substring(0, last) + (char) (variant.charAt(last) + 1);
  }

  /** A text in which the wildcards of LIKE mean themselves. */
  static String escaped(String text) {
    return text.replaceAll("([\\\\%_])", "\\\\$1");
  }
}
