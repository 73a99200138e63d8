package studbook.cli.inspect;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import studbook.archive.ArchiveFolder;
import studbook.archive.ArchiveLimits;
import studbook.archive.ArchivedErrors;
import studbook.cli.archive.ArchivedErrorReport;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.cli.support.RunIdOption;
import studbook.cli.support.UsageException;
import studbook.model.ErrorKind;
import studbook.store.archive.ArchivedTable;
import studbook.store.outcome.ErrorLog;
import studbook.store.run.RunRepository;
import studbook.store.run.RunRepository.RunRow;
import studbook.store.statistics.ErrorSummaryQueries;

/** {@code studbook errors}. */
@Command(
    name = "errors",
    description = "Show the errors of a run: counts by kind, then log entries.",
    footer = {
      "",
      "Examples: studbook errors --summary",
      "          studbook errors --run 7 --kind timeout --limit 100",
      "          studbook errors --archived --month 2026-09"
    })
public final class ErrorsCommand implements Callable<Integer> {

  private final CommandContext context;

  @Mixin private RunIdOption run = new RunIdOption();

  @Option(
      names = "--kind",
      paramLabel = "K",
      description = "Error kind to show; default: all. One of ${COMPLETION-CANDIDATES}.")
  private @Nullable ErrorKind kind;

  @Option(names = "--summary", description = "Print only the counts.")
  private boolean summary;

  @Option(names = "--limit", paramLabel = "N", description = "Maximum number of log entries (20).")
  private int limit = 20;

  @Option(
      names = "--archived",
      description = "Read the archive of the month --month instead of the database.")
  private boolean archived;

  @Option(
      names = "--month",
      paramLabel = "MONTH",
      description = "Month to read with --archived, such as 2026-09.")
  private @Nullable YearMonth month;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public ErrorsCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    UsageException.requireAtLeast(1, "--limit", limit);
    if (archived != (month != null)) {
      throw new UsageException("--archived and --month MONTH need each other");
    }
    if (month != null) {
      printArchived(month);
      return ExitCode.DONE;
    }
    try (DatabaseSession database = DatabaseSession.existing(context)) {
      Jdbi jdbi = database.jdbi();
      RunRow chosen = run.in(new RunRepository(jdbi));
      Optional<ErrorKind> only = Optional.ofNullable(kind);
      ErrorReport report =
          new ErrorReport(
              RunSummary.of(chosen, database.database()),
              new ErrorSummaryQueries(jdbi)
                  .of(chosen.id()).stream()
                      .filter(error -> kind == null || error.kind() == kind)
                      .toList(),
              summary ? List.of() : new ErrorLog(jdbi).newest(chosen.id(), only, limit),
              context.environment().clock());
      if (json) {
        context.printJson(report.json());
      } else {
        report.lines(context.style(), context.width(), summary).forEach(context::println);
        printArchivedMonths(chosen);
      }
      return ExitCode.DONE;
    }
  }

  private void printArchived(YearMonth chosen) throws IOException {
    ArchiveFolder archive = ArchiveFolder.in(context.settings().home());
    Path file = archive.file(ArchivedTable.ERRORS, chosen);
    if (!archive.hasErrors(chosen)) {
      throw new UsageException(
          "no errors of %s are archived: %s is missing".formatted(chosen, file));
    }
    ArchivedErrors errors =
        ArchivedErrors.read(file, run.number(), Optional.ofNullable(kind), summary ? 0 : limit);
    ArchivedErrorReport report = new ArchivedErrorReport(chosen, file, errors);
    if (json) {
      context.printJson(report.json());
    } else {
      report.print(
          context,
          errors.newest().isEmpty()
              ? List.of()
              : ErrorReport.rows(context.style(), errors.newest(), context.environment().clock())
                  .lines(context.width()));
    }
  }

  /** Entries of closed months may be in the archive. */
  private void printArchivedMonths(RunRow chosen) {
    ArchiveFolder archive = ArchiveFolder.in(context.settings().home());
    Instant end = Objects.requireNonNullElse(chosen.endedAt(), chosen.startedAt());
    YearMonth last = ArchiveLimits.month(end);
    for (YearMonth one = ArchiveLimits.month(chosen.startedAt());
        !one.isAfter(last);
        one = one.plusMonths(1)) {
      if (archive.hasErrors(one)) {
        context.print(
            "Errors of %s are archived: studbook errors --archived --month %s --run %d"
                .formatted(one, one, chosen.id()),
            0);
      }
    }
  }
}
