package studbook.cli.inspect;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.cli.support.RunIdOption;
import studbook.cli.support.UsageException;
import studbook.model.ErrorKind;
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
      "          studbook errors --run 7 --kind timeout --limit 100"
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

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public ErrorsCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    UsageException.requireAtLeast(1, "--limit", limit);
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
              context.surroundings().clock());
      if (json) {
        context.printJson(report.json());
      } else {
        report.lines(context.style(), context.width(), summary).forEach(context::println);
      }
      return ExitCode.DONE;
    }
  }
}
