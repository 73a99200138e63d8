package studbook.cli.backfill;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import studbook.backfill.Backfill;
import studbook.backfill.files.LogDirectory;
import studbook.cli.option.ApiOptions;
import studbook.cli.progress.RunResultMessage;
import studbook.cli.settings.Requirement;
import studbook.cli.settings.Settings;
import studbook.cli.support.CommandContext;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ErrorMessages;
import studbook.cli.support.ExitCode;
import studbook.cli.support.Logging;
import studbook.cli.support.ShutdownHandler.ShutdownScope;
import studbook.cli.terminal.DaemonExecutor;
import studbook.store.run.RunRepository.RunRow;

/** {@code studbook worker}. */
@Command(
    name = "worker",
    description = {
      "Work on the active run and on later ones, from any machine.",
      "Waits while no run is active; takes over a run whose process died.",
      "All processes on a database together keep the rate limit of the account."
    },
    exitCodeList = {
      "0:Stopped while waiting; with --once: the run is finished.",
      "1:With --once: some horses failed, or the run was cancelled.",
      "2:Usage or configuration error.",
      "3:Stopped during a run, which continues or can be resumed.",
      "4:Internal error."
    },
    footer = {"", "Examples: studbook worker", "          studbook worker --once"})
public final class WorkerCommand implements Callable<Integer> {

  private static final Logger log = LoggerFactory.getLogger(WorkerCommand.class);

  private final CommandContext context;

  @Mixin private ApiOptions api = new ApiOptions();

  /** A terminal that is not read must stop neither the heartbeat nor the work. */
  private final DaemonExecutor executor;

  @Option(names = "--once", description = "Exit when the run has ended.")
  private boolean once;

  public WorkerCommand(CommandContext context) {
    this.context = context;
    this.executor = new DaemonExecutor("printer", context.stopSignal()::isStopping);
  }

  @Override
  public Integer call() throws Exception {
    CommandEnvironment environment = context.environment();
    Settings settings = context.settings(api, Requirement.API, Requirement.DATABASE);
    LogDirectory logDirectory = RunLauncher.logs(settings);
    try (DaemonExecutor _ = executor;
        AutoCloseable _ =
            Logging.toFile(
                logDirectory.newWorkerLog(environment.clock(), ProcessHandle.current().pid()),
                environment.err());
        DatabaseSession database = DatabaseSession.connect(settings, context);
        Backfill backfill =
            new Backfill(
                database.database(), RunLauncher.setup(settings, environment), environment.time());
        ShutdownScope _ = context.stopSignal().onShutdown(backfill::stop)) {
      return work(backfill, database);
    } catch (RuntimeException e) {
      log.error("the worker failed: {}", ErrorMessages.loggedSentence(e));
      throw e;
    }
  }

  private int work(Backfill backfill, DatabaseSession database)
      throws IOException, InterruptedException {
    while (true) {
      Optional<RunRow> run = backfill.awaitRun(what -> print("Waiting for %s.".formatted(what)));
      if (run.isEmpty()) {
        print("Stopped while waiting.");
        return ExitCode.DONE;
      }
      RunResultMessage message = join(backfill, database, run.get());
      print(message.sentence());
      if (once || backfill.isStopping()) {
        return message.exitCode();
      }
    }
  }

  private RunResultMessage join(Backfill backfill, DatabaseSession database, RunRow run) {
    String completed = RunLauncher.completed(database, run).map(counts -> ", " + counts).orElse("");
    print("Run %d: joined %s%s.".formatted(run.id(), run.owner().process(), completed));
    ObservedRun observed =
        ObservedRun.execute(context, executor, listener -> backfill.work(run, listener));
    observed.summary().forEach(this::print);
    return observed.message(run.id());
  }

  private void print(String line) {
    executor.execute(() -> context.println(line));
    log.info("{}", line);
  }
}
