package studbook.cli.inspect;

import static studbook.text.HumanFormat.count;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import studbook.json.ErrorKindJson;
import studbook.json.LoggedErrorJson;
import studbook.model.HorseId;
import studbook.model.RunState;
import studbook.model.SafeText;
import studbook.report.figures.FailureGroup;
import studbook.store.outcome.ErrorEntry;
import studbook.store.outcome.ErrorLog.LoggedError;
import studbook.store.statistics.ErrorSummaryQueries.ErrorGroup;
import studbook.text.AnsiStyle;
import studbook.text.HumanFormat;
import studbook.text.LineWrap;
import studbook.text.TextTable;

/**
 * The errors of a run: horses that failed in the end, and the error log, which has every failed
 * attempt, also those that a later attempt made good.
 *
 * @param kinds those that failed most horses first
 * @param newest rows of the log, the latest first; not all of them
 */
record ErrorReport(RunSummary run, List<ErrorGroup> kinds, List<LoggedError> newest, Clock clock) {

  private static final int MAX_MESSAGE = 300;

  ErrorReport {
    kinds =
        kinds.stream()
            .sorted(
                Comparator.comparingLong(ErrorGroup::failed)
                    .thenComparingLong(ErrorGroup::entries)
                    .reversed())
            .toList();
  }

  private record ErrorsJson(
      long runId,
      RunState state,
      long total,
      long failed,
      long logEntries,
      List<ErrorKindJson> errorKinds,
      List<LoggedErrorJson> errors,
      long omitted) {}

  private long failed() {
    return kinds.stream().mapToLong(ErrorGroup::failed).sum();
  }

  private long entries() {
    return kinds.stream().mapToLong(ErrorGroup::entries).sum();
  }

  Object json() {
    return new ErrorsJson(
        run.run().id(),
        run.run().state(),
        run.counts().total(),
        failed(),
        entries(),
        kinds.stream().map(ErrorKindJson::of).toList(),
        newest.stream().map(LoggedErrorJson::of).toList(),
        entries() - newest.size());
  }

  /**
   * The report as text.
   *
   * @param summary only the counts
   */
  List<String> lines(AnsiStyle style, int width, boolean summary) {
    List<String> lines = new ArrayList<>();
    String title =
        "Run %d (%s): %s of %s failed, %s in the error log"
            .formatted(
                run.run().id(),
                run.status().text(),
                count(failed()),
                count(run.counts().total(), "horse"),
                entries() == 1 ? "1 entry" : count(entries()) + " entries");
    LineWrap.lines(title, width, 0).forEach(line -> lines.add(style.strong(line)));
    if (failed() + entries() == 0) {
      return lines;
    }
    lines.add("");
    TextTable table =
        new TextTable(style).text("Kind").figure("Failed horses").figure("Log entries");
    kinds.forEach(
        kind -> table.row(kind.kind().text(), count(kind.failed()), count(kind.entries())));
    lines.addAll(table.lines(width));
    FailureGroup.sentences(run.run().id(), kinds)
        .forEach(sentence -> lines.addAll(LineWrap.lines(sentence, width, 0)));
    if (!summary && !newest.isEmpty()) {
      lines.add("");
      lines.addAll(rows(style, newest, clock).lines(width));
      if (entries() > newest.size()) {
        lines.addAll(
            LineWrap.lines(
                "%s more; increase --limit to see them, or `studbook export errors FILE`."
                    .formatted(count(entries() - newest.size())),
                width,
                0));
      }
    }
    return lines;
  }

  /** A table of log entries. */
  static TextTable rows(AnsiStyle style, List<LoggedError> entries, Clock clock) {
    TextTable table =
        new TextTable(style)
            .text("Time")
            .text("Horse")
            .text("Kind")
            .figure("HTTP")
            .figure("Attempt")
            .flexible("Message");
    for (LoggedError logged : entries) {
      ErrorEntry entry = logged.entry();
      table.row(
          HumanFormat.moment(logged.at(), clock),
          entry.horse().map(HorseId::text).orElse("–"),
          entry.kind().text(),
          entry.status() == 0 ? "–" : Integer.toString(entry.status()),
          Integer.toString(entry.attempt()),
          SafeText.excerpt(entry.message(), MAX_MESSAGE));
    }
    return table;
  }
}
