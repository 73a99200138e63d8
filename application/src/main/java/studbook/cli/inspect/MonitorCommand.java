package studbook.cli.inspect;

import java.io.IOError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import studbook.cli.support.CommandContext;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.cli.support.RunIdOption;
import studbook.cli.support.ShutdownHandler.ShutdownScope;
import studbook.cli.support.UsageException;
import studbook.monitor.FullScreenMonitor;
import studbook.monitor.PlainMonitor;
import studbook.monitor.RunPoller;
import studbook.monitor.ScreenRenderer;
import studbook.store.run.RunRepository;

/** {@code studbook monitor}. */
@Command(
    name = "monitor",
    description = {
      "Show the progress of a run live.",
      "Works from any terminal on the same database; without a terminal it prints plain lines."
    },
    footer = {
      "",
      "Keys: q quits, Enter refreshes.",
      "",
      "Examples: studbook monitor",
      "          studbook monitor --interval 5",
      "          studbook monitor --once --json"
    })
public final class MonitorCommand implements Callable<Integer> {

  /**
   * Logs a stack trace for a TERM that the machine's terminfo lacks; the monitor shows all the
   * same.
   */
  private static final java.util.logging.Logger JLINE =
      java.util.logging.Logger.getLogger("org.jline");

  private static final Logger log = LoggerFactory.getLogger(MonitorCommand.class);
  private static final int LONGEST_INTERVAL = 86_400;

  private final CommandContext context;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      description = "Seconds between updates (60).")
  private int interval = 60;

  @Option(names = "--once", description = "Print the figures once as plain lines.")
  private boolean once;

  @Mixin private RunIdOption run = new RunIdOption();

  @Option(names = "--json", description = "Print JSON once.")
  private boolean json;

  public MonitorCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    if (interval < 1 || interval > LONGEST_INTERVAL) {
      throw new UsageException("--interval must be between 1 and 86,400 seconds, not " + interval);
    }
    CommandEnvironment environment = context.environment();
    try (DatabaseSession database = DatabaseSession.existing(context)) {
      RunPoller poller =
          new RunPoller(
              database.jdbi(),
              run.named(new RunRepository(database.jdbi())),
              environment.clock(),
              environment.ticker());
      PlainMonitor monitor = new PlainMonitor(context.out(), poller, environment.clock());
      if (json) {
        monitor.json();
      } else if (once) {
        monitor.once();
      } else {
        show(poller, monitor);
      }
      return ExitCode.DONE;
    }
  }

  private void show(RunPoller poller, PlainMonitor monitor) throws IOException {
    try {
      if (!context.environment().terminal()) {
        print(monitor);
        return;
      }
      JLINE.setLevel(Level.OFF);
      try (Terminal terminal =
          TerminalBuilder.builder()
              .system(true)
              .dumb(true)
              .nativeSignals(true)
              // It sends queries whose answers a slow connection would deliver to the shell
              // afterwards.
              .graphemeCluster(false)
              .stdoutEncoding(StandardCharsets.UTF_8)
              .build()) {
        if (FullScreenMonitor.isPossibleOn(terminal)) {
          paint(terminal, poller);
        } else {
          print(monitor);
        }
      }
    } catch (InterruptedException e) {
      log.debug("stopped by a signal");
    }
  }

  private void paint(Terminal terminal, RunPoller poller) throws InterruptedException {
    Duration pause = Duration.ofSeconds(interval);
    ScreenRenderer renderer =
        new ScreenRenderer(context.style(), context.environment().clock(), pause);
    FullScreenMonitor screen = new FullScreenMonitor(terminal, poller, renderer, pause);
    String leaving = FullScreenMonitor.leaving(terminal);
    try (ShutdownScope _ = context.stopSignal().onShutdown(screen::quit)) {
      screen.show();
    } catch (IOError | IllegalStateException e) {
      if (!context.stopSignal().isStopping()) {
        throw e;
      }
      // In a shutdown JLine closes its terminal by itself, perhaps before the screen was left.
      if (!screen.hasLeft()) {
        context.out().print(leaving);
        context.out().flush();
      }
    }
  }

  private void print(PlainMonitor monitor) throws InterruptedException {
    try (ShutdownScope _ = context.stopSignal().onShutdown(Thread.currentThread()::interrupt)) {
      monitor.untilItHasEnded(Duration.ofSeconds(interval), context.environment().sleeper());
    }
  }
}
