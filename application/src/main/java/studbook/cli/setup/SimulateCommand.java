package studbook.cli.setup;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import studbook.cli.option.RateOptions;
import studbook.cli.settings.Settings;
import studbook.cli.support.CommandContext;
import studbook.cli.support.ExitCode;
import studbook.cli.support.UsageException;
import studbook.racingapi.ApiAccount;
import studbook.simulator.Latency;
import studbook.simulator.Simulator;
import studbook.simulator.SimulatorOptions;
import studbook.simulator.fault.FaultProfile;
import studbook.simulator.population.FilePopulation;
import studbook.simulator.population.Population;
import studbook.simulator.population.SyntheticPopulation;
import studbook.text.HumanFormat;

/** {@code studbook simulate}. */
@Command(
    name = "simulate",
    description = {
      "Serve a simulated Racing API with invented horses over HTTP.",
      "Runs until stopped."
    },
    footer = {"", "Example: studbook simulate --horses 5000 --rate 5 --faults 500:0.01"})
public final class SimulateCommand implements Callable<Integer> {

  /** Horses of a usual customer's database. */
  private static final int USUAL_HORSES = 111_430;

  private final CommandContext session;

  @Mixin private RateOptions rates = new RateOptions();

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "Port to listen on; default: a free one.")
  private int port;

  @Option(
      names = "--horses",
      paramLabel = "N",
      description = "Number of invented horses (111,430).")
  private int horses = USUAL_HORSES;

  @Option(
      names = "--horses-file",
      paramLabel = "FILE.csv",
      description = "CSV file of horses to serve instead.")
  private @Nullable Path horsesFile;

  @Option(
      names = "--latency",
      paramLabel = "MS",
      description = "Latency in milliseconds, such as 300 or 300+-100.")
  private String latency = "0";

  @Option(
      names = "--faults",
      paramLabel = "F",
      description = "Fault rates of requests, such as 500:0.1,timeout:0.01.")
  private @Nullable String faults;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed of horses and faults; the same seed gives the same ones (1).")
  private long seed = 1;

  public SimulateCommand(CommandContext session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = session.settings(rates);
    Optional<ApiAccount> account = settings.api();
    String username = account.map(set -> set.username().reveal()).orElse("simulator");
    String password = account.map(set -> set.password().reveal()).orElse("simulator");
    CountDownLatch stopped = new CountDownLatch(1);
    session.stopSignal().stops(stopped::countDown);
    Population served = population();
    try (Simulator simulator = Simulator.start(options(settings, username, password), served)) {
      session
          .out()
          .printf(
              "%s at %s, limit %s. Ctrl-C stops it.%n",
              HumanFormat.count(served.size(), "horse"), simulator.baseUri(), settings.rate());
      session.out().println("For another terminal:");
      session.out().println("  export RACING_API_BASE_URL=" + simulator.baseUri());
      session
          .out()
          .println(
              account.isPresent()
                  ? "  (user name and password are those of your settings)"
                  : "  export RACING_API_USERNAME=simulator RACING_API_PASSWORD=simulator");
      session.out().println("Statistics: " + simulator.baseUri().resolve("/__stats"));
      session.out().flush();
      stopped.await();
    }
    return ExitCode.DONE;
  }

  private Population population() {
    try {
      return horsesFile == null
          ? new SyntheticPopulation(seed, horses)
          : FilePopulation.read(session.surroundings().workingDirectory().resolve(horsesFile));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private SimulatorOptions options(Settings settings, String username, String password) {
    try {
      SimulatorOptions options =
          SimulatorOptions.unlimited(username, password)
              .withPort(port)
              .withRate(settings.rate().perSecond())
              .withLatency(Latency.parse(latency))
              .withFaults(faults == null ? FaultProfile.NONE : FaultProfile.parse(faults))
              .withSeed(seed);
      return settings
          .racecardsRate()
          .map(rate -> options.withRacecardsRate(rate.perSecond()))
          .orElse(options);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
