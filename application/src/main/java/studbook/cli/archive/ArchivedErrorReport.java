package studbook.cli.archive;

import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import studbook.archive.ArchivedErrors;
import studbook.cli.support.CommandContext;
import studbook.json.LoggedErrorJson;
import studbook.model.ErrorKind;
import studbook.text.HumanFormat;
import studbook.text.TextTable;

/**
 * Archived errors of a month as text or JSON.
 *
 * @param file from which they were read
 */
public record ArchivedErrorReport(YearMonth month, Path file, ArchivedErrors errors) {

  private record ArchivedKindJson(ErrorKind errorKind, long logEntries) {}

  private record ArchivedErrorsJson(
      String month,
      Path file,
      long logEntries,
      long unreadableLines,
      List<ArchivedKindJson> archivedKinds,
      List<LoggedErrorJson> errors,
      long omitted) {}

  /** The object that {@code --json} prints. */
  public Object json() {
    return new ArchivedErrorsJson(
        month.toString(),
        file,
        errors.entries(),
        errors.unreadable(),
        errors.kinds().entrySet().stream()
            .map(kind -> new ArchivedKindJson(kind.getKey(), kind.getValue()))
            .toList(),
        errors.newest().stream().map(LoggedErrorJson::of).toList(),
        errors.entries() - errors.newest().size());
  }

  /**
   * Prints it as text.
   *
   * @param entries a table of the newest ones, if wanted
   */
  public void print(CommandContext context, List<String> entries) {
    context.print(
        "%s: %s archived in %s"
            .formatted(month, HumanFormat.count(errors.entries()) + " log entries", file),
        0);
    TextTable table = new TextTable(context.style()).text("Kind").figure("Log entries");
    for (Map.Entry<ErrorKind, Long> kind : errors.kinds().entrySet()) {
      table.row(kind.getKey().text(), HumanFormat.count(kind.getValue()));
    }
    if (!errors.kinds().isEmpty()) {
      context.out().println();
      table.lines(context.width()).forEach(context.out()::println);
    }
    if (!entries.isEmpty()) {
      context.out().println();
      entries.forEach(context.out()::println);
    }
    if (errors.unreadable() > 0) {
      context.print(
          "%s of the file are no errors and were skipped."
              .formatted(HumanFormat.count(errors.unreadable(), "line")),
          0);
    }
  }
}
