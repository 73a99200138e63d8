package studbook.store.search;

import java.util.ArrayList;
import java.util.List;

/**
 * Patterns of LIKE for names that a text with one typing error may mean. Each leaves a few letters
 * of the text open, and the gaps overlap by a letter: a wrong, missing, additional or exchanged
 * letter is within one of them. The letters that are left are many, so an index on trigrams finds
 * few names; comparing all names by their similarity reads much more of it.
 */
final class TypoPatterns {

  /** Patterns of shorter texts have too few letters. */
  static final int LEAST_LENGTH = 6;

  private static final int LONGEST_GAP = 4;
  private static final int PARTS = 3;

  private TypoPatterns() {}

  /**
   * The patterns; a name may go on after them.
   *
   * @param text in the case of the names, of {@link #LEAST_LENGTH} or more
   */
  static List<String> of(String text) {
    int[] letters = text.codePoints().toArray();
    int gap = Math.clamp(letters.length / PARTS, 2, LONGEST_GAP);
    List<String> patterns = new ArrayList<>();
    for (int from = 0; from + 1 < letters.length; from += gap - 1) {
      int to = Math.min(letters.length, from + gap);
      String rest = escaped(new String(letters, to, letters.length - to));
      patterns.add(
          escaped(new String(letters, 0, from)) + "%" + rest + (rest.isEmpty() ? "" : "%"));
    }
    return patterns;
  }

  /** A text in which the wildcards of LIKE mean themselves. */
  static String escaped(String text) {
    return text.replaceAll("([\\\\%_])", "\\\\$1");
  }
}
