package studbook.bench.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import studbook.bench.environment.BenchEnvironment;
import studbook.bench.environment.Benchmark;
import studbook.bench.environment.ChildProcess;
import studbook.bench.environment.Measurement;
import studbook.bench.environment.Seconds;
import studbook.simulator.population.Population;
import studbook.simulator.population.SyntheticPopulation;

/**
 * Horses a second without a limit, from request to committed row, with the simulator in a process
 * of its own; beside it the bare loop, in turns. A backfill's time is that of the database: from
 * the event {@code planned} to the run's end, so neither the start of Java nor the plan is in it.
 */
public record ThroughputPart(int horses, int pairs) implements Benchmark {

  private static final Duration MAY_TAKE = Duration.ofMinutes(5);

  private record Pair(double backfill, double bare) {
    double ratio() {
      return backfill / bare;
    }
  }

  @Override
  public String name() {
    return "throughput";
  }

  @Override
  public List<Measurement> measure(BenchEnvironment workshop)
      throws IOException, InterruptedException {
    Population population = new SyntheticPopulation(1, horses);
    Path ids = workshop.folder().resolve("ids.txt");
    Files.write(
        ids, IntStream.range(0, horses).mapToObj(i -> population.named(i).id()).sorted().toList());
    List<Pair> measured = new ArrayList<>();
    try (BenchEnvironment.Api api = workshop.simulator(horses)) {
      for (int pair = 0; pair < pairs; pair++) {
        boolean bareFirst = pair % 2 == 1;
        double before = bareFirst ? bare(workshop, api, ids) : 0;
        double backfill = backfill(workshop, api, population);
        double bare = bareFirst ? before : bare(workshop, api, ids);
        measured.add(new Pair(backfill, bare));
        System.err.printf("  backfill %.0f/s, bare loop %.0f/s%n", backfill, bare);
      }
    }
    return figures(measured);
  }

  private List<Measurement> figures(List<Pair> measured) {
    String of = "median of " + pairs + ", " + String.format(Locale.ROOT, "%,d", horses) + " horses";
    double[] backfills = measured.stream().mapToDouble(Pair::backfill).toArray();
    double[] bares = measured.stream().mapToDouble(Pair::bare).toArray();
    double[] ratios = measured.stream().mapToDouble(Pair::ratio).toArray();
    return List.of(
        Measurement.atLeast(
                "unlimited: horses a second, request to committed row",
                "%,.0f",
                3_000,
                Seconds.median(backfills))
            .with(of + ": " + all("%.0f", backfills)),
        Measurement.known(
            "unlimited: bare loop, horses a second",
            Measurement.text("%,.0f", Seconds.median(bares)) + " (" + all("%.0f", bares) + ")"),
        Measurement.atLeast(
                "unlimited: share of the bare loop, pair by pair",
                "%.2f",
                0.5,
                Seconds.median(ratios))
            .with(all("%.2f", ratios)));
  }

  private static String all(String form, double[] values) {
    return Arrays.stream(values)
        .mapToObj(value -> Measurement.text(form, value))
        .collect(Collectors.joining(" "));
  }

  private double backfill(
      BenchEnvironment workshop, BenchEnvironment.Api api, Population population)
      throws InterruptedException {
    workshop.populate(population);
    try (ChildProcess backfill =
        workshop.backfill(api.base(), Map.of(), "--no-racecards", "--rate", "unlimited")) {
      backfill.endsWith(0, MAY_TAKE);
    }
    double completed =
        workshop.number("SELECT count(*) FROM studbook.work_item WHERE state <> 'pending'");
    if (completed != horses) {
      throw new IllegalStateException(completed + " of " + horses + " completed");
    }
    return horses
        / workshop.number(
            """
            SELECT extract(epoch FROM r.ended_at - e.occurred_at)
            FROM studbook.run r JOIN studbook.run_event e USING (run_id)
            WHERE r.state = 'finished' AND e.event = 'planned'
            """);
  }

  private double bare(BenchEnvironment workshop, BenchEnvironment.Api api, Path ids)
      throws InterruptedException {
    List<String> command =
        workshop.java(
            "-cp",
            System.getProperty("java.class.path"),
            BaselineLoop.class.getName(),
            api.base().toString(),
            ids.toString());
    try (ChildProcess bare = workshop.start(command, Map.of())) {
      bare.endsWith(0, MAY_TAKE);
      return horses / Double.parseDouble(bare.output().strip());
    }
  }
}
