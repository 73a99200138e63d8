package studbook.cli.figures.inbreeding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import studbook.inbreeding.AnalysedHorse;
import studbook.pedigree.ancestry.AncestorPlaces;
import studbook.pedigree.ancestry.InbreedingAnalysis;
import studbook.pedigree.ancestry.InbreedingPath;
import studbook.pedigree.ancestry.KnownShares;
import studbook.pedigree.ancestry.LinebreedingEntry;
import studbook.pedigree.ancestry.PedigreeCompleteness;

/** How each figure of a horse follows from its pedigree: formulas, numbers and paths. */
record InbreedingExplanation(AnalysedHorse horse) {

  private static final int LISTED_ANCESTORS = 10;
  private static final int LISTED_PATHS = 10;

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Inbreeding (F): the probability that both genes of the horse at one place of the genome"
            + " are copies of one gene of an ancestor. It is half the relationship of sire and dam."
            + " Unknown parents count as unrelated, so F is at least this. Method: Wright (1922);"
            + " Meuwissen and Luo (1992).");
    lines.add(
        "F = sum of (1/2)^(n1 + n2 + 1) x (1 + F of the ancestor) over the paths from the sire up"
            + " to a common ancestor and down to the dam that meet no animal twice; n1 and n2 are"
            + " the generations from sire and dam to the ancestor.");
    contributions(lines);
    completeness(lines);
    blood(lines);
    return lines;
  }

  private void contributions(List<String> lines) {
    InbreedingAnalysis analysis = horse.analysis();
    List<Integer> ancestors =
        analysis.contributions().keySet().stream()
            .sorted(
                Comparator.comparingDouble(analysis::contribution)
                    .reversed()
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    if (ancestors.isEmpty()) {
      lines.add("Sire and dam have no known common ancestor: F = 0.");
      return;
    }
    ancestors.stream().limit(LISTED_ANCESTORS).forEach(ancestor -> paths(ancestor, lines));
    double rest =
        ancestors.stream().skip(LISTED_ANCESTORS).mapToDouble(analysis::contribution).sum();
    if (rest > 0) {
      lines.add(
          "%d more common ancestors: %s"
              .formatted(ancestors.size() - LISTED_ANCESTORS, number(rest)));
    }
    lines.add("Sum over all common ancestors: F = " + number(analysis.inbreeding()));
  }

  private void paths(int ancestor, List<String> lines) {
    InbreedingAnalysis analysis = horse.analysis();
    List<InbreedingPath> paths = analysis.paths(ancestor);
    double contribution = analysis.contribution(ancestor);
    lines.add(
        "%s, F %s: %s"
            .formatted(
                horse.name(ancestor), number(analysis.inbreeding(ancestor)), number(contribution)));
    paths.stream().limit(LISTED_PATHS).forEach(path -> lines.add("  " + path(path)));
    double listed = paths.stream().limit(LISTED_PATHS).mapToDouble(InbreedingPath::value).sum();
    if (contribution - listed > 1e-12) {
      lines.add("  more or longer paths: " + number(contribution - listed));
    }
  }

  private String path(InbreedingPath path) {
    String animals =
        Arrays.stream(path.animals(horse.analysis().chart()))
            .mapToObj(horse::name)
            .collect(Collectors.joining(" - "));
    return "%s: (1/2)^(%d + %d + 1) x (1 + %s) = %s"
        .formatted(
            animals,
            path.sireGenerations(),
            path.damGenerations(),
            number(path.ancestorInbreeding()),
            number(path.value()));
  }

  private void completeness(List<String> lines) {
    InbreedingAnalysis analysis = horse.analysis();
    PedigreeCompleteness completeness = analysis.completeness();
    int subject = analysis.subject();
    double[] shares =
        KnownShares.of(analysis.pedigree(), subject, completeness.maxGenerations(subject));
    lines.add(
        "Equivalent complete generations: the sum of (1/2)^n over all known ancestors, n"
            + " generations away, which is the sum of the known shares of all generations = "
            + number(Arrays.stream(shares).sum()));
    lines.add(
        String.format(
            Locale.UK,
            "Completeness index (MacCluer et al., 1983) over 5 generations: 2 x Cs x Cd / (Cs + Cd)"
                + " = %s, where Cs = %s and Cd = %s are the mean known shares of the five"
                + " generations of the sire's and of the dam's half.",
            number(completeness.index(subject)),
            number(completeness.halfCompleteness(horse.sire())),
            number(completeness.halfCompleteness(horse.dam()))));
  }

  private void blood(List<String> lines) {
    lines.add(
        "Linebreeding: ancestors within %d generations that the horse has through two or more of"
                .formatted(horse.generations())
            + " their offspring. 4S x 5D: in generation 4 of the sire's half and 5 of the dam's."
            + " Blood: the sum of (1/2)^n over the places.");
    for (LinebreedingEntry entry : horse.analysis().linebreeding()) {
      lines.add(
          "  %s: %s = %s"
              .formatted(
                  horse.name(entry.ancestor()),
                  entry.places().stream()
                      .map(place -> "(1/2)^" + AncestorPlaces.generation(place))
                      .collect(Collectors.joining(" + ")),
                  number(entry.bloodShare())));
    }
    lines.add(
        "Rasmussen factor: a mare in both halves within 5 generations, through different offspring"
            + " (Rasmussen and Faversham, 1999).");
  }

  /** All digits that matter for checking by hand. */
  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.UK, "%.0f", value)
        : String.format(Locale.UK, "%.10f", value).replaceAll("0+$", "");
  }
}
