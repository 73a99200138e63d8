package studbook.chart.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import studbook.text.HumanFormat;

/** The sentences below a chart. */
public final class ChartNotes {

  private ChartNotes() {}

  /** {@code [A] Long Meadow (FR) 4S x 5D, 9.38% of the blood}. */
  public static String of(RepeatedAncestor ancestor) {
    return "[%s] %s %s".formatted(ancestor.mark(), ancestor.horse().label(), figures(ancestor));
  }

  /** {@code 4S x 5D, 9.38% of the blood}. */
  public static String figures(RepeatedAncestor ancestor) {
    String figures =
        "%s, %s of the blood".formatted(ancestor.places(), percent(ancestor.bloodPercent()));
    return ancestor
        .through()
        .map(child -> figures + ", only through " + child.label())
        .orElse(figures);
  }

  private static String percent(double percent) {
    return String.format(Locale.ROOT, percent < 1 ? "%.2f%%" : "%.1f%%", percent);
  }

  /** What a chart shows, for readers who cannot see it. */
  public static List<String> summary(AncestorTree tree) {
    List<String> summary = new ArrayList<>();
    tree.horse(2).ifPresent(sire -> summary.add("Sire: " + sire.label() + "."));
    tree.horse(3).ifPresent(dam -> summary.add("Dam: " + dam.label() + "."));
    summary.addAll(of(tree));
    return summary;
  }

  /** What is missing or wrong in a chart; empty for a complete one. */
  public static List<String> of(AncestorTree tree) {
    List<String> notes = new ArrayList<>();
    if (tree.recorded() < tree.size()) {
      notes.add(
          "%s of %s in %s are recorded."
              .formatted(
                  HumanFormat.count(tree.recorded()),
                  HumanFormat.count(tree.size(), "ancestor"),
                  HumanFormat.count(tree.generations(), "generation")));
    }
    if (tree.hasCycle()) {
      notes.add("A record makes a horse its own ancestor; the chart does not follow it.");
    }
    return notes;
  }
}
