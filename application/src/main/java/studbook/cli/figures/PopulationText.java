package studbook.cli.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import studbook.inbreeding.AnimalLabel;
import studbook.pedigree.population.EffectiveAncestors;
import studbook.pedigree.population.FounderFigures;
import studbook.pedigree.population.GeneShare;
import studbook.pedigree.population.GenerationInterval;
import studbook.pedigree.population.YearFigures;
import studbook.text.AnsiStyle;
import studbook.text.BlockBars;
import studbook.text.HumanFormat;
import studbook.text.TextTable;

/** The figures of a population for people. */
public record PopulationText(PopulationFigures figures, AnsiStyle style) {

  private static final int BAR = 24;
  private static final int LISTED_ANCESTORS = 10;

  /** The formulas and their sources. */
  private static final List<String> EXPLANATION =
      List.of(
          "F: Wright's (1922) coefficient of inbreeding; unknown parents count as unrelated. A mean"
              + " F says little where few generations are known.",
          "Effective size: 1 / (2 x increase of F in a generation), the size of an ideal population"
              + " whose F grows as fast. From years: the slope of ln(1 - mean F) on the birth year,"
              + " weighted by horses, times the generation interval (Perez-Enciso, 1995). From"
              + " horses: the mean of 1 - (1 - F)^(1 / (t - 1)), t being the horse's equivalent"
              + " complete generations (Gutierrez et al., 2009).",
          "Founders: ancestors without known parents; the unknown parent of a horse with one known"
              + " parent counts as a founder, too. Effective founders: 1 / sum of squared expected"
              + " contributions (Lacy, 1989).",
          "Effective ancestors: 1 / sum of squared marginal contributions. Each ancestor in turn"
              + " explains the largest share of the genes that those before it do not (Boichard et"
              + " al., 1997). Two figures are bounds: the search ends when they are close.",
          "Generation interval: the mean age of parents at the birth of those offspring that have"
              + " offspring themselves (James, 1977); the mean of sires and dams.");

  /** The lines for a terminal of this width; with the formulas if asked for. */
  public List<String> lines(int width, boolean why) {
    List<String> lines = new ArrayList<>();
    lines.add(
        style.strong(
            "%s born %s, of %s"
                .formatted(
                    HumanFormat.count(figures.horses(), "horse"),
                    figures.born(),
                    HumanFormat.count(figures.loaded().table().size()))));
    lines.add("");
    lines.add("Mean F: " + AnimalLabel.percent(figures.meanInbreeding()));
    lines.add(
        "Effective size: %s from years, %s from horses"
            .formatted(size(figures.sizeOfYears()), size(figures.sizeOfHorses())));
    lines.add(founders());
    lines.add(ancestors());
    lines.add(interval());
    lines.add(sires());
    if (figures.loaded().leftOut() > 0) {
      lines.add(
          "Left out: %s in error; `studbook pedigree check` lists them"
              .formatted(HumanFormat.count(figures.loaded().leftOut(), "link")));
    }
    if (!figures.years().isEmpty()) {
      lines.add("");
      lines.addAll(years().lines(width));
    }
    if (why) {
      lines.add("");
      lines.addAll(EXPLANATION);
    }
    return lines;
  }

  private static String size(OptionalDouble size) {
    return size.isEmpty()
        ? "not known (F does not grow, or too little is known)"
        : String.format(Locale.UK, "%,.1f", size.getAsDouble());
  }

  private String founders() {
    FounderFigures founders = figures.founders();
    return String.format(
        Locale.UK,
        "Founders: %,d, and %,d unknown parents; effective founders: %,.1f",
        founders.founders(),
        founders.unknownParents(),
        founders.effectiveFounders());
  }

  private String ancestors() {
    EffectiveAncestors ancestors = figures.ancestors();
    String number =
        ancestors.upper() - ancestors.lower() < 0.05
            ? String.format(Locale.UK, "%,.1f", ancestors.upper())
            : String.format(Locale.UK, "%,.1f to %,.1f", ancestors.lower(), ancestors.upper());
    return "Effective ancestors: %s; largest: %s"
        .formatted(
            number,
            ancestors.largest().stream()
                .limit(LISTED_ANCESTORS)
                .map(this::share)
                .collect(Collectors.joining(", ")));
  }

  private String share(GeneShare share) {
    return String.format(
        Locale.UK,
        "%s %.1f%%",
        new AnimalLabel(figures.loaded().table()).name(share.animal()),
        100 * share.share());
  }

  private String interval() {
    GenerationInterval interval = figures.interval();
    return interval.mean().isEmpty()
        ? "Generation interval: not known (no horses with offspring and known birth years)"
        : String.format(
            Locale.UK,
            "Generation interval: %.2f years; sires %.2f (%s), dams %.2f (%s)",
            interval.mean().getAsDouble(),
            interval.sires(),
            HumanFormat.count(interval.sirePairs(), "pair"),
            interval.dams(),
            HumanFormat.count(interval.damPairs(), "pair"));
  }

  private String sires() {
    AnimalLabel label = new AnimalLabel(figures.loaded().table());
    return String.format(
        Locale.UK,
        "Most used %s of %,d: %.1f%% of the foals; %s",
        HumanFormat.count(figures.sires().mostUsed().size(), "sire"),
        figures.sires().sires(),
        100 * figures.sires().shareOfMostUsed(),
        figures.sires().mostUsed().stream()
            .map(sire -> label.name(sire.sire()) + " " + HumanFormat.count(sire.foals()))
            .collect(Collectors.joining(", ")));
  }

  private TextTable years() {
    double largest =
        figures.years().stream().mapToDouble(YearFigures::meanInbreeding).max().orElse(0);
    TextTable table =
        new TextTable(style)
            .text("Born")
            .figure("Horses")
            .figure("Generations")
            .figure("Mean F")
            .text("")
            .optional();
    for (YearFigures year : figures.years()) {
      table.row(
          Integer.toString(year.year()),
          HumanFormat.count(year.animals()),
          String.format(Locale.UK, "%.2f", year.meanEquivalentGenerations()),
          AnimalLabel.percent(year.meanInbreeding()),
          largest == 0
              ? ""
              : BlockBars.bar(100 * year.meanInbreeding() / largest, BAR).stripTrailing());
    }
    return table;
  }
}
