package studbook.cli.backfill;

import static studbook.text.HumanFormat.count;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.Backfill;
import studbook.backfill.BackfillSetup;
import studbook.backfill.files.LogDirectory;
import studbook.backfill.plan.BackfillPlan;
import studbook.cli.progress.PlanText;
import studbook.cli.settings.Requirement;
import studbook.cli.settings.Settings;
import studbook.cli.support.CommandContext;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ErrorMessages;
import studbook.cli.support.ExitCode;
import studbook.cli.support.LockWatch;
import studbook.cli.support.Logging;
import studbook.cli.support.ProductVersion;
import studbook.cli.support.ShutdownHandler.ShutdownScope;
import studbook.cli.support.UsageException;
import studbook.cli.terminal.ConfirmationPrompt;
import studbook.cli.terminal.ConfirmationPrompt.PromptAnswer;
import studbook.cli.terminal.DaemonExecutor;
import studbook.model.RunState;
import studbook.ratelimit.SharedRateLimit;
import studbook.store.database.DatabaseRetry;
import studbook.store.run.RunCounts;
import studbook.store.run.RunRepository;
import studbook.store.run.RunRepository.RunRow;
import studbook.store.run.RunRepository.StartResult;
import studbook.text.FileErrorMessages;

/**
 * The frame of every command that starts a run: settings, log, database, confirmation, and the run
 * to its end.
 */
public final class RunLauncher {

  private static final Logger log = LoggerFactory.getLogger(RunLauncher.class);
  private static final String START = "Start? (yes/no) ";
  private static final String NOT_STARTED = "Not started.";

  /** Before a run begins; a run itself waits without a limit. */
  private static final Duration LONGEST_LOCK_WAIT = Duration.ofSeconds(30);

  /** The action of a command between its start and the run. */
  interface RunAction {

    /** Returns the exit code. */
    int follow(RunExecutor run) throws IOException;
  }

  private final CommandContext context;
  private final ExecutionOptions options;
  private final Optional<Double> budgetShare;

  RunLauncher(CommandContext context, ExecutionOptions options) {
    this(context, options, Optional.empty());
  }

  /**
   * A launcher of a run.
   *
   * @param budgetShare of the rate that the run uses at most
   */
  RunLauncher(CommandContext context, ExecutionOptions options, Optional<Double> budgetShare) {
    this.context = context;
    this.options = options;
    this.budgetShare = budgetShare;
  }

  /** Opens everything and runs {@code action}. */
  int execute(RunAction action) throws Exception {
    context.stopSignal().outcome(NOT_STARTED);
    try {
      return open(action);
    } catch (RuntimeException e) {
      if (!context.stopSignal().isStopping()) {
        throw e;
      }
      print(NOT_STARTED);
      return ExitCode.STOPPED;
    }
  }

  private int open(RunAction action) throws Exception {
    Settings settings = context.settings(options.api, Requirement.API, Requirement.DATABASE);
    LogDirectory logDirectory = logs(settings);
    beginErrors(logDirectory);
    try (DaemonExecutor executor = new DaemonExecutor("printer", context.stopSignal()::isStopping);
        AutoCloseable _ = log(logDirectory);
        DatabaseSession database = DatabaseSession.open(settings, context);
        Backfill backfill =
            new Backfill(
                database.database(),
                setup(settings, context.environment()),
                context.environment().time());
        ShutdownScope _ = context.stopSignal().onShutdown(backfill::stop)) {
      return execute(
          action,
          new RunExecutor(
              context,
              executor,
              database,
              backfill,
              logDirectory,
              settings,
              options.checkpointFile));
    }
  }

  /** If another process works, that one writes the log. */
  private AutoCloseable log(LogDirectory logDirectory) {
    return options.background
        ? () -> {}
        : Logging.toFile(logFile(logDirectory), context.environment().err());
  }

  private Path logFile(LogDirectory logDirectory) {
    Path given = options.logFile;
    return given == null ? logDirectory.newLog(context.environment().clock()) : given;
  }

  /** Scripts read the file whether there are errors or not. */
  private static void beginErrors(LogDirectory logDirectory) {
    try {
      logDirectory.errors().begin();
    } catch (IOException e) {
      log.debug("the errors file could not be created: {}", FileErrorMessages.reason(e));
    }
  }

  /** Removes old logs and reports according to the settings. */
  static void prune(LogDirectory logDirectory, Settings settings, Clock clock) {
    try {
      settings.logRetention().prune(logDirectory, clock.instant());
    } catch (IOException | UncheckedIOException e) {
      log.warn("old logs and reports could not be removed: {}", ErrorMessages.loggedSentence(e));
    }
  }

  private int execute(RunAction action, RunExecutor run) throws IOException {
    try {
      return action.follow(run);
    } catch (RuntimeException e) {
      // A usage error goes to stderr only: a scheduler that repeats the command would fill logs/.
      if (context.stopSignal().isStopping()) {
        log.warn("stopped before the run started: {}", ErrorMessages.loggedSentence(e));
      } else if (!(e instanceof UsageException)) {
        log.error("the backfill failed: {}", ErrorMessages.loggedSentence(e));
      }
      throw e;
    }
  }

  public static BackfillSetup setup(Settings settings, CommandEnvironment environment) {
    return new BackfillSetup(
        settings.api().orElseThrow(),
        settings.rate(),
        settings.racecardsRate(),
        SharedRateLimit.FIRST_MARGIN,
        ProductVersion.current(),
        settings.lines(),
        environment.requests());
  }

