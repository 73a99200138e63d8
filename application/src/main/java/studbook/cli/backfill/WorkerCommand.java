package studbook.cli.backfill;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import studbook.backfill.Backfill;
import studbook.backfill.files.LogDirectory;
import studbook.backfill.progress.ProgressSnapshot;
import studbook.backfill.worker.RunResult;
import studbook.cli.progress.ProgressBar;
import studbook.cli.progress.RunListeners;
import studbook.cli.progress.RunResultMessage;
import studbook.cli.progress.RunText;
import studbook.cli.settings.Requirement;
import studbook.cli.settings.Settings;
import studbook.cli.support.CommandContext;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ErrorMessages;
import studbook.cli.support.ExitCode;
import studbook.cli.support.Logging;
import studbook.cli.support.ShutdownHandler;
import studbook.cli.support.TerminalWidth;
import studbook.cli.terminal.DaemonExecutor;
import studbook.store.database.DatabaseRetry;
import studbook.store.run.RunCounts;
import studbook.store.run.RunRepository;
import studbook.text.HumanFormat;

/** {@code studbook worker}. */
@Command(
    name = "worker",
    description =
        "Helps with the run that is under way, and with later ones, from any machine on the same"
            + " database. Waits while there is none. Takes a run over whose process died.",
    footer = {
      "",
      "Examples: studbook worker",
      "          studbook worker --once",
      "",
      "All processes together keep the account's limit. Exit codes: 0 stopped while it waited, or the",
      "run is finished (--once), 1 finished with failures or cancelled (--once), 2 a mistake of yours,",
      "3 stopped in the middle of a run, which goes on or can be resumed."
    })
public final class WorkerCommand implements Callable<Integer> {

  private static final Logger log = LoggerFactory.getLogger(WorkerCommand.class);

  private final CommandContext session;

  /** A terminal that is not read must stop neither the heartbeat nor the work. */
  private final DaemonExecutor printer;

  @Option(names = "--once", description = "End when the run is over.")
  private boolean once;

  public WorkerCommand(CommandContext session) {
    this.session = session;
    this.printer = new DaemonExecutor("printer", session.stopSignal()::isStopping);
  }

  @Override
  public Integer call() throws Exception {
    CommandEnvironment surroundings = session.surroundings();
    Settings settings = session.settings(Requirement.API, Requirement.DATABASE);
    LogDirectory logs = RunLauncher.logs(settings);
    try (DaemonExecutor _ = printer;
        AutoCloseable _ =
            Logging.toFile(
                logs.newWorkerLog(surroundings.clock(), ProcessHandle.current().pid()),
                surroundings.err());
        DatabaseSession store = DatabaseSession.connect(settings, session);
        Backfill backfill =
            new Backfill(
                store.database(), RunLauncher.setup(settings), RunLauncher.time(surroundings));
        ShutdownHandler.ShutdownScope _ = session.stopSignal().stops(backfill::stop)) {
      return work(backfill, store);
    } catch (RuntimeException e) {
      log.error("the worker ends: {}", ErrorMessages.loggedSentence(e));
      throw e;
    }
  }

  private int work(Backfill backfill, DatabaseSession store)
      throws IOException, InterruptedException {
    while (true) {
      Optional<RunRepository.RunRow> run =
          backfill.awaitRun(what -> print("Waiting for %s.".formatted(what)));
      if (run.isEmpty()) {
        print("Stopped; nothing was in hand.");
        return ExitCode.DONE;
      }
      RunResultMessage farewell = join(backfill, store, run.get());
      print(farewell.sentence());
      if (once || backfill.isStopping()) {
        return farewell.exitCode();
      }
    }
  }

  private RunResultMessage join(Backfill backfill, DatabaseSession store, RunRepository.RunRow run)
      throws IOException {
    CommandEnvironment surroundings = session.surroundings();
    print("Run %d: joined %s%s.".formatted(run.id(), run.owner().process(), settled(store, run)));
    long began = surroundings.ticker().nanos();
    ProgressBar progress =
        new ProgressBar(
            session.out(),
            printer,
            surroundings.terminal(),
            TerminalWidth::width,
            surroundings.clock());
    RunListeners listeners = new RunListeners(progress);
    RunResult ending = backfill.work(run, listeners);
    progress.end();
    listeners
        .last()
        .ifPresent(view -> {
          Duration took = Duration.ofNanos(surroundings.ticker().nanos() - began);
          RunText.summary(view.tally(), took, view.perSecond()).lines().forEach(this::print);
        });
    return RunResultMessage.of(
        run.id(), ending, listeners.last().map(ProgressSnapshot::tally).orElse(RunCounts.NOTHING));
  }

  /** How far the run is, where the database can be asked. */
  private static String settled(DatabaseSession store, RunRepository.RunRow run) {
    RunRepository runs = new RunRepository(store.database().jdbi());
    return DatabaseRetry.attempt(
            () -> runs.tally(run.id()),
            reason -> log.warn("the database is unavailable: {}", reason))
        .map(tally ->
            ", %s of %s are settled"
                .formatted(HumanFormat.count(tally.processed()), HumanFormat.count(tally.total())))
        .orElse("");
  }

  private void print(String line) {
    printer.execute(() -> session.out().println(line));
    log.info("{}", line);
  }
}
