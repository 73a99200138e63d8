package studbook.cli.inspect;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import studbook.cli.settings.Requirement;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.cli.support.UsageException;
import studbook.store.run.RunRepository;
import studbook.text.HumanFormat;
import studbook.text.JsonFormat;
import studbook.text.TextTable;

/** {@code studbook runs}. */
@Command(
    name = "runs",
    description = "List the runs, latest first.",
    footer = {"", "Example: studbook runs --limit 5"})
public final class RunsCommand implements Callable<Integer> {

  private final CommandContext session;

  @Option(names = "--limit", paramLabel = "N", description = "Maximum number of runs (20).")
  private int limit = 20;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public RunsCommand(CommandContext session) {
    this.session = session;
  }

  private record RunsJson(List<RunSummary.RunJson> runs) {}

  @Override
  public Integer call() throws IOException {
    if (limit < 1) {
      throw new UsageException("--limit must be 1 or more, not " + limit);
    }
    Clock clock = session.surroundings().clock();
    try (DatabaseSession store =
        DatabaseSession.existing(session.settings(Requirement.DATABASE), session)) {
      List<RunSummary> runs =
          new RunRepository(store.database().jdbi())
              .newest(limit).stream()
                  .map(run -> RunSummary.of(run, store.database(), clock))
                  .toList();
      if (json) {
        List<RunSummary.RunJson> shown = runs.stream().map(run -> run.shown(clock)).toList();
        session.out().println(JsonFormat.pretty(new RunsJson(shown)));
      } else if (runs.isEmpty()) {
        session.out().println("No run yet.");
      } else {
        print(runs, clock);
      }
      return ExitCode.DONE;
    }
  }

  /** The column of retries appears only if there is one. */
  private void print(List<RunSummary> runs, Clock clock) throws IOException {
    boolean retries = runs.stream().anyMatch(run -> run.run().told().retryOf().isPresent());
    TextTable grid =
        new TextTable(session.style())
            .figure("Run")
            .flexible("State")
            .flexible("Started")
            .text("Took")
            .figure("Horses")
            .figure("Enriched")
            .figure("Errors")
            .figure("Horses/s");
    if (retries) {
      grid.text("Retry");
    }
    for (RunSummary one : runs) {
      List<String> cells =
          List.of(
              Long.toString(one.run().id()),
              one.state(),
              HumanFormat.moment(one.run().startedAt(), clock),
              HumanFormat.duration(one.took()),
              HumanFormat.count(one.tally().total()),
              HumanFormat.count(one.tally().enriched()),
              HumanFormat.count(one.tally().failed()),
              HumanFormat.rate(one.perSecond()),
              one.run().told().retryOf().map(run -> "of " + run).orElse(""));
      grid.row(cells.subList(0, retries ? 9 : 8).toArray(String[]::new));
    }
    grid.lines(session.width()).forEach(session.out()::println);
    if (runs.getFirst().isOrphan()) {
      session
          .out()
          .printf(
              "The process of run %d died; `studbook backfill --resume` continues it.%n",
              runs.getFirst().run().id());
    }
  }
}
