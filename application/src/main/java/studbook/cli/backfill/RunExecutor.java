package studbook.cli.backfill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.Backfill;
import studbook.backfill.files.CheckpointFile;
import studbook.backfill.files.LogDirectory;
import studbook.backfill.files.PidFile;
import studbook.backfill.files.RunFiles;
import studbook.backfill.progress.RunListener;
import studbook.backfill.worker.RunResult;
import studbook.backfill.worker.RunResult.ProcessStopped;
import studbook.backfill.worker.RunResult.RunFinished;
import studbook.cli.progress.RacecardScanText;
import studbook.cli.progress.RunResultMessage;
import studbook.cli.settings.Settings;
import studbook.cli.support.CommandContext;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ErrorMessages;
import studbook.cli.terminal.DaemonExecutor;
import studbook.notification.NotificationDispatcher;
import studbook.notification.NotificationLoop;
import studbook.report.figures.FailureGroup;
import studbook.store.outcome.ErrorLog;
import studbook.store.run.RunRepository.RunRow;
import studbook.store.statistics.ErrorSummaryQueries;
import studbook.text.HumanFormat;

/**
 * Takes a run that this process owns to its end, with everything a person sees of it.
 *
 * @param executor prints: from the moment that a run is this process's, no other thread waits for
 *     the terminal
 */
public record RunExecutor(
    CommandContext context,
    DaemonExecutor executor,
    DatabaseSession database,
    Backfill backfill,
    LogDirectory logDirectory,
    Settings settings,
    @Nullable Path checkpointFile) {

  private static final Logger log = LoggerFactory.getLogger(RunExecutor.class);

  /** Works until the run is completed or stopped; returns the exit code. */
  public int runToCompletion(RunRow run) throws IOException {
    CommandEnvironment environment = context.environment();
    PidFile pidFile = logDirectory.pidFile();
    DaemonExecutor filing = new DaemonExecutor("run files", context.stopSignal()::isStopping);
    RunFiles files =
        new RunFiles(
            new CheckpointFile(
                Optional.ofNullable(checkpointFile)
                    .map(environment.workingDirectory()::resolve)
                    .orElse(logDirectory.checkpoint()),
                environment.clock(),
                run.startedAt()),
            logDirectory.errors(),
            environment.clock(),
            filing);
    try {
      pidFile.write();
    } catch (IOException e) {
      reportError("`studbook stop` will not find this process", e);
    }
    filing.execute(() -> RunLauncher.prune(logDirectory, settings, environment.clock()));
    context
        .stopSignal()
        .outcome("Run %d is stopped; `studbook backfill --resume` continues.".formatted(run.id()));
    try (NotificationLoop _ = notifications()) {
      ObservedRun observed =
          ObservedRun.execute(context, executor, listener -> work(run, listener), files);
      observed.last().ifPresent(files::write);
      return ended(run, observed);
    } finally {
      filing.close();
      pidFile.remove();
    }
  }

  private NotificationLoop notifications() {
    return NotificationLoop.start(
        new NotificationDispatcher(database.jdbi(), settings.notifications().channels()),
        context.stopSignal()::isStopping);
  }

  private RunResult work(RunRow run, RunListener listener) {
    try {
      return backfill.work(run, listener);
    } catch (RuntimeException e) {
      if (!context.stopSignal().isStopping()) {
        throw e;
      }
      log.warn("failed after the stop signal: {}", ErrorMessages.loggedSentence(e));
      return new ProcessStopped();
    }
  }

  private int ended(RunRow run, ObservedRun observed) {
    RunResultMessage message = observed.message(run.id());
    observed.summary().forEach(this::print);
    observed.last().map(snapshot -> RacecardScanText.summary(snapshot.racecardScan())).stream()
        .flatMap(List::stream)
        .forEach(this::print);
    long failed = observed.counts().failed();
    if (failed > 0) {
      print("%s failed%s.".formatted(HumanFormat.count(failed, "horse"), failedIds(run)));
      failures(run).forEach(this::print);
    }
    print(message.sentence());
    if (observed.result() instanceof RunFinished) {
      print(
          new RunReportWriter(
                  database.database(),
                  logDirectory,
                  settings.thresholds(),
                  context.environment().clock())
              .leave(run.id()));
    }
    return message.exitCode();
  }

  /** Path of the file with the failed ids. */
  private String failedIds(RunRow run) {
    try {
      Path ids = logDirectory.writeFailedIds(new ErrorLog(database.jdbi()).failedHorses(run.id()));
      return "; the ids are in " + ids;
    } catch (IOException | RuntimeException e) {
      reportError("the ids of failed horses are in the database only", e);
      return "";
    }
  }

  /** Why horses failed, and what to do; the run has ended whether the database answers or not. */
  private List<String> failures(RunRow run) {
    try {
      return FailureGroup.sentences(
          run.id(), new ErrorSummaryQueries(database.jdbi()).of(run.id()));
    } catch (RuntimeException e) {
      log.debug("the failures of run {} could not be read", run.id(), e);
      return List.of("`studbook errors` shows why.");
    }
  }

  /** A file of the logs folder is missing; the run continues without it. */
  private void reportError(String consequence, Exception e) {
    String sentence = "studbook: %s; %s".formatted(ErrorMessages.sentence(e), consequence);
    executor.execute(() -> context.printError(sentence));
  }

  /** For the person and for the log. */
  void print(String line) {
    executor.execute(() -> context.print(line, 0));
    log.info("{}", line);
  }
}
