package studbook.cli.service;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.cli.support.CommandContext;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.CommandProgram;
import studbook.cli.support.ExitCode;
import studbook.dashboard.page.OperatorCommands;
import studbook.racingapi.network.RequestObserver;

/**
 * Runs the commands of operators of the dashboard within this process. Closing it asks them to
 * stop; a run is to be resumed then. Safe for many threads.
 */
final class DashboardCommands implements OperatorCommands, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DashboardCommands.class);
  private static final int MOST_LINES = 200;

  private final CommandContext context;
  private final Function<CommandEnvironment, CommandProgram> programs;
  private final RequestObserver requests;
  private final Set<CommandProgram> running = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile boolean stopping;

  /**
   * @param programs creates a command line with an environment of its own
   * @param requests observes the requests of all commands
   */
  DashboardCommands(
      CommandContext context,
      Function<CommandEnvironment, CommandProgram> programs,
      RequestObserver requests) {
    this.context = context;
    this.programs = programs;
    this.requests = requests;
  }

  @Override
  public CommandOutcome run(List<String> arguments) {
    LastLines lines = new LastLines();
    PrintStream printer = new LineStream(lines::add).printer();
    CommandProgram program = programs.apply(environment(printer));
    running.add(program);
    try {
      if (stopping) {
        program.stop();
      }
      List<String> all = new ArrayList<>(arguments);
      all.addAll(context.globalArguments());
      int code = program.run(all.toArray(String[]::new));
      return new CommandOutcome(
          code == ExitCode.DONE || code == ExitCode.DONE_WITH_FAILURES, lines.all());
    } finally {
      running.remove(program);
    }
  }

  @Override
  public Optional<CompletableFuture<CommandOutcome>> start(List<String> arguments) {
    if (!busy.compareAndSet(false, true)) {
      return Optional.empty();
    }
    CompletableFuture<CommandOutcome> end = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("dashboard-command")
        .start(() -> {
          CommandOutcome outcome = logged(arguments);
          busy.set(false);
          end.complete(outcome);
        });
    return Optional.of(end);
  }

  private CommandOutcome logged(List<String> arguments) {
    try {
      CommandOutcome outcome = run(arguments);
      outcome.lines().forEach(line -> log.info("{}: {}", arguments.getFirst(), line));
      return outcome;
    } catch (RuntimeException e) {
      log.error("{} failed", arguments.getFirst(), e);
      return new CommandOutcome(
          false, List.of("It failed; the log of the service has the details."));
    }
  }

  private CommandEnvironment environment(PrintStream printer) {
    CommandEnvironment own = context.environment();
    return new CommandEnvironment(
        own.environment(),
        own.workingDirectory(),
        InputStream.nullInputStream(),
        printer,
        printer,
        false,
        own.clock(),
        own.ticker(),
        own.sleeper(),
        requests);
  }

  /** The newest lines of a command. */
  private static final class LastLines {

    private final Deque<String> lines = new ArrayDeque<>();

    synchronized void add(String line) {
      if (lines.size() == MOST_LINES) {
        lines.removeFirst();
      }
      lines.addLast(line);
    }

    synchronized List<String> all() {
      return List.copyOf(lines);
    }
  }

  @Override
  public void close() {
    stopping = true;
    running.forEach(CommandProgram::stop);
  }
}
