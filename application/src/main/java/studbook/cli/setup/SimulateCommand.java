package studbook.cli.setup;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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
    description = "A Racing API of our own over HTTP, with invented horses, until it is stopped.",
    footer = {"", "Example: studbook simulate --horses 5000 --rate 5 --faults 500:0.01"})
public final class SimulateCommand implements Callable<Integer> {

  /** Horses of a usual customer's database. */
  private static final int USUAL_HORSES = 111_430;

  private final CommandContext session;

  @Option(names = "--port", paramLabel = "P", description = "Default: a free one.")
  private int port;

  @Option(names = "--horses", paramLabel = "N", description = "Invent so many (111,430).")
  private int horses = USUAL_HORSES;

  @Option(
      names = "--population",
      paramLabel = "FILE.csv",
      description = "Serve these horses instead.")
  private @Nullable Path population;

  @Option(
      names = "--latency",
      paramLabel = "MS",
      description = "Milliseconds, such as 300 or 300+-100.")
  private String latency = "0";

  @Option(
      names = "--faults",
      paramLabel = "F",
      description = "Shares of requests that go wrong, such as 500:0.1,timeout:0.01.")
  private @Nullable String faults;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "The same seed gives the same horses and faults (1).")
  private long seed = 1;

  public SimulateCommand(CommandContext session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = session.settings();
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
                  ? "  (user name and password are those of your own settings)"
                  : "  export RACING_API_USERNAME=simulator RACING_API_PASSWORD=simulator");
      session.out().println("What it saw: " + simulator.baseUri().resolve("/__stats"));
      session.out().flush();
      stopped.await();
    }
    return ExitCode.DONE;
  }

  private Population population() {
    try {
      return population == null
          ? new SyntheticPopulation(seed, horses)
          : FilePopulation.read(session.surroundings().workingDirectory().resolve(population));
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
