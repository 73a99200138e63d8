package studbook.chart.tree;

import java.util.Locale;
import java.util.Map;

/** Coat colours as catalogues abbreviate them. */
final class CoatColour {

  /** The API's codes and the words of other files, in lower case. */
  private static final Map<String, String> ABBREVIATIONS =
      Map.ofEntries(
          Map.entry("b", "b."),
          Map.entry("bay", "b."),
          Map.entry("bb", "b/br."),
          Map.entry("b/br", "b/br."),
          Map.entry("bay/brown", "b/br."),
          Map.entry("dark bay", "b/br."),
          Map.entry("br", "br."),
          Map.entry("brown", "br."),
          Map.entry("bl", "bl."),
          Map.entry("bk", "bl."),
          Map.entry("black", "bl."),
          Map.entry("ch", "ch."),
          Map.entry("chestnut", "ch."),
          Map.entry("d", "dun"),
          Map.entry("gr", "gr."),
          Map.entry("grey", "gr."),
          Map.entry("gray", "gr."),
          Map.entry("rg", "gr/ro."),
          Map.entry("gr/ro", "gr/ro."),
          Map.entry("ro", "ro."),
          Map.entry("roan", "ro."),
          Map.entry("wh", "wh."),
          Map.entry("white", "wh."));

  private CoatColour() {}

  /** {@code ch.} for CH; a colour that is not known as it is. */
  static String abbreviation(String colour) {
    return ABBREVIATIONS.getOrDefault(colour.strip().toLowerCase(Locale.ROOT), colour.strip());
  }
}
