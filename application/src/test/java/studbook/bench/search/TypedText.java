package studbook.bench.search;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a person types into the search.
 *
 * @param horse the number of the horse that is meant
 */
record TypedText(TextKind kind, String text, int horse) {

  /** The longest beginning of a name. */
  private static final int LONGEST_PREFIX = 8;

  private static final String LETTERS = "abcdefghiklmnoprstuvwy";

  /** In which way it means a horse. */
  enum TextKind {
    ID("ids"),
    PREFIX("beginnings of 1 to 8 letters"),
    NAME("full names"),
    TYPO("names with a typing error"),
    UNKNOWN("names that no horse has");

    final String title;

    TextKind(String title) {
      this.title = title;
    }
  }

  /** As many of each kind, in mixed order. */
  static List<TypedText> mixed(long seed, int each, int horses, InventedNames names) {
    SplittableRandom random = new SplittableRandom(seed);
    List<TypedText> texts = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      for (TextKind kind : TextKind.values()) {
        int horse = random.nextInt(horses);
        texts.add(
            switch (kind) {
              case ID -> new TypedText(kind, names.id(horse), horse);
              case PREFIX -> new TypedText(kind, beginning(names.bare(horse), random), horse);
              case NAME -> new TypedText(kind, names.bare(horse), horse);
              case TYPO -> new TypedText(kind, mistyped(names.bare(horse), i, random), horse);
              case UNKNOWN -> new TypedText(kind, names.bare(horses + horse), horses + horse);
            });
      }
    }
    return texts;
  }

  private static String beginning(String name, SplittableRandom random) {
    int letters = 1 + random.nextInt(LONGEST_PREFIX);
    return name.substring(0, Math.min(letters, name.length())).strip();
  }

  /** With a letter that is dropped, doubled, exchanged with the next, or replaced, in turns. */
  private static String mistyped(String name, int turn, SplittableRandom random) {
    while (true) {
      int at = random.nextInt(name.length() - 1);
      String head = name.substring(0, at);
      String letter = name.substring(at, at + 1);
      String tail = name.substring(at + 1);
      String text =
          switch (turn % 4) {
            case 0 -> head + tail;
            case 1 -> head + letter + letter + tail;
            case 2 -> head + tail.charAt(0) + letter + tail.substring(1);
            default -> head + LETTERS.charAt(random.nextInt(LETTERS.length())) + tail;
          };
      if (!text.equalsIgnoreCase(name)) {
        return text.strip();
      }
    }
  }
}
