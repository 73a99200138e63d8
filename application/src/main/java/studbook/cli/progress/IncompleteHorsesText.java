package studbook.cli.progress;

import studbook.store.table.IncompleteHorses;
import studbook.text.HumanFormat;

/** That horses are incomplete, and the command that completes them. */
public final class IncompleteHorsesText {

  private IncompleteHorsesText() {}

  public static String sentence(long horses) {
    return sentence(horses, "");
  }

  /**
   * As an option of the same command may do.
   *
   * @param which horses are counted; with a space before it
   */
  static String sentence(long horses, String which) {
    return "%s%s with a date of birth %s another field: `%s` requests %s"
        .formatted(
            HumanFormat.count(horses, "horse"),
            which,
            horses == 1 ? "lacks" : "lack",
            IncompleteHorses.COMMAND,
            horses == 1 ? "it" : "them");
  }
}
