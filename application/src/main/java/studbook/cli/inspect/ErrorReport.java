package studbook.cli.inspect;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import studbook.model.ErrorKind;
import studbook.model.HorseId;
import studbook.model.SafeText;
import studbook.report.figures.FailureGroup;
import studbook.store.outcome.ErrorEntry;
import studbook.store.outcome.ErrorLog;
import studbook.text.AnsiStyle;
import studbook.text.HumanFormat;
import studbook.text.JsonFormat;
import studbook.text.LineWrap;
import studbook.text.TextTable;

/**
 * The errors of a run. Failed horses are final failures; the log has every failed attempt,
 * including those that a retry resolved.
 *
 * @param newest entries of the log, latest first; not all of them
 */
record ErrorReport(
    RunSummary run,
    List<ErrorLog.FailureCounts> failures,
    List<ErrorLog.KindCount> counts,
    List<ErrorLog.LoggedError> newest,
    Clock clock) {

  private static final int MESSAGE = 300;

  /** A kind with both its figures. */
  private record ErrorKindText(String kind, long horsesFailed, long logRows) {}

  private record ErrorRow(
      String at,
      @Nullable String horseId,
      String kind,
      @Nullable String endpoint,
      @Nullable Integer status,
      int attempt,
      long millis,
      String message) {}

  private record ErrorsJson(
      long run,
      String state,
      long horses,
      long horsesFailed,
      long logRows,
      List<ErrorKindText> kinds,
      List<ErrorRow> errors,
      long notShown) {}

  private long failed() {
    return failures.stream().mapToLong(ErrorLog.FailureCounts::horses).sum();
  }

  private long rows() {
    return counts.stream().mapToLong(ErrorLog.KindCount::rows).sum();
  }

  /** Kinds by number of failed horses, largest first. */
  private List<ErrorKindText> kinds() {
    return Arrays.stream(ErrorKind.values())
        .map(this::kind)
        .filter(kind -> kind.horsesFailed() + kind.logRows() > 0)
        .sorted(
            Comparator.comparingLong(ErrorKindText::horsesFailed)
                .thenComparingLong(ErrorKindText::logRows)
                .reversed())
        .toList();
  }

  private ErrorKindText kind(ErrorKind kind) {
    return new ErrorKindText(
        kind.text(),
        failures.stream()
            .filter(one -> one.kind() == kind)
            .mapToLong(ErrorLog.FailureCounts::horses)
            .sum(),
        counts.stream()
            .filter(one -> one.kind() == kind)
            .mapToLong(ErrorLog.KindCount::rows)
            .sum());
  }

  String json() {
    return JsonFormat.pretty(
        new ErrorsJson(
            run.run().id(),
            run.run().state().text(),
            run.tally().total(),
            failed(),
            rows(),
            kinds(),
            newest.stream().map(this::row).toList(),
            rows() - newest.size()));
  }

  private ErrorRow row(ErrorLog.LoggedError logged) {
    ErrorEntry entry = logged.entry();
    return new ErrorRow(
        RunSummary.time(logged.at(), clock),
        entry.horse().map(HorseId::text).orElse(null),
        entry.kind().text(),
        entry.endpoint().orElse(null),
        entry.status() == 0 ? null : entry.status(),
        entry.attempt(),
        entry.took().toMillis(),
        entry.message());
  }

  /**
   * As people read it.
   *
   * @param group only the counts
   */
  List<String> lines(AnsiStyle style, int width, boolean group) {
    List<String> lines = new ArrayList<>();
    String title =
        "Run %d (%s): %s of %s failed in the end, %s in the error log"
            .formatted(
                run.run().id(),
                run.state(),
                HumanFormat.count(failed()),
                HumanFormat.count(run.tally().total(), "horse"),
                HumanFormat.count(rows(), "row"));
    LineWrap.lines(title, width, 0).forEach(line -> lines.add(style.strong(line)));
    if (failed() + rows() == 0) {
      return lines;
    }
    lines.add("");
    TextTable grid = new TextTable(style).text("Kind").figure("Horses failed").figure("Log rows");
    for (ErrorKindText kind : kinds()) {
      grid.row(
          kind.kind(), HumanFormat.count(kind.horsesFailed()), HumanFormat.count(kind.logRows()));
    }
    lines.addAll(grid.lines(width));
    FailureGroup.sentences(run.run().id(), failures)
        .forEach(sentence -> lines.addAll(LineWrap.lines(sentence, width, 0)));
    if (!group && !newest.isEmpty()) {
      lines.add("");
      lines.addAll(rows(style).lines(width));
      if (rows() > newest.size()) {
        lines.addAll(
            LineWrap.lines(
                "%s more; --limit shows more of them, `studbook export errors FILE` writes all."
                    .formatted(HumanFormat.count(rows() - newest.size())),
                width,
                0));
      }
    }
    return lines;
  }

  private TextTable rows(AnsiStyle style) {
    TextTable grid =
        new TextTable(style)
            .text("Time")
            .text("Horse")
            .text("Kind")
            .figure("HTTP")
            .figure("Try")
            .flexible("Message");
    for (ErrorLog.LoggedError logged : newest) {
      ErrorEntry entry = logged.entry();
      grid.row(
          HumanFormat.moment(logged.at(), clock),
          entry.horse().map(HorseId::text).orElse("–"),
          entry.kind().text(),
          entry.status() == 0 ? "–" : Integer.toString(entry.status()),
          Integer.toString(entry.attempt()),
          SafeText.excerpt(entry.message(), MESSAGE));
    }
    return grid;
  }
}
