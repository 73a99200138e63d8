package studbook.pedigree.check;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What matters of a colour for inheritance, from a name or a code of one to three letters. */
public enum InheritedColour {
  /** Carries no black pigment, so two of them have chestnut foals only. */
  CHESTNUT,
  /** Grey or roan, also in a mix: dominant, so one parent has it. */
  GREY,
  /** Bay, brown or black. */
  DARK,
  /** Unknown, or a colour that no rule is about. */
  OTHER;

  private static final Pattern WORDS = Pattern.compile("[^A-Z]+");
  private static final Set<String> GREY_WORDS = Set.of("GREY", "GRAY", "ROAN", "G", "R", "RO");
  private static final Set<String> CHESTNUT_WORDS = Set.of("CHESTNUT", "CH", "C", "SORREL");
  private static final Set<String> DARK_WORDS =
      Set.of("BAY", "BROWN", "BLACK", "B", "BR", "BB", "BL", "BLK", "BK", "DKB", "DB");
  private static final Pattern MIXED_GREY_CODE = Pattern.compile("[A-Z]?G|G[A-Z]");

  /** The colour of such a text in any case. */
  public static InheritedColour of(String text) {
    List<String> words = WORDS.splitAsStream(text.toUpperCase(Locale.ROOT)).toList();
    if (words.stream()
        .anyMatch(word -> GREY_WORDS.contains(word) || MIXED_GREY_CODE.matcher(word).matches())) {
      return GREY;
    }
    boolean chestnut = words.stream().anyMatch(CHESTNUT_WORDS::contains);
    boolean dark = words.stream().anyMatch(DARK_WORDS::contains);
    return chestnut == dark ? OTHER : chestnut ? CHESTNUT : DARK;
  }
}
