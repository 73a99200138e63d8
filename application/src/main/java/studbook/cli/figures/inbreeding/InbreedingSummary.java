package studbook.cli.figures.inbreeding;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import studbook.cli.support.CommandContext;
import studbook.inbreeding.AnimalLabel;
import studbook.inbreeding.LoadedPedigree;
import studbook.pedigree.ancestry.PedigreeFigures;
import studbook.text.HumanFormat;
import studbook.text.TextTable;

/** The inbreeding of all horses in a few lines: the mean, and the most inbred ones. */
public record InbreedingSummary(LoadedPedigree loaded, PedigreeFigures figures) {

  private static final int LISTED = 10;

  /** Prints it. */
  public void print(CommandContext context) {
    double[] inbreeding = figures.inbreeding();
    context.println(
        "%s: mean F %s; --out FILE writes the figures of each."
            .formatted(
                HumanFormat.count(inbreeding.length, "horse"),
                AnimalLabel.percent(Arrays.stream(inbreeding).average().orElse(0))));
    if (loaded.leftOut() > 0) {
      context.println(
          "%s in error left out; `studbook pedigree check` lists them."
              .formatted(HumanFormat.count(loaded.leftOut(), "link")));
    }
    List<Integer> most = mostInbred();
    if (!most.isEmpty()) {
      context.println("");
      table(context, most).lines(context.width()).forEach(context::println);
    }
  }

  private List<Integer> mostInbred() {
    return IntStream.range(0, figures.inbreeding().length)
        .filter(animal -> figures.inbreeding()[animal] > 0)
        .boxed()
        .sorted(
            Comparator.comparingDouble((Integer animal) -> figures.inbreeding()[animal]).reversed())
        .limit(LISTED)
        .toList();
  }

  private TextTable table(CommandContext context, List<Integer> animals) {
    AnimalLabel label = new AnimalLabel(loaded.table());
    TextTable table =
        new TextTable(context.style())
            .flexible("Most inbred")
            .text("Born")
            .figure("F")
            .figure("Generations")
            .figure("Index");
    for (int animal : animals) {
      table.row(
          label.nameAndId(animal),
          label.year(animal),
          AnimalLabel.percent(figures.inbreeding()[animal]),
          String.format(Locale.UK, "%.2f", figures.completeness().equivalentGenerations(animal)),
          String.format(Locale.UK, "%.3f", figures.completeness().index(animal)));
    }
    return table;
  }
}