  static LogDirectory logs(Settings settings) {
    try {
      return LogDirectory.in(settings.home());
    } catch (IOException e) {
      throw new UsageException(
          "the directory %s cannot be written (%s): set STUDBOOK_HOME to another one"
              .formatted(settings.home(), FileErrorMessages.reason(e)));
    }
  }

  /** Prints the plan. */
  void show(BackfillPlan plan, RunExecutor run) {
    plan(plan, run).forEach(line -> print(line, PlanText.LABEL));
  }

  /**
   * Prints that there is no work, and why; returns the exit code. Writes no log: a scheduler
   * repeats the command all day.
   */
  int showNothing(BackfillPlan plan, RunExecutor run, String why) {
    plan(plan, run).forEach(line -> context.print(line, PlanText.LABEL));
    context.print(why, 0);
    return ExitCode.DONE;
  }

  private List<String> plan(BackfillPlan plan, RunExecutor run) {
    Settings settings = run.settings();
    return new PlanText(
            plan,
            settings.rate(),
            settings.racecardsRate(),
            run.backfill().duration(plan, budgetShare),
            context.environment().clock())
        .lines();
  }

  /**
   * Asks for confirmation, if there is a terminal and unless --yes is given, and starts.
   *
   * @param start plans the run
   * @return the exit code
   */
  int start(RunExecutor run, Supplier<StartResult> start) throws IOException {
    return start(run, start, new ConfirmationPrompt(context).ask(START, options.nonInteractive));
  }

  /**
   * The same for a run that replaces an unfinished one, which cannot be resumed afterwards.
   *
   * @throws UsageException without a terminal and without --yes
   */
  int replace(RunRow unfinished, RunExecutor run, Supplier<StartResult> start) throws IOException {
    long old = unfinished.id();
    print(
        "Run %d is not finished. The new run replaces it; `studbook backfill --resume` continues it instead."
            .formatted(old));
    String refusal =
        "run %d is not finished, and there is no terminal to ask on: add --resume to continue it, or --yes to replace it with a new run"
            .formatted(old);
    return start(
        run,
        start,
        new ConfirmationPrompt(context).confirm(START, options.nonInteractive, refusal));
  }

  private int start(RunExecutor run, Supplier<StartResult> start, PromptAnswer answer)
      throws IOException {
    if (answer == PromptAnswer.YES) {
      return options.background ? inBackground(run) : startRun(run, watchingLocks(run, start));
    }
    print(NOT_STARTED);
    return answer == PromptAnswer.NO ? ExitCode.DONE : ExitCode.STOPPED;
  }

  /** Runs database work before a run; reports the lock that it waits for. */
  <T> T watchingLocks(RunExecutor run, Supplier<T> work) {
    return new LockWatch(context, run.database().database(), LONGEST_LOCK_WAIT).during(work::get);
  }

  /** Whether another process does the work. */
  boolean isInBackground() {
    return options.background;
  }

  /** Starts the same command in the background, as it was agreed to; returns the exit code. */
  int inBackground(RunExecutor run) throws IOException {
    return new BackgroundLauncher(context, run.database().database(), options.nonInteractive)
        .start(logFile(run.logDirectory()));
  }

  /** Takes a run that was planned or resumed to its end; returns the exit code. */
  int startRun(RunExecutor run, StartResult start) throws IOException {
    return switch (start) {
      case StartResult.AlreadyRunning(RunRow other, RunCounts counts) ->
          throw alreadyRunning(other, counts);
      case StartResult.RunStarted(RunRow own, boolean resumed) -> {
        if (resumed) {
          run.print(continuing(run, own));
        } else {
          run.print("Run %d started: %s.".formatted(own.id(), count(own.total(), "horse")));
        }
        yield run.runToCompletion(own);
      }
    };
  }

  /** A message that a run continues, and from where. */
  static String continuing(RunExecutor run, RunRow own) {
    return "Run %d continues%s."
        .formatted(
            own.id(),
            completed(run.database(), own)
                .map(counts -> ": " + counts + ", none is requested again")
                .orElse(""));
  }

  /** {@code 5 of 10 completed}; empty if the database is unavailable. */
  static Optional<String> completed(DatabaseSession database, RunRow run) {
    RunRepository runRepository = new RunRepository(database.jdbi());
    return DatabaseRetry.attempt(
            () -> runRepository.counts(run.id()),
            reason -> log.warn("the database is unavailable: {}", reason))
        .map(counts ->
            "%s of %s completed".formatted(count(counts.processed()), count(counts.total())));
  }

  static UsageException alreadyRunning(RunRow other, RunCounts counts) {
    if (other.state() == RunState.PAUSED) {
      return new UsageException(
          "run %d is already active on %s (%d%%) and paused: `studbook resume` ends the pause, `studbook worker` joins the run"
              .formatted(other.id(), other.owner().process(), (int) counts.percent()));
    }
    return new UsageException(
        "run %d is already active on %s (%d%%): `studbook monitor` shows it, `studbook worker` joins it"
            .formatted(other.id(), other.owner().process(), (int) counts.percent()));
  }

  /** For the person and for the log. */
  void print(String line) {
    print(line, 0);
  }

  private void print(String line, int indent) {
    context.print(line, indent);
    log.info("{}", line);
  }
}
