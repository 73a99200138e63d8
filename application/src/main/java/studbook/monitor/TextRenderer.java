package studbook.monitor;

import static studbook.text.HumanFormat.count;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import studbook.model.HorseId;
import studbook.model.SafeText;
import studbook.monitor.MonitorData.RunMetrics;
import studbook.store.outcome.ErrorEntry;
import studbook.store.outcome.ErrorLog.LoggedError;
import studbook.store.run.RunCounts;
import studbook.store.table.TableCounts;
import studbook.text.HumanFormat;

/** The figures as lines for a log, a pipe, or a terminal that cannot position its cursor. */
final class TextRenderer {

  private static final int NEWEST_ERRORS = 5;
  private static final int MAX_MESSAGE = 160;

  private final Clock clock;
  private final MonitorMessages messages;

  TextRenderer(Clock clock) {
    this.clock = clock;
    this.messages = new MonitorMessages(clock);
  }

  List<String> lines(MonitorSnapshot snapshot) {
    List<String> lines = new ArrayList<>();
    snapshot.absence().ifPresent(gap -> lines.add(messages.outage(gap)));
    snapshot
        .figures()
        .ifPresent(data -> {
          lines.add(summary(data) + ", " + messages.age(snapshot));
          data.run().ifPresent(run -> run(data, run, lines));
          data.database().ifPresent(counts -> lines.add(database(counts.counts())));
          data.run().stream()
              .flatMap(run -> run.errors().stream())
              .limit(NEWEST_ERRORS)
              .forEach(error -> lines.add(row("Newest error", error(error))));
        });
    return lines;
  }

  private String summary(MonitorData data) {
    return data.run()
        .map(run -> capital(messages.name(run.run())) + ", " + messages.status(run))
        .orElse(MonitorMessages.NO_RUN.replace(".", ""));
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private void run(MonitorData data, RunMetrics run, List<String> lines) {
    RunCounts t = run.counts();
    long completed = t.processed();
    messages.explanation(run).ifPresent(text -> lines.add(row("", text)));
    lines.add(
        row(
            "Completed",
            "%s of %s · %s remaining"
                .formatted(share(completed, t.total()), count(t.total()), count(t.pending()))));
    lines.add(row("Enriched", share(t.enriched(), completed)));
    lines.add(
        row(
            "Pedigree",
            "with %s · without %s"
                .formatted(
                    share(t.withPedigree(), completed), share(t.withoutPedigree(), completed))));
    lines.add(row("Not found", share(t.notFound(), completed)));
    lines.add(row("Failed", share(t.failed(), completed)));
    messages
        .metrics(run, data.at())
        .forEach(metric -> lines.add(row(metric.label(), metric.text())));
  }

  private static String database(TableCounts counts) {
    return row(
        "Database",
        "%s · %s enriched · %s need enrichment · %s"
            .formatted(
                count(counts.horses(), "horse"),
                share(counts.enriched(), counts.horses()),
                share(counts.unenriched(), counts.horses()),
                count(counts.pedigrees(), "pedigree")));
  }

  private String error(LoggedError logged) {
    ErrorEntry entry = logged.entry();
    return "%s %s%s%s: %s"
        .formatted(
            HumanFormat.moment(logged.at(), clock),
            entry.horse().map(HorseId::text).map(id -> id + " ").orElse(""),
            entry.kind().text(),
            Optional.of(entry.status()).filter(s -> s > 0).map(s -> " " + s).orElse(""),
            SafeText.excerpt(entry.message(), MAX_MESSAGE));
  }

  private static String row(String label, String text) {
    return "  %-14s%s".formatted(label, text).stripTrailing();
  }

  private static String share(long part, long whole) {
    return count(part) + " (" + HumanFormat.percent(part, whole) + ")";
  }
}
