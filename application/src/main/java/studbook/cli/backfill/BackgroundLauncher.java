package studbook.cli.backfill;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import studbook.cli.support.CommandContext;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.ExitCode;
import studbook.cli.support.Logging;
import studbook.cli.support.ShutdownHandler.ShutdownScope;
import studbook.model.RunState;
import studbook.store.database.Database;
import studbook.store.database.DatabaseRetry;
import studbook.store.database.DatabaseRetry.DatabaseCall;
import studbook.store.run.ProcessIdentity;
import studbook.store.run.RunRepository;
import studbook.store.run.WorkerRepository;
import studbook.store.run.WorkerRepository.WorkerRegistration;

/** Starts the same command again, detached from the terminal, after a person agreed to the plan. */
final class BackgroundLauncher {

  private static final Duration ANSWER_MAY_TAKE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final CommandContext context;
  private final RunRepository runRepository;
  private final WorkerRepository workerRepository;
  private final boolean agreed;

  /**
   * For the database of the process.
   *
   * @param agreed whether the command line contains --yes
   */
  BackgroundLauncher(CommandContext context, Database database, boolean agreed) {
    this.context = context;
    this.agreed = agreed;
    this.runRepository = new RunRepository(database.jdbi());
    this.workerRepository = new WorkerRepository(database.jdbi());
  }

  /**
   * Returns once the API has given the process a good response, or reports why it has not.
   *
   * @param log of the process
   * @return the exit code; that of the process if it has ended
   */
  int start(Path log) throws IOException {
    Logging.begin(log);
    Process process =
        new ProcessBuilder(command(log))
            .directory(context.environment().workingDirectory().toFile())
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.appendTo(log.toFile()))
            .start();
    try (ShutdownScope _ = context.stopSignal().onShutdown(() -> {})) {
      Optional<String> failure = awaitAnswer(process);
      return process.isAlive() ? working(process, log, failure) : ended(process, log);
    }
  }

  /** Returns why no good response is to be expected soon; empty after one, or if it has ended. */
  private Optional<String> awaitAnswer(Process process) {
    CommandEnvironment environment = context.environment();
    ProcessIdentity identity = ProcessIdentity.of(process.pid());
    OptionalLong begun = OptionalLong.empty();
    while (process.isAlive()) {
      Optional<WorkerRegistration> beginning = ask(() -> workerRepository.beginning(identity));
      if (beginning.filter(WorkerRegistration::answered).isPresent()) {
        return Optional.empty();
      }
      Optional<Long> run = beginning.flatMap(WorkerRegistration::run);
      if (run.isPresent() && begun.isEmpty()) {
        begun = OptionalLong.of(environment.ticker().nanos());
      }
      Optional<String> failure = run.flatMap(this::pause).or(late(begun));
      if (failure.isPresent()) {
        return failure;
      }
      try {
        environment.sleeper().sleep(LOOK);
      } catch (InterruptedException e) {
        context.stopSignal().stop();
      }
      if (context.stopSignal().isStopping()) {
        return Optional.of("this command was interrupted");
      }
    }
    return Optional.empty();
  }

  private Optional<String> pause(long run) {
    return ask(() -> runRepository.find(run))
        .filter(found -> found.state() == RunState.PAUSED)
        .map(found -> "run %d is paused: %s".formatted(run, found.reason()));
  }

  private Supplier<Optional<String>> late(OptionalLong begun) {
    long now = context.environment().ticker().nanos();
    boolean late = begun.isPresent() && now - begun.getAsLong() > ANSWER_MAY_TAKE.toNanos();
    return () ->
        late
            ? Optional.of(
                "no successful response of the API in %d s".formatted(ANSWER_MAY_TAKE.toSeconds()))
            : Optional.empty();
  }

  /** Empty while the database is unavailable, too: the process waits for it as well. */
  private static <T> Optional<T> ask(DatabaseCall<Optional<T>, RuntimeException> query) {
    return DatabaseRetry.attempt(query, _ -> {}).flatMap(found -> found);
  }

  private int working(Process process, Path log, Optional<String> failure) {
    if (failure.isEmpty()) {
      context.out().printf("Running in the background: process %d, log %s.%n", process.pid(), log);
      return ExitCode.DONE;
    }
    context.printError(
        "studbook: %s. Process %d is still running in the background, log %s; `studbook stop` stops it."
            .formatted(failure.get(), process.pid(), log));
    return context.stopSignal().isStopping() ? ExitCode.STOPPED : ExitCode.USAGE_ERROR;
  }

  private int ended(Process process, Path log) throws IOException {
    int code = process.exitValue();
    if (code == ExitCode.DONE || code == ExitCode.DONE_WITH_FAILURES) {
      context.out().printf("Already done: process %d, log %s.%n", process.pid(), log);
      return code;
    }
    List<String> lines = Files.readAllLines(log);
    List<String> sentences = lines.stream().filter(line -> line.startsWith("studbook: ")).toList();
    List<String> reasons = sentences.isEmpty() ? lines : sentences;
    reasons.subList(Math.max(0, reasons.size() - 5), reasons.size()).forEach(context::printError);
    context.printError("The process ended with exit code %d; log %s.".formatted(code, log));
    return code;
  }

  private List<String> command(Path log) {
    ProcessHandle.Info self = ProcessHandle.current().info();
    List<String> command = new ArrayList<>();
    // Its own session protects it from the terminal's hang-up and Ctrl-C; macOS has only nohup.
    command.add(Files.isExecutable(Path.of("/usr/bin/setsid")) ? "setsid" : "nohup");
    command.add(self.command().orElse("java"));
    for (String argument : self.arguments().orElse(new String[0])) {
      if (!argument.equals("--background")) {
        command.add(argument);
      }
    }
    if (!agreed) {
      command.add("--yes");
    }
    command.addAll(List.of("--log-file", log.toString()));
    return command;
  }
}
