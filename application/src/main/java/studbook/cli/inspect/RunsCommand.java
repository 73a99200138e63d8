package studbook.cli.inspect;

import static studbook.text.HumanFormat.count;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.cli.support.UsageException;
import studbook.json.RunsJson;
import studbook.store.run.RunRepository;
import studbook.store.run.RunStatus;
import studbook.text.HumanFormat;
import studbook.text.TextTable;

/** {@code studbook runs}. */
@Command(
    name = "runs",
    description = "List the runs, latest first.",
    footer = {"", "Example: studbook runs --limit 5"})
public final class RunsCommand implements Callable<Integer> {

  private final CommandContext context;

  @Option(names = "--limit", paramLabel = "N", description = "Maximum number of runs (20).")
  private int limit = 20;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public RunsCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    UsageException.requireAtLeast(1, "--limit", limit);
    try (DatabaseSession database = DatabaseSession.existing(context)) {
      List<RunSummary> runs =
          new RunRepository(database.jdbi())
              .newest(limit).stream().map(run -> RunSummary.of(run, database.database())).toList();
      if (json) {
        context.printJson(new RunsJson(runs.stream().map(RunSummary::json).toList()));
      } else if (runs.isEmpty()) {
        context.println("No run yet.");
      } else {
        print(runs);
      }
      return ExitCode.DONE;
    }
  }

  /** A column for retries only if there is one. */
  private void print(List<RunSummary> runs) {
    Clock clock = context.environment().clock();
    boolean retries = runs.stream().anyMatch(run -> run.run().config().retryOf().isPresent());
    TextTable table =
        new TextTable(context.style())
            .figure("Run")
            .flexible("State")
            .flexible("Started")
            .text("Duration")
            .figure("Horses")
            .figure("Enriched")
            .optional()
            .figure("Failed")
            .figure("Horses/s")
            .optional();
    if (retries) {
      table.text("Retry");
    }
    for (RunSummary summary : runs) {
      List<String> cells =
          List.of(
              Long.toString(summary.run().id()),
              summary.status().text(),
              HumanFormat.moment(summary.run().startedAt(), clock),
              HumanFormat.duration(summary.timeline().elapsed()),
              count(summary.counts().total()),
              count(summary.counts().enriched()),
              count(summary.counts().failed()),
              HumanFormat.rate(summary.perSecond()),
              summary.run().config().retryOf().map(run -> "of " + run).orElse(""));
      table.row(cells.subList(0, retries ? 9 : 8).toArray(String[]::new));
    }
    table.lines(context.width()).forEach(context::println);
    if (runs.getFirst().status() == RunStatus.DIED) {
      context.println(
          "`" + RunStatus.RESUME + "` continues run " + runs.getFirst().run().id() + ".");
    }
  }
}
