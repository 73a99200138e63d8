package studbook.cli.figures.inbreeding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import studbook.inbreeding.AnalysedHorse;
import studbook.inbreeding.AnimalLabel;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.ancestry.InbreedingAnalysis;
import studbook.pedigree.ancestry.KnownShares;
import studbook.pedigree.ancestry.LinebreedingEntry;
import studbook.pedigree.ancestry.PedigreeCompleteness;
import studbook.pedigree.ancestry.RasmussenFactor;
import studbook.text.AnsiStyle;
import studbook.text.HumanFormat;
import studbook.text.TextTable;

/** The inbreeding of a horse for people. */
record InbreedingText(AnalysedHorse horse, AnsiStyle style) {

  private static final int LABEL = 24;

  /** The lines, for a terminal of this width. */
  List<String> lines(int width) {
    List<String> lines = new ArrayList<>();
    lines.add(style.strong(title()));
    lines.add("");
    lines.add(row("Inbreeding (F)", AnimalLabel.percent(horse.analysis().inbreeding())));
    lines.addAll(completeness());
    lines.add(row("Rasmussen factor", rasmussen()));
    if (horse.leftOut() > 0) {
      lines.add(
          row(
              "Left out",
              HumanFormat.count(horse.leftOut(), "link")
                  + " in error; `studbook pedigree check` lists them"));
    }
    lines.add("");
    lines.addAll(linebreeding(width));
    return lines;
  }

  private String title() {
    String parents = "%s x %s".formatted(parent(horse.sire()), parent(horse.dam()));
    return horse.isFoal()
        ? "Foal of " + parents
        : "%s: %s".formatted(horse.nameAndId(horse.analysis().subject()), parents);
  }

  private String parent(int animal) {
    return animal == ParentLinks.UNKNOWN ? "unknown" : horse.nameAndId(animal);
  }

  private List<String> completeness() {
    InbreedingAnalysis analysis = horse.analysis();
    PedigreeCompleteness completeness = analysis.completeness();
    int subject = analysis.subject();
    String shares =
        Arrays.stream(
                KnownShares.of(analysis.pedigree(), subject, AnalysedHorse.LISTED_GENERATIONS))
            .mapToObj(share -> String.format(Locale.UK, "%.0f%%", 100 * share))
            .collect(Collectors.joining(" "));
    return List.of(
        row("Known by generation", shares.isEmpty() ? "none" : shares),
        row(
            "Complete generations",
            String.format(
                Locale.UK,
                "%.2f equivalent, %d full, %d to the farthest ancestor",
                completeness.equivalentGenerations(subject),
                completeness.fullGenerations(subject),
                completeness.maxGenerations(subject))),
        row(
            "Completeness index",
            String.format(Locale.UK, "%.3f of 1 over 5 generations", completeness.index(subject))),
        row("Ancestors", HumanFormat.count(analysis.ancestors())));
  }

  private String rasmussen() {
    List<LinebreedingEntry> mares =
        RasmussenFactor.of(horse.analysis().pedigree(), horse.analysis().subject());
    return mares.isEmpty()
        ? "none"
        : mares.stream()
            .map(mare -> horse.name(mare.ancestor()) + " " + mare.notation())
            .collect(Collectors.joining(", "));
  }

  private List<String> linebreeding(int width) {
    List<String> lines = new ArrayList<>();
    List<LinebreedingEntry> entries = horse.analysis().linebreeding();
    if (entries.isEmpty()) {
      lines.add("No linebreeding within %d generations.".formatted(horse.generations()));
    } else {
      TextTable table =
          new TextTable(style)
              .flexible("Linebreeding")
              .text("Places")
              .figure("Blood")
              .figure("Of F");
      for (LinebreedingEntry entry : entries) {
        table.row(
            horse.name(entry.ancestor()),
            entry.notation(),
            AnimalLabel.percent(entry.bloodShare()),
            AnimalLabel.percent(horse.analysis().contribution(entry.ancestor())));
      }
      lines.addAll(table.lines(width));
    }
    double other = otherContributions(entries);
    if (other > 0) {
      lines.add("");
      lines.add(
          "Other common ancestors, beyond generation %d: %s of F."
              .formatted(horse.generations(), AnimalLabel.percent(other)));
    }
    return lines;
  }

  /** What ancestors add to F that the list does not have. */
  private double otherContributions(List<LinebreedingEntry> entries) {
    InbreedingAnalysis analysis = horse.analysis();
    return analysis.contributions().keySet().stream()
        .filter(ancestor -> entries.stream().noneMatch(entry -> entry.ancestor() == ancestor))
        .sorted()
        .mapToDouble(analysis::contribution)
        .sum();
  }

  private static String row(String label, String value) {
    return " ".repeat(2) + label + " ".repeat(LABEL - label.length()) + value;
  }
}
