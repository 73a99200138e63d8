package studbook.cli.inspect;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import studbook.cli.option.ErrorKindConverter;
import studbook.cli.settings.Requirement;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.cli.support.RunIdOption;
import studbook.cli.support.UsageException;
import studbook.model.ErrorKind;
import studbook.store.outcome.ErrorLog;
import studbook.store.run.RunRepository;

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

  private final CommandContext session;

  @Mixin private RunIdOption run = new RunIdOption();

  @Option(
      names = "--kind",
      paramLabel = "K",
      converter = ErrorKindConverter.class,
      completionCandidates = ErrorKindConverter.class,
      description = "Error kind to show; default: all. One of ${COMPLETION-CANDIDATES}.")
  private @Nullable ErrorKind kind;

  @Option(names = "--summary", description = "Print only the counts.")
  private boolean summary;

  @Option(names = "--limit", paramLabel = "N", description = "Maximum number of log entries (20).")
  private int limit = 20;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public ErrorsCommand(CommandContext session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    if (limit < 1) {
      throw new UsageException("--limit must be 1 or more, not " + limit);
    }
    try (DatabaseSession store =
        DatabaseSession.existing(session.settings(Requirement.DATABASE), session)) {
      RunRepository runs = new RunRepository(store.database().jdbi());
      RunRepository.RunRow chosen = run.in(runs);
      Optional<ErrorKind> only = Optional.ofNullable(kind);
      ErrorLog log = new ErrorLog(store.database().jdbi());
      ErrorReport text =
          new ErrorReport(
              RunSummary.of(chosen, store.database(), session.surroundings().clock()),
              log.failures(chosen.id(), only),
              log.counts(chosen.id(), only),
              summary ? List.of() : log.newest(chosen.id(), only, limit),
              session.surroundings().clock());
      if (json) {
        session.out().println(text.json());
      } else {
        text.lines(session.style(), session.width(), summary).forEach(session.out()::println);
      }
      return ExitCode.DONE;
    }
  }
}
