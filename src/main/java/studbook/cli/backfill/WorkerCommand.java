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
import studbook.backfill.files.LogsFolder;
import studbook.backfill.progress.RunView;
import studbook.backfill.worker.Ending;
import studbook.cli.progress.Farewell;
import studbook.cli.progress.ProgressView;
import studbook.cli.progress.RunListeners;
import studbook.cli.progress.RunText;
import studbook.cli.settings.Need;
import studbook.cli.settings.Settings;
import studbook.cli.support.ErrorMessages;
import studbook.cli.support.ExitCode;
import studbook.cli.support.Logging;
import studbook.cli.support.Screen;
import studbook.cli.support.Session;
import studbook.cli.support.StopSignal;
import studbook.cli.support.Store;
import studbook.cli.support.Surroundings;
import studbook.cli.terminal.DaemonExecutor;
import studbook.store.database.DatabaseRetry;
import studbook.store.run.Runs;
import studbook.store.run.Tally;
import studbook.text.Words;

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

  private final Session session;

  /** A terminal that is not read must stop neither the heartbeat nor the work. */
  private final DaemonExecutor printer;

  @Option(names = "--once", description = "End when the run is over.")
  private boolean once;

  public WorkerCommand(Session session) {
    this.session = session;
    this.printer = new DaemonExecutor("printer", session.stopSignal()::isStopping);
  }

  @Override
  public Integer call() throws Exception {
    Surroundings surroundings = session.surroundings();
    Settings settings = session.settings(Need.API, Need.DATABASE);
    LogsFolder logs = Launch.logs(settings);
    try (DaemonExecutor _ = printer;
        AutoCloseable _ =
            Logging.toFile(
                logs.newWorkerLog(surroundings.clock(), ProcessHandle.current().pid()),
                surroundings.err());
        Store store = Store.connect(settings, session);
        Backfill backfill =
            new Backfill(store.database(), Launch.setup(settings), Launch.time(surroundings));
        StopSignal.Scope _ = session.stopSignal().stops(backfill::stop)) {
      return work(backfill, store);
    } catch (RuntimeException e) {
      log.error("the worker ends: {}", ErrorMessages.loggedSentence(e));
      throw e;
    }
  }

  private int work(Backfill backfill, Store store) throws IOException, InterruptedException {
    while (true) {
      Optional<Runs.Run> run = backfill.awaitRun(what -> print("Waiting for %s.".formatted(what)));
      if (run.isEmpty()) {
        print("Stopped; nothing was in hand.");
        return ExitCode.DONE;
      }
      Farewell farewell = join(backfill, store, run.get());
      print(farewell.sentence());
      if (once || backfill.isStopping()) {
        return farewell.exitCode();
      }
    }
  }

  private Farewell join(Backfill backfill, Store store, Runs.Run run) throws IOException {
    Surroundings surroundings = session.surroundings();
    print("Run %d: joined %s%s.".formatted(run.id(), run.owner().process(), settled(store, run)));
    long began = surroundings.ticker().nanos();
    ProgressView progress =
        new ProgressView(
            session.out(), printer, surroundings.terminal(), Screen::width, surroundings.clock());
    RunListeners listeners = new RunListeners(progress);
    Ending ending = backfill.work(run, listeners);
    progress.end();
    listeners
        .last()
        .ifPresent(view -> {
          Duration took = Duration.ofNanos(surroundings.ticker().nanos() - began);
          RunText.summary(view.tally(), took, view.perSecond()).lines().forEach(this::print);
        });
    return Farewell.of(
        run.id(), ending, listeners.last().map(RunView::tally).orElse(Tally.NOTHING));
  }

  /** How far the run is, where the database can be asked. */
  private static String settled(Store store, Runs.Run run) {
    Runs runs = new Runs(store.database().jdbi());
    return DatabaseRetry.attempt(
            () -> runs.tally(run.id()),
            reason -> log.warn("the database is unavailable: {}", reason))
        .map(tally ->
            ", %s of %s are settled"
                .formatted(Words.count(tally.processed()), Words.count(tally.total())))
        .orElse("");
  }

  private void print(String line) {
    printer.execute(() -> session.out().println(line));
    log.info("{}", line);
  }
}
