package studbook.cli.control;

import static studbook.text.HumanFormat.count;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.Jdbi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.model.RunState;
import studbook.model.SafeText;
import studbook.store.run.RunRepository;
import studbook.store.run.RunRepository.RunRow;
import studbook.store.run.WorkerRepository;
import studbook.store.run.WorkerRepository.WorkerInfo;
import studbook.store.run.WorkerRepository.WorkerRow;
import studbook.text.HumanFormat;
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

  private final CommandContext context;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public WorkersCommand(CommandContext context) {
    this.context = context;
  }

  /** {@code status}: working, paused, waiting or dead. */
  private record WorkerJson(
      String host,
      long pid,
      String status,
      Optional<Long> runId,
      boolean owner,
      List<String> chunks,
      long requests,
      long discardedOutcomes,
      String version,
      Instant registeredAt,
      Instant lastSeenAt) {

    static WorkerJson of(WorkerInfo info, Optional<RunRow> run) {
      WorkerRow worker = info.worker();
      return new WorkerJson(
          SafeText.excerpt(worker.process().host(), LONGEST_HOST),
          worker.process().process(),
          status(info, run),
          info.run(),
          run.filter(active -> active.owner().id().equals(worker.id())).isPresent(),
          info.chunks(),
          info.requests(),
          info.late(),
          worker.version(),
          info.since(),
          info.lastSeen());
    }

    private static String status(WorkerInfo info, Optional<RunRow> run) {
      if (!info.worker().isAlive()) {
        return "dead";
      }
      if (info.run().isEmpty()) {
        return "waiting";
      }
      return run.filter(active -> active.state() == RunState.PAUSED).isPresent()
          ? "paused"
          : "working";
    }
  }

  private record WorkersJson(List<WorkerJson> workers) {}

  @Override
  public Integer call() throws IOException {
    try (DatabaseSession database = DatabaseSession.existing(context)) {
      Jdbi jdbi = database.jdbi();
      Optional<RunRow> run = new RunRepository(jdbi).unfinished();
      List<WorkerJson> workers =
          new WorkerRepository(jdbi)
              .present().stream().map(info -> WorkerJson.of(info, run)).toList();
      if (json) {
        context.printJson(new WorkersJson(workers));
      } else if (workers.isEmpty()) {
        context.println("No workers.");
      } else {
        print(workers);
      }
      return ExitCode.DONE;
    }
  }

  private void print(List<WorkerJson> workers) {
    Clock clock = context.environment().clock();
    TextTable table =
        new TextTable(context.style())
            .flexible("Host")
            .figure("Process")
            .text("Status")
            .figure("Run")
            .text("Started")
            .optional()
            .text("Last seen")
            .flexible("Chunks")
            .figure("Requests")
            .figure("Discarded")
            .optional();
    for (WorkerJson worker : workers) {
      table.row(
          worker.host(),
          Long.toString(worker.pid()),
          worker.status() + (worker.owner() ? ", owner" : ""),
          worker.runId().map(Object::toString).orElse(""),
          HumanFormat.moment(worker.registeredAt(), clock),
          ago(worker.lastSeenAt(), clock),
          chunks(worker.chunks()),
          count(worker.requests()),
          count(worker.discardedOutcomes()));
    }
    table.lines(context.width()).forEach(context::println);
  }

  private static String ago(Instant seen, Clock clock) {
    Duration ago = Duration.between(seen, clock.instant());
    return ago.isNegative() || ago.toSeconds() == 0 ? "now" : HumanFormat.duration(ago) + " ago";
  }

  private static String chunks(List<String> chunks) {
    return chunks.isEmpty()
        ? ""
        : chunks.getFirst() + (chunks.size() == 1 ? "" : " and " + (chunks.size() - 1) + " more");
  }
}
