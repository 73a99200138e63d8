package studbook.simulator;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The simulator as a program of its own: {@code java -jar studbook-simulator.jar --rate 5}. */
@Command(
    name = "studbook-simulator",
    description = "Serve a simulated Racing API over HTTP. Runs until stopped.",
    footer = {
      "",
      "RACING_API_USERNAME and RACING_API_PASSWORD are the credentials that it accepts",
      "(simulator, simulator).",
      "",
      "Example: java -jar studbook-simulator.jar --rate 5 --faults 500:0.01"
    })
public final class SimulatorMain implements Callable<Integer> {

  private static final String NAME = "simulator";

  private final Map<String, String> environment;
  private final CountDownLatch stopped;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this help.")
  @SuppressWarnings("unused") // picocli prints the help
  private boolean help;

  @Mixin private SimulatorArguments arguments = new SimulatorArguments();

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "Requests a second that it answers; 429 above that. Default: unlimited.")
  private @Nullable Double rate;

  @Option(
      names = "--racecards-rate",
      paramLabel = "R",
      description = "Requests a second for racecards, counted apart. Default: as one with --rate.")
  private @Nullable Double racecardsRate;

  @SuppressWarnings("NullAway.Init") // picocli sets the specification
  private SimulatorMain(Map<String, String> environment, CountDownLatch stopped) {
    this.environment = environment;
    this.stopped = stopped;
  }

  /** Runs until the process is stopped; exits with 2 after a usage error. */
  public static void main(String[] args) {
    System.exit(commandLine(System.getenv(), new CountDownLatch(1)).execute(args));
  }

  /**
   * The program, for a test to start.
   *
   * @param environment the variables of the process
   * @param stopped ends the program at zero
   */
  static CommandLine commandLine(Map<String, String> environment, CountDownLatch stopped) {
    return new CommandLine(new SimulatorMain(environment, stopped))
        .setParameterExceptionHandler((exception, _) -> {
          PrintWriter err = exception.getCommandLine().getErr();
          err.println(exception.getMessage());
          err.println("--help lists the options.");
          err.flush();
          return exception.getCommandLine().getCommandSpec().exitCodeOnInvalidInput();
        });
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (Simulator simulator = start()) {
      out.println("Serving at " + simulator.baseUri() + ". Ctrl-C stops it.");
      out.println("Statistics: " + simulator.baseUri().resolve("/__stats"));
      out.flush();
      stopped.await();
    }
    return 0;
  }

  private Simulator start() {
    try {
      SimulatorOptions options =
          arguments.options(
              environment.getOrDefault("RACING_API_USERNAME", NAME),
              environment.getOrDefault("RACING_API_PASSWORD", NAME),
              rate == null ? SimulatorOptions.UNLIMITED : rate,
              racecardsRate == null ? OptionalDouble.empty() : OptionalDouble.of(racecardsRate));
      return Simulator.start(options, arguments.population(Path.of("")));
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
