package studbook.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import studbook.chart.tree.AncestorTree;
import studbook.chart.tree.ChartHorse;
import studbook.chart.tree.ChartNotes;
import studbook.chart.tree.ChartPlace.CyclePlace;
import studbook.chart.tree.ChartPlace.HorsePlace;
import studbook.chart.tree.ChartPlace.VacantPlace;
import studbook.chart.tree.RepeatedAncestor;
import studbook.text.AnsiStyle;
import studbook.text.HumanFormat;
import studbook.text.LineWrap;

/**
 * A chart for a terminal: a line for each ancestor, the sire above and the dam below. Where the
 * width does not suffice, it has fewer generations, and says so.
 */
public final class ChartText {

  private static final int NARROWEST_STEP = 3;
  private static final int WIDEST_STEP = 7;

  private final AncestorTree tree;
  private final List<RepeatedAncestor> repeated;
  private final Map<Integer, RepeatedAncestor> repeatedByPlace;
  private final int step;
  private final int width;
  private final AnsiStyle style;
  private final List<String> lines = new ArrayList<>();

  private ChartText(AncestorTree tree, int width, AnsiStyle style) {
    this.tree = tree;
    this.repeated = RepeatedAncestor.in(tree);
    this.repeatedByPlace = RepeatedAncestor.byPlace(repeated);
    this.width = width;
    this.style = style;
    this.step = widestStep();
  }

  /**
   * The lines of a chart.
   *
   * @param width in terminal columns
   */
  public static List<String> lines(AncestorTree tree, int width, AnsiStyle style) {
    AncestorTree whole = tree.trimmed();
    int generations = whole.generations();
    ChartText chart = new ChartText(whole, width, style);
    while (generations > 1 && !chart.fits(NARROWEST_STEP)) {
      generations--;
      chart = new ChartText(whole.within(generations), width, style);
    }
    chart.draw();
    chart.explain(tree, generations < whole.generations());
    return chart.lines;
  }

  private int widestStep() {
    int widest = WIDEST_STEP;
    while (widest > NARROWEST_STEP && !fits(widest)) {
      widest--;
    }
    return widest;
  }

  private boolean fits(int indent) {
    return tree.numbers()
        .filter(number -> tree.place(number) != VacantPlace.BEYOND)
        .allMatch(
            number -> AncestorTree.generation(number) * indent + label(number).length() <= width);
  }

  private void draw() {
    // In the order of the lines: up to the last sire, then the horse, then its dam's sires.
    List<Integer> waiting = new ArrayList<>();
    int number = 1;
    while (isShown(number) || !waiting.isEmpty()) {
      while (isShown(number)) {
        waiting.addLast(number);
        number = 2 * number;
      }
      int next = waiting.removeLast();
      lines.add(brackets(next) + styled(next));
      number = 2 * next + 1;
    }
  }

  private boolean isShown(int number) {
    return AncestorTree.generation(number) <= tree.generations()
        && tree.place(number) != VacantPlace.BEYOND;
  }

  /** What stands before a label; a line runs between the lines of a parent and its child. */
  private String brackets(int number) {
    String path = AncestorTree.path(number);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      boolean last = i == path.length() - 1;
      boolean between = !last && path.charAt(i) != path.charAt(i + 1);
      String own = path.charAt(i) == 'S' ? "┌─ " : "└─ ";
      text.append(" ".repeat(step - NARROWEST_STEP)).append(last ? own : between ? "│  " : "   ");
    }
    return style.faint(text.toString());
  }

  private String styled(int number) {
    int room = Math.max(1, width - AncestorTree.generation(number) * step);
    if (label(number).length() > room) {
      return HumanFormat.shortened(label(number), room);
    }
    return switch (tree.place(number)) {
      case HorsePlace(ChartHorse horse) -> {
        String name = number == 1 ? style.strong(horse.label()) : horse.label();
        RepeatedAncestor ancestor = repeatedByPlace.get(number);
        String mark = ancestor == null ? "" : " " + mark(ancestor);
        String details = details(number, horse);
        yield name + mark + (details.isEmpty() ? "" : " " + style.faint(details));
      }
      case CyclePlace _ -> style.bad(label(number));
      case VacantPlace _ -> style.faint(label(number));
    };
  }

  private String mark(RepeatedAncestor ancestor) {
    return style.category(ancestor.index(), "[" + ancestor.mark() + "]");
  }

  private static String details(int number, ChartHorse horse) {
    return number == 1 ? horse.detailsWithDay() : horse.details();
  }

  /** The text of a place without its style. */
  private String label(int number) {
    return switch (tree.place(number)) {
      case HorsePlace(ChartHorse horse) -> {
        RepeatedAncestor ancestor = repeatedByPlace.get(number);
        String mark = ancestor == null ? "" : " [" + ancestor.mark() + "]";
        String details = details(number, horse);
        yield horse.label() + mark + (details.isEmpty() ? "" : " " + details);
      }
      case CyclePlace(ChartHorse horse) -> horse.label() + " (its own ancestor)";
      case VacantPlace _ ->
          AncestorTree.isSire(number) ? "(sire not recorded)" : "(dam not recorded)";
    };
  }

  private void explain(AncestorTree asked, boolean cut) {
    if (!repeated.isEmpty()) {
      lines.add("");
      for (RepeatedAncestor ancestor : repeated) {
        lines.addAll(
            LineWrap.lines(ChartNotes.of(ancestor), width, ancestor.mark().length() + 3).stream()
                .map(line -> line.startsWith("[") ? marked(ancestor, line) : line)
                .toList());
      }
    }
    List<String> notes = new ArrayList<>();
    if (cut) {
      notes.add(
          "Only %s fit into %d columns."
              .formatted(HumanFormat.count(tree.generations(), "generation"), width));
    }
    notes.addAll(ChartNotes.of(asked));
    if (!notes.isEmpty()) {
      lines.add("");
      notes.forEach(note -> lines.addAll(LineWrap.lines(note, width, 0)));
    }
  }

  private String marked(RepeatedAncestor ancestor, String line) {
    int end = ancestor.mark().length() + 2;
    return mark(ancestor) + line.substring(end);
  }
}
