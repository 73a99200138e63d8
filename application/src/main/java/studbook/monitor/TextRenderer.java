package studbook.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import studbook.store.run.RunCounts;
import studbook.store.statistics.MonitorQueries;
import studbook.store.table.TableCounts;
import studbook.text.HumanFormat;

/** The figures as lines for a log, a pipe, or a terminal that can do no more. */
final class TextRenderer {

  private static final int NEWEST_ERRORS = 5;
  private static final int LONGEST_MESSAGE = 160;

  private final MonitorMessages wording;

  TextRenderer(MonitorMessages wording) {
    this.wording = wording;
  }

  List<String> lines(MonitorSnapshot sight) {
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

  private String headline(MonitorData figures) {
    Optional<MonitorData.RunMetrics> run = figures.run();
    return run.map(one -> capital(wording.name(one.run())) + ", " + wording.state(one))
        .orElse(MonitorMessages.NO_RUN.replace(".", ""));
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private void run(MonitorData figures, MonitorData.RunMetrics run, List<String> lines) {
    RunCounts t = run.tally();
    long processed = t.processed();
    wording.explanation(run).ifPresent(text -> lines.add(row("", text)));
    lines.add(
        row(
            "Processed",
            "%s of %s · %s remaining"
                .formatted(
                    share(processed, t.total()),
                    HumanFormat.count(t.total()),
                    HumanFormat.count(t.pending()))));
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

  private static String database(TableCounts census) {
    return row(
        "Database",
        "%s · %s enriched · %s need enrichment · %s"
            .formatted(
                HumanFormat.count(census.horses(), "horse"),
                share(census.enriched(), census.horses()),
                share(census.unenriched(), census.horses()),
                HumanFormat.count(census.pedigrees(), "pedigree record")));
  }

  private void errors(List<MonitorQueries.NewestError> errors, List<String> lines) {
    for (MonitorQueries.NewestError error :
        errors.subList(0, Math.min(NEWEST_ERRORS, errors.size()))) {
      lines.add(
          row(
              "Newest error",
              HumanFormat.moment(error.at(), wording.clock())
                  + (error.horse() == null
                      ? ""
                      : " " + MonitorMessages.printable(error.horse(), 22))
                  + " "
                  + MonitorMessages.printable(error.kind(), 20)
                  + (error.status() == null ? "" : " " + error.status())
                  + ": "
                  + MonitorMessages.printable(error.message(), LONGEST_MESSAGE)));
    }
  }

  private static String row(String label, String text) {
    return "  %-13s%s".formatted(label, text).stripTrailing();
  }

  private static String share(long part, long whole) {
    return HumanFormat.count(part) + " (" + HumanFormat.percent(part, whole) + ")";
  }
}
