package studbook.cli.support;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import studbook.racingapi.network.RequestObserver;
import studbook.time.Sleeper;
import studbook.time.SystemTime;
import studbook.time.Ticker;
import studbook.time.TimeSources;

/**
 * The environment of a command: everything that it reads from the process, replaceable by tests.
 *
 * @param terminal whether stdin and stdout are a terminal
 * @param requests observes the requests that the command sends
 */
public record CommandEnvironment(
    Map<String, String> environment,
    Path workingDirectory,
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean terminal,
    Clock clock,
    Ticker ticker,
    Sleeper sleeper,
    RequestObserver requests) {

  /** An environment in which nobody observes the requests. */
  public CommandEnvironment(
      Map<String, String> environment,
      Path workingDirectory,
      InputStream in,
      PrintStream out,
      PrintStream err,
      boolean terminal,
      Clock clock,
      Ticker ticker,
      Sleeper sleeper) {
    this(
        environment,
        workingDirectory,
        in,
        out,
        err,
        terminal,
        clock,
        ticker,
        sleeper,
        RequestObserver.NONE);
  }

  /** The same with other variables. */
  CommandEnvironment withEnvironment(Map<String, String> variables) {
    return new CommandEnvironment(
        variables, workingDirectory, in, out, err, terminal, clock, ticker, sleeper, requests);
  }

  public TimeSources time() {
    return new TimeSources(clock, ticker, sleeper);
  }

  public static CommandEnvironment ofProcess() {
    return new CommandEnvironment(
        System.getenv(),
        Path.of("").toAbsolutePath(),
        System.in,
        System.out,
        System.err,
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent(),
        SystemTime.clock(),
        SystemTime.ticker(),
        SystemTime.sleeper());
  }
}
