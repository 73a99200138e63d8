package studbook.bench.scale;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import studbook.bench.environment.BenchEnvironment;
import studbook.bench.environment.Benchmark;
import studbook.bench.environment.ChildProcess;
import studbook.bench.environment.Measurement;
import studbook.bench.environment.PlanQueries;
import studbook.bench.environment.Seconds;
import studbook.simulator.Simulator;
import studbook.simulator.SimulatorOptions;
import studbook.simulator.http.SimulatorStatistics;
import studbook.simulator.population.Population;
import studbook.simulator.population.SyntheticPopulation;
import studbook.store.run.RunRepository;
import studbook.store.table.TableCounts;
import studbook.text.HumanFormat;
import studbook.time.SystemTime;

/**
 * Planned, killed with nine tenths done, resumed and looked at, while the database runs: a database
 * of the usual size, which is worked on until nine tenths are done, and larger ones, where the rows
 * are completed inside the database.
 *
 * @param many horses of the largest
 */
public record ScalePart(int many) implements Benchmark {

  private static final int USUAL = 111_430;
  private static final int[] SIZES = {USUAL, 1_000_000, 10_000_000};
  private static final int RESUMES = 3;
  private static final int LOOKS = 5;
  private static final Duration MAY_TAKE = Duration.ofMinutes(10);

  /** A finished process and its maximum memory. */
  private record Measured(double seconds, OptionalLong mebibytes) {}

  @Override
  public String name() {
    return "scale";
  }

  @Override
  public List<Measurement> measure(BenchEnvironment workshop) throws InterruptedException {
    List<Measurement> figures = new ArrayList<>();
    for (int horses : SIZES) {
      if (horses <= many) {
        long began = SystemTime.ticker().nanos();
        figures.addAll(measure(workshop, horses));
        System.err.printf("  %,d horses took %.0f s%n", horses, Seconds.since(began));
      }
    }
    workshop.empty();
    return figures;
  }

  private static List<Measurement> measure(BenchEnvironment workshop, int horses)
      throws InterruptedException {
    Population population = new SyntheticPopulation(1, horses);
    workshop.populate(population);
    OptionalLong planning;
    double plan;
    List<Measured> resumes = new ArrayList<>();
    List<Measured> looks = new ArrayList<>();
    try (Simulator simulator =
        Simulator.start(
            SimulatorOptions.unlimited(BenchEnvironment.ACCOUNT, BenchEnvironment.ACCOUNT),
            population)) {
      planning = plan(workshop, simulator, horses == USUAL ? 0.9 * USUAL : 1);
      plan = PlanQueries.seconds(workshop);
      if (horses != USUAL) {
        NinetyPercentRun.settle(workshop);
      }
      for (int i = 0; i < RESUMES; i++) {
        resumes.add(resume(workshop, simulator));
      }
    }
    double share = 100 * workshop.number(PlanQueries.PROCESSED) / horses;
    for (int i = 0; i < LOOKS; i++) {
      looks.add(status(workshop));
    }
    String of = " of " + HumanFormat.count(horses);
    List<Measurement> figures = new ArrayList<>();
    figures.add(within(2, horses, "plan" + of + " horses", plan));
    figures.add(
        within(
                2,
                horses,
                "resume" + of + " at 90 % after kill -9: process start to first request",
                median(resumes))
            .with(
                "median of %d, longest %.2f s, at the end %.1f %% done"
                    .formatted(
                        RESUMES,
                        resumes.stream().mapToDouble(Measured::seconds).max().orElseThrow(),
                        share)));
    figures.add(
        within(0.5, horses, "status" + of + " horses, whole process", median(looks))
            .with("median of " + LOOKS));
    figures.add(statusQueries(workshop, "status" + of + " horses, its queries alone"));
    memory(horses == USUAL ? "plan and work" : "plan", of, List.of(planning), figures);
    memory("resume", of, resumes.stream().map(Measured::mebibytes).toList(), figures);
    memory("status", of, looks.stream().map(Measured::mebibytes).toList(), figures);
    return figures;
  }

  private static double median(List<Measured> processes) {
    return Seconds.median(processes.stream().mapToDouble(Measured::seconds).toArray());
  }

  /** The larger sizes have no goal in time. */
  private static Measurement within(double goal, int horses, String name, double seconds) {
    return horses == USUAL
        ? Measurement.below(name, "%.2f s", goal, seconds)
        : Measurement.known(name, Measurement.text("%.2f s", seconds));
  }

  /** At all sizes, if the system reports it. */
  private static void memory(
      String command, String of, List<OptionalLong> mebibytes, List<Measurement> figures) {
    mebibytes.stream()
        .flatMapToLong(OptionalLong::stream)
        .max()
        .ifPresent(most ->
            figures.add(
                Measurement.below(
                    "memory of the process, resident at most: " + command + of + " horses",
                    "%.0f MB",
                    400,
                    (double) most)));
  }

  /** Plans, and works until this many horses are completed; then it is killed. */
  private static OptionalLong plan(BenchEnvironment workshop, Simulator simulator, double completed)
      throws InterruptedException {
    try (ChildProcess backfill =
        workshop.backfill(simulator.baseUri(), Map.of(), "--no-racecards", "--rate", "unlimited")) {
      OptionalLong most =
          backfill.peakUntil(
              "%,.0f completed horses".formatted(completed),
              MAY_TAKE,
              () -> workshop.number(PlanQueries.PROCESSED) >= completed);
      backfill.kill();
      return most;
    }
  }

  /** Kills it again as soon as its first request is there, so that it can be repeated. */
  private static Measured resume(BenchEnvironment workshop, Simulator simulator)
      throws InterruptedException {
    SimulatorStatistics statistics = simulator.statistics();
    long before = settledArrivals(statistics);
    long began = SystemTime.ticker().nanos();
    OptionalLong most;
    try (ChildProcess backfill =
        workshop.backfill(simulator.baseUri(), Map.of(), "--rate", "unlimited", "--resume")) {
      most =
          backfill.peakUntil("the first request", MAY_TAKE, () -> statistics.arrivals() > before);
      backfill.kill();
    }
    return new Measured((statistics.arrivalNanos()[(int) before] - began) / 1e9, most);
  }

  /** Requests of a killed process may still arrive for a moment. */
  private static long settledArrivals(SimulatorStatistics statistics) throws InterruptedException {
    long before;
    do {
      before = statistics.arrivals();
      SystemTime.sleeper().sleep(Duration.ofMillis(200));
    } while (statistics.arrivals() != before);
    return before;
  }

  private static Measured status(BenchEnvironment workshop) throws InterruptedException {
    long began = SystemTime.ticker().nanos();
    try (ChildProcess status = workshop.studbook("status")) {
      OptionalLong most = status.peakUntil("the end of status", MAY_TAKE, () -> false);
      status.endsWith(0, MAY_TAKE);
      return new Measured(Seconds.since(began), most);
    }
  }

  private static Measurement statusQueries(BenchEnvironment workshop, String name)
      throws InterruptedException {
    RunRepository runRepository = new RunRepository(workshop.jdbi());
    double[] seconds =
        Seconds.times(
            LOOKS,
            () -> {
              TableCounts.take(workshop.jdbi());
              runRepository.counts(runRepository.latest().orElseThrow().id());
            });
    return Measurement.known(name, Measurement.text("%.3f s", Seconds.median(seconds)));
  }
}
