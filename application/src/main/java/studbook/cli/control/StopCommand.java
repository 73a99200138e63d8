package studbook.cli.control;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import studbook.backfill.files.LogDirectory;
import studbook.backfill.files.PidFile;
import studbook.backfill.files.PidFile.RunProcess;
import studbook.cli.settings.Requirement;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.LockWatch;
import studbook.cli.support.UsageException;
import studbook.store.run.WorkerRepository.WorkerRow;

/** {@code studbook stop}. */
@Command(
    name = "stop",
    description = {
      "Stop the run of this directory.",
      "Shows whether other processes continue the run.",
      "With --all: stop every process of the run, on all machines; a service that works on it ends"
          + " that job only.",
      "The run can be resumed."
    },
    footer = {
      "",
      "Examples: studbook stop",
      "          studbook stop --all && studbook backfill --resume"
    })
public final class StopCommand extends ActiveRunCommand {

  private static final Logger log = LoggerFactory.getLogger(StopCommand.class);
  private static final int SECONDS = 10;
  private static final String RESUME = "`studbook backfill --resume` continues it.";
  private static final String UNKNOWN =
      "The database is unavailable, so other processes may continue the run; otherwise " + RESUME;

  @Option(names = "--all", description = "Stop every process of the run, on all machines.")
  private boolean all;

  public StopCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws Exception {
    return all ? super.call() : stopHere();
  }

  @Override
  int execute(ActiveRun active, LockWatch watch) throws InterruptedException {
    if (active.isStopped()) {
      throw new UsageException(
          "run %d is already stopped; %s".formatted(active.run().id(), RESUME));
    }
    return done(watch.during(() -> active.stopAll(context().environment())));
  }

  private int stopHere() throws IOException, InterruptedException, ExecutionException {
    ProcessHandle process = runProcess();
    process.destroy();
    // Connected while that process ends: its embedded database would have to start again later.
    Optional<DatabaseSession> store = connect();
    try {
      process.onExit().get(SECONDS, TimeUnit.SECONDS);
      return done("Stopped process %d. %s".formatted(process.pid(), rest(store)));
    } catch (TimeoutException e) {
      throw new UsageException(
          "process %d is still running %d s after the stop request; check its log"
              .formatted(process.pid(), SECONDS));
    } finally {
      store.ifPresent(DatabaseSession::close);
    }
  }

  private Optional<DatabaseSession> connect() {
    try {
      return Optional.of(
          DatabaseSession.connect(context().settings(Requirement.DATABASE), context()));
    } catch (RuntimeException e) {
      log.debug("the database is unavailable", e);
      return Optional.empty();
    }
  }

  /** The processes that continue the run, if the database answers. */
  private static String rest(Optional<DatabaseSession> store) {
    try {
      return store.map(StopCommand::rest).orElse(UNKNOWN);
    } catch (RuntimeException e) {
      log.debug("the database is unavailable", e);
      return UNKNOWN;
    }
  }

  private static String rest(DatabaseSession database) {
    return ActiveRun.find(database.jdbi()).map(StopCommand::rest).orElse("No run is unfinished.");
  }

  private static String rest(ActiveRun active) {
    List<WorkerRow> working = active.workers();
    return working.isEmpty()
        ? "Run %d is stopped; %s".formatted(active.run().id(), RESUME)
        : "Run %d continues on %s; `studbook stop --all` stops it there too."
            .formatted(active.run().id(), ActiveRun.names(working));
  }

  private ProcessHandle runProcess() throws IOException {
    PidFile file = LogDirectory.in(context().settings().home()).pidFile();
    Optional<RunProcess> process = file.process();
    if (process.isPresent() && process.get().isService()) {
      throw new UsageException(
          "the run is a job of `studbook serve` (process %d): `studbook stop --all` stops the run and leaves the service running"
              .formatted(process.get().handle().pid()));
    }
    if (process.isPresent()) {
      return process.get().handle();
    }
    String trace =
        file.number()
            .map(number -> " (the pid file names process %d, which has ended)".formatted(number))
            .orElse("");
    throw new UsageException(
        "no run is active in this directory%s; `studbook stop --all` stops a run from anywhere"
            .formatted(trace));
  }
}
