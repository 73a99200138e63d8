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
import studbook.cli.settings.Requirement;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.model.RunState;
import studbook.model.SafeText;
import studbook.store.run.RunRepository;
import studbook.store.run.WorkerRepository;
import studbook.text.HumanFormat;
import studbook.text.JsonFormat;
import studbook.text.TextTable;

/** {@code studbook workers}. */
@Command(
    name = "workers",
    description = {
      "List the processes that work on the run or wait for one.",
      "Includes all machines on the same database."
    },
    footer = {"", "Example: studbook workers --json"})
public final class WorkersCommand implements Callable<Integer> {

  private static final int LONGEST_HOST = 60;

  private final CommandContext session;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public WorkersCommand(CommandContext session) {
    this.session = session;
  }

  /** {@code does}: works, paused, waits or dead. */
  private record WorkerJson(
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

  private record WorkersJson(List<WorkerJson> workers) {}

  @Override
  public Integer call() throws IOException {
    try (DatabaseSession store =
        DatabaseSession.existing(session.settings(Requirement.DATABASE), session)) {
      Optional<RunRepository.RunRow> run = new RunRepository(store.database().jdbi()).unfinished();
      List<WorkerJson> workers =
          new WorkerRepository(store.database().jdbi())
              .present().stream().map(one -> shown(one, run)).toList();
      if (json) {
        session.out().println(JsonFormat.pretty(new WorkersJson(workers)));
      } else if (workers.isEmpty()) {
        session.out().println("No workers.");
      } else {
        print(workers);
      }
      return ExitCode.DONE;
    }
  }

  private static WorkerJson shown(
      WorkerRepository.WorkerInfo one, Optional<RunRepository.RunRow> run) {
    WorkerRepository.WorkerRow worker = one.worker();
    return new WorkerJson(
        SafeText.excerpt(worker.process().host(), LONGEST_HOST),
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

  private static String does(WorkerRepository.WorkerInfo one, Optional<RunRepository.RunRow> run) {
    if (!one.worker().isAlive()) {
      return "dead";
    }
    if (one.run().isEmpty()) {
      return "waits";
    }
    return run.filter(own -> own.state() == RunState.PAUSED).isPresent() ? "paused" : "works";
  }

  private void print(List<WorkerJson> workers) throws IOException {
    Clock clock = session.surroundings().clock();
    TextTable grid =
        new TextTable(session.style())
            .flexible("Host")
            .figure("Process")
            .text("Does")
            .figure("Run")
            .text("Since")
            .text("Seen")
            .flexible("In hand")
            .figure("Requests")
            .figure("Late");
    for (WorkerJson one : workers) {
      Long run = one.run();
      grid.row(
          one.host(),
          Long.toString(one.process()),
          one.does() + (one.owner() ? ", owner" : ""),
          run == null ? "" : run.toString(),
          HumanFormat.moment(one.since(), clock),
          ago(one.lastSeen(), clock),
          inHand(one.pieces()),
          HumanFormat.count(one.requests()),
          HumanFormat.count(one.late()));
    }
    grid.lines(session.width()).forEach(session.out()::println);
  }

  private static String ago(Instant seen, Clock clock) {
    Duration ago = Duration.between(seen, clock.instant());
    return ago.isNegative() || ago.toSeconds() == 0 ? "now" : HumanFormat.duration(ago) + " ago";
  }

  private static String inHand(List<String> pieces) {
    return pieces.isEmpty()
        ? ""
        : pieces.getFirst() + (pieces.size() == 1 ? "" : " and " + (pieces.size() - 1) + " more");
  }
}
