package studbook.cli.inspect;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import studbook.cli.settings.Need;
import studbook.cli.support.ExitCode;
import studbook.cli.support.Kinds;
import studbook.cli.support.RunOption;
import studbook.cli.support.Session;
import studbook.cli.support.Store;
import studbook.cli.support.UserMistake;
import studbook.model.ErrorKind;
import studbook.store.outcome.ErrorLog;
import studbook.store.run.Runs;

/** {@code studbook errors}. */
@Command(
    name = "errors",
    description = "Shows what went wrong in a run: the kinds with their counts, then the rows.",
    footer = {
      "",
      "Examples: studbook errors --group",
      "          studbook errors --run 7 --kind timeout --limit 100"
    })
public final class ErrorsCommand implements Callable<Integer> {

  private final Session session;

  @Mixin private RunOption run = new RunOption();

  @Option(
      names = "--kind",
      paramLabel = "K",
      converter = Kinds.class,
      completionCandidates = Kinds.class,
      description = "Only this kind: ${COMPLETION-CANDIDATES}.")
  private @Nullable ErrorKind kind;

  @Option(names = "--group", description = "Only the counts.")
  private boolean group;

  @Option(names = "--limit", paramLabel = "N", description = "At most N rows (20).")
  private int limit = 20;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public ErrorsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    if (limit < 1) {
      throw new UserMistake("--limit must be 1 or more, not " + limit);
    }
    try (Store store = Store.existing(session.settings(Need.DATABASE), session)) {
      Runs runs = new Runs(store.database().jdbi());
      Runs.Run chosen = run.in(runs);
      Optional<ErrorKind> only = Optional.ofNullable(kind);
      ErrorLog log = new ErrorLog(store.database().jdbi());
      ErrorsText text =
          new ErrorsText(
              RunSummary.of(chosen, store.database(), session.surroundings().clock()),
              log.failures(chosen.id(), only),
              log.counts(chosen.id(), only),
              group ? List.of() : log.newest(chosen.id(), only, limit),
              session.surroundings().clock());
      if (json) {
        session.out().println(text.json());
      } else {
        text.lines(session.style(), session.width(), group).forEach(session.out()::println);
      }
      return ExitCode.DONE;
    }
  }
}
