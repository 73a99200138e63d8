package studbook.cli.control;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import studbook.cli.settings.Need;
import studbook.cli.support.ExitCode;
import studbook.cli.support.Session;
import studbook.cli.support.Store;
import studbook.model.Printable;
import studbook.model.RunState;
import studbook.store.run.Runs;
import studbook.store.run.Workers;
import studbook.text.Grid;
import studbook.text.Json;
import studbook.text.Words;

/** {@code studbook workers}. */
@Command(
    name = "workers",
    description = "Lists the processes that work on the run, or wait for one, on all machines.",
    footer = {"", "Example: studbook workers --json"})
public final class WorkersCommand implements Callable<Integer> {

  private static final int LONGEST_HOST = 60;

  private final Session session;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public WorkersCommand(Session session) {
    this.session = session;
  }

  /** {@code does}: works, paused, waits or dead. */
  private record ShownWorker(
      String host,
      long process,
      String does,
      @Nullable Long run,
      boolean owner,
      List<String> pieces,
      long requests,
      long late,
      String version,
      Instant since,
      Instant lastSeen) {}

  private record Shown(List<ShownWorker> workers) {}

  @Override
  public Integer call() throws IOException {
    try (Store store = Store.existing(session.settings(Need.DATABASE), session)) {
      Optional<Runs.Run> run = new Runs(store.database().jdbi()).unfinished();
      List<ShownWorker> workers =
          new Workers(store.database().jdbi())
              .present().stream().map(one -> shown(one, run)).toList();
      if (json) {
        session.out().println(Json.pretty(new Shown(workers)));
      } else if (workers.isEmpty()) {
        session.out().println("Nobody works, and nobody waits for a run.");
      } else {
        print(workers);
      }
      return ExitCode.DONE;
    }
  }

  private static ShownWorker shown(Workers.Presence one, Optional<Runs.Run> run) {
    Workers.Worker worker = one.worker();
    return new ShownWorker(
        Printable.excerpt(worker.process().host(), LONGEST_HOST),
        worker.process().process(),
        does(one, run),
        one.run().orElse(null),
        run.filter(own -> own.owner().id().equals(worker.id())).isPresent(),
        one.pieces(),
        one.requests(),
        one.late(),
        worker.version(),
        one.since(),
        one.lastSeen());
  }

  private static String does(Workers.Presence one, Optional<Runs.Run> run) {
    if (!one.worker().isAlive()) {
      return "dead";
    }
    if (one.run().isEmpty()) {
      return "waits";
    }
    return run.filter(own -> own.state() == RunState.PAUSED).isPresent() ? "paused" : "works";
  }

  private void print(List<ShownWorker> workers) throws IOException {
    Clock clock = session.surroundings().clock();
    Grid grid =
        new Grid(session.style())
            .flexible("Host")
            .figure("Process")
            .text("Does")
            .figure("Run")
            .text("Since")
            .text("Seen")
            .flexible("In hand")
            .figure("Requests")
            .figure("Late");
    for (ShownWorker one : workers) {
      Long run = one.run();
      grid.row(
          one.host(),
          Long.toString(one.process()),
          one.does() + (one.owner() ? ", owner" : ""),
          run == null ? "" : run.toString(),
          Words.moment(one.since(), clock),
          ago(one.lastSeen(), clock),
          inHand(one.pieces()),
          Words.count(one.requests()),
          Words.count(one.late()));
    }
    grid.lines(session.width()).forEach(session.out()::println);
  }

  private static String ago(Instant seen, Clock clock) {
    Duration ago = Duration.between(seen, clock.instant());
    return ago.isNegative() || ago.toSeconds() == 0 ? "now" : Words.duration(ago) + " ago";
  }

  private static String inHand(List<String> pieces) {
    return pieces.isEmpty()
        ? ""
        : pieces.getFirst() + (pieces.size() == 1 ? "" : " and " + (pieces.size() - 1) + " more");
  }
}
