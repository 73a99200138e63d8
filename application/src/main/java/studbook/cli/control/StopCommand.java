package studbook.cli.control;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import studbook.backfill.files.LogDirectory;
import studbook.backfill.files.PidFile;
import studbook.cli.settings.Requirement;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.cli.support.LockWatch;
import studbook.cli.support.UsageException;
import studbook.store.run.RunRepository;
import studbook.store.run.RunStateRepository;
import studbook.store.run.WorkerRepository;

/** {@code studbook stop}. */
@Command(
    name = "stop",
    description = {
      "Stops the backfill of this folder and says whether other processes continue the run.",
      "With --all stops every process of the run, from any machine on the same database.",
      "The run can be resumed."
    },
    footer = {
      "",
      "Examples: studbook stop",
      "          studbook stop --all && studbook backfill --resume"
    })
public final class StopCommand implements Callable<Integer> {

  private static final Logger log = LoggerFactory.getLogger(StopCommand.class);
  private static final int SECONDS = 10;
  private static final Duration LONGEST_LOCK_WAIT = Duration.ofSeconds(5);
  private static final String RESUME = "`studbook backfill --resume` continues it.";
  private static final String UNKNOWN =
      "The database cannot be asked whether other processes continue the run; otherwise " + RESUME;

  private final CommandContext session;

  @Option(names = "--all", description = "Stop every process of the run, not only the one here.")
  private boolean all;

  public StopCommand(CommandContext session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    if (all) {
      try (DatabaseSession store =
          DatabaseSession.existing(session.settings(Requirement.DATABASE), session)) {
        LockWatch watch = new LockWatch(session, store.database(), LONGEST_LOCK_WAIT);
        ActiveRun unfinished = watch.during(() -> ActiveRun.of(store.database()));
        if (unfinished.isStopped()) {
          throw new UsageException(
              "run %d is stopped already; %s".formatted(unfinished.run().id(), RESUME));
        }
        RunStop stop = stop(unfinished.run().id(), store);
        session.out().println(watch.during(stop::stopAll));
      }
    } else {
      stopHere();
    }
    return ExitCode.DONE;
  }

  private RunStop stop(long run, DatabaseSession store) {
    return new RunStop(
        run,
        new RunRepository(store.database().jdbi()),
        new RunStateRepository(store.database().jdbi()),
        session.surroundings());
  }

  private void stopHere() throws IOException, InterruptedException, ExecutionException {
    ProcessHandle process = backfill();
    process.destroy();
    // Connected while that process ends: its embedded database would have to start again later.
    Optional<DatabaseSession> store = connect();
    try {
      process.onExit().get(SECONDS, TimeUnit.SECONDS);
      session.out().printf("Stopped process %d. %s%n", process.pid(), rest(store));
    } catch (TimeoutException e) {
      throw new UsageException(
          "process %d was asked to stop %d s ago and is still running; look at its log"
              .formatted(process.pid(), SECONDS));
    } finally {
      store.ifPresent(DatabaseSession::close);
    }
  }

  private Optional<DatabaseSession> connect() {
    try {
      return Optional.of(DatabaseSession.connect(session.settings(Requirement.DATABASE), session));
    } catch (RuntimeException e) {
      log.debug("the database cannot be asked which processes continue", e);
      return Optional.empty();
    }
  }

  /** Which processes continue the run, as far as the database can be asked. */
  private String rest(Optional<DatabaseSession> store) {
    try {
      return store.map(this::rest).orElse(UNKNOWN);
    } catch (RuntimeException e) {
      log.debug("the database cannot be asked which processes continue", e);
      return UNKNOWN;
    }
  }

  private String rest(DatabaseSession store) {
    Optional<RunRepository.RunRow> unfinished =
        new RunRepository(store.database().jdbi()).unfinished();
    if (unfinished.isEmpty()) {
      return "No run is unfinished.";
    }
    long run = unfinished.get().id();
    List<WorkerRepository.WorkerRow> working = stop(run, store).working();
    return working.isEmpty()
        ? "Run %d is stopped; %s".formatted(run, RESUME)
        : "Run %d continues on %s; `studbook stop --all` stops it there too."
            .formatted(run, RunStop.names(working));
  }

  private ProcessHandle backfill() throws IOException {
    PidFile file = LogDirectory.in(session.settings().home()).pidFile();
    Optional<ProcessHandle> backfill = file.backfill();
    if (backfill.isPresent()) {
      return backfill.get();
    }
    String trace =
        file.number()
            .map(number -> " (the pid file names process %d, which has ended)".formatted(number))
            .orElse("");
    throw new UsageException(
        "no backfill is under way from this folder%s; `studbook stop --all` stops a run from any folder"
            .formatted(trace));
  }
}
