package studbook.cli.inspect;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import studbook.cli.settings.Need;
import studbook.cli.support.ExitCode;
import studbook.cli.support.Session;
import studbook.cli.support.Store;
import studbook.cli.support.UserMistake;
import studbook.store.run.Runs;
import studbook.text.Grid;
import studbook.text.Json;
import studbook.text.Words;

/** {@code studbook runs}. */
@Command(
    name = "runs",
    description = "Lists the runs, the latest first.",
    footer = {"", "Example: studbook runs --limit 5"})
public final class RunsCommand implements Callable<Integer> {

  private final Session session;

  @Option(names = "--limit", paramLabel = "N", description = "At most N runs (20).")
  private int limit = 20;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public RunsCommand(Session session) {
    this.session = session;
  }

  private record Shown(List<RunSummary.Shown> runs) {}

  @Override
  public Integer call() throws IOException {
    if (limit < 1) {
      throw new UserMistake("--limit must be 1 or more, not " + limit);
    }
    Clock clock = session.surroundings().clock();
    try (Store store = Store.existing(session.settings(Need.DATABASE), session)) {
      List<RunSummary> runs =
          new Runs(store.database().jdbi())
              .newest(limit).stream()
                  .map(run -> RunSummary.of(run, store.database(), clock))
                  .toList();
      if (json) {
        List<RunSummary.Shown> shown = runs.stream().map(run -> run.shown(clock)).toList();
        session.out().println(Json.pretty(new Shown(shown)));
      } else if (runs.isEmpty()) {
        session.out().println("No run yet.");
      } else {
        print(runs, clock);
      }
      return ExitCode.DONE;
    }
  }

  /** The column of retries stands only where one is among the runs. */
  private void print(List<RunSummary> runs, Clock clock) throws IOException {
    boolean retries = runs.stream().anyMatch(run -> run.run().told().retryOf().isPresent());
    Grid grid =
        new Grid(session.style())
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
              Words.moment(one.run().startedAt(), clock),
              Words.duration(one.took()),
              Words.count(one.tally().total()),
              Words.count(one.tally().enriched()),
              Words.count(one.tally().failed()),
              Words.rate(one.perSecond()),
              one.run().told().retryOf().map(run -> "of " + run).orElse(""));
      grid.row(cells.subList(0, retries ? 9 : 8).toArray(String[]::new));
    }
    grid.lines(session.width()).forEach(session.out()::println);
    if (runs.getFirst().isOrphan()) {
      session
          .out()
          .printf(
              "The process of run %d died; `studbook backfill --resume` goes on.%n",
              runs.getFirst().run().id());
    }
  }
}
