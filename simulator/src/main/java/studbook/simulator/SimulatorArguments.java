package studbook.simulator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import studbook.simulator.fault.FaultProfile;
import studbook.simulator.population.ChangingPopulation;
import studbook.simulator.population.DailyChanges;
import studbook.simulator.population.FilePopulation;
import studbook.simulator.population.Population;
import studbook.simulator.population.SyntheticPopulation;

/**
 * Command-line options of a simulator, for {@link SimulatorMain} and every other command that
 * serves one. Picocli fills the fields; not safe for use by several threads.
 */
public final class SimulatorArguments {

  /** Horses of a usual customer's database. */
  private static final int USUAL_HORSES = 111_430;

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

  @Option(
      names = "--day",
      paramLabel = "SECONDS",
      description = {
        "Length of a simulated day. Each day horses appear, change and vanish.",
        "Default: they stay as they are."
      })
  private @Nullable Integer daySeconds;

  /**
   * The horses to serve.
   *
   * @param workingDirectory where the path of a horses file begins
   * @throws IllegalArgumentException if the file is no CSV file of horses, or a day has no length
   * @throws java.io.UncheckedIOException if the file cannot be read
   */
  public Population population(Path workingDirectory) {
    Population population =
        horsesFile == null
            ? new SyntheticPopulation(seed, horses)
            : FilePopulation.read(workingDirectory.resolve(horsesFile));
    return daySeconds == null ? population : changing(population, Duration.ofSeconds(daySeconds));
  }

  private Population changing(Population population, Duration day) {
    if (!day.isPositive()) {
      throw new IllegalArgumentException("--day must be at least 1, not " + day.toSeconds());
    }
    return new ChangingPopulation(
        population, DailyChanges.usual(population.size()), seed, Simulator.countFromNow(day));
  }

  /**
   * How the simulator behaves.
   *
   * @param rate requests a second of the account; {@link SimulatorOptions#UNLIMITED} is no limit
   * @param racecardsRate requests a second for racecards, if they have a limit of their own
   * @throws IllegalArgumentException naming the option that has no meaning
   */
  public SimulatorOptions options(
      String username, String password, double rate, OptionalDouble racecardsRate) {
    SimulatorOptions options =
        SimulatorOptions.unlimited(username, password)
            .withPort(port)
            .withRate(rate)
            .withLatency(Latency.parse(latency))
            .withFaults(faults == null ? FaultProfile.NONE : FaultProfile.parse(faults))
            .withSeed(seed);
    return racecardsRate.isPresent()
        ? options.withRacecardsRate(racecardsRate.getAsDouble())
        : options;
  }
}
