package studbook.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import studbook.store.run.Tally;
import studbook.store.statistics.Looks;
import studbook.store.table.Census;
import studbook.text.Words;

/** The figures as lines for a log, a pipe, or a terminal that can do no more. */
final class PlainText {

  private static final int NEWEST_ERRORS = 5;
  private static final int LONGEST_MESSAGE = 160;

  private final Wording wording;

  PlainText(Wording wording) {
    this.wording = wording;
  }

  List<String> lines(Sight sight) {
    List<String> lines = new ArrayList<>();
    sight.absence().ifPresent(absence -> lines.add(wording.absence(absence)));
    sight
        .figures()
        .ifPresent(figures -> {
          String age = sight.absence().isPresent() ? ", OLD figures of " : ", figures of ";
          lines.add(headline(figures) + age + wording.second(figures.at()));
          figures.run().ifPresent(run -> run(figures, run, lines));
          figures.database().ifPresent(counted -> lines.add(database(counted.census())));
          figures.run().ifPresent(run -> errors(run.errors(), lines));
        });
    return lines;
  }

  private String headline(Figures figures) {
    Optional<Figures.OfRun> run = figures.run();
    return run.map(one -> capital(wording.name(one.run())) + ", " + wording.state(one))
        .orElse(Wording.NO_RUN.replace(".", ""));
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private void run(Figures figures, Figures.OfRun run, List<String> lines) {
    Tally t = run.tally();
    long processed = t.processed();
    wording.explanation(run).ifPresent(text -> lines.add(row("", text)));
    lines.add(
        row(
            "Processed",
            "%s of %s · %s remaining"
                .formatted(
                    share(processed, t.total()),
                    Words.count(t.total()),
                    Words.count(t.pending()))));
    lines.add(row("Enriched", share(t.enriched(), processed)));
    lines.add(
        row(
            "Pedigree",
            "with %s · without %s"
                .formatted(
                    share(t.withPedigree(), processed), share(t.withoutPedigree(), processed))));
    lines.add(row("Not found", share(t.notFound(), processed)));
    lines.add(row("Errors", share(t.failed(), processed)));
    wording.phase(run).ifPresent(text -> lines.add(row("Phase", text)));
    lines.add(row("Rate", wording.rate(run)));
    lines.add(row("Budget used", wording.budget(run)));
    lines.add(row("Limited by", wording.limit(run)));
    wording.lowered(run).ifPresent(text -> lines.add(row("Lowered", text)));
    lines.add(row("Time", wording.time(run, figures.at())));
  }

  private static String database(Census census) {
    return row(
        "Database",
        "%s · %s enriched · %s need enrichment · %s"
            .formatted(
                Words.count(census.horses(), "horse"),
                share(census.enriched(), census.horses()),
                share(census.unenriched(), census.horses()),
                Words.count(census.pedigrees(), "pedigree record")));
  }

  private void errors(List<Looks.Mishap> errors, List<String> lines) {
    for (Looks.Mishap error : errors.subList(0, Math.min(NEWEST_ERRORS, errors.size()))) {
      lines.add(
          row(
              "Newest error",
              Words.moment(error.at(), wording.clock())
                  + (error.horse() == null ? "" : " " + Wording.printable(error.horse(), 22))
                  + " "
                  + Wording.printable(error.kind(), 20)
                  + (error.status() == null ? "" : " " + error.status())
                  + ": "
                  + Wording.printable(error.message(), LONGEST_MESSAGE)));
    }
  }

  private static String row(String label, String text) {
    return "  %-13s%s".formatted(label, text).stripTrailing();
  }

  private static String share(long part, long whole) {
    return Words.count(part) + " (" + Words.percent(part, whole) + ")";
  }
}
