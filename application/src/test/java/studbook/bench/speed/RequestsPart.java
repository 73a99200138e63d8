package studbook.bench.speed;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import studbook.bench.environment.BenchEnvironment;
import studbook.bench.environment.Benchmark;
import studbook.bench.environment.Measurement;
import studbook.bench.environment.Seconds;
import studbook.bench.speed.AcceleratedRuns.Limits;
import studbook.bench.speed.AcceleratedRuns.Sent;
import studbook.model.HorseId;
import studbook.racingapi.ApiAccount;
import studbook.racingapi.Endpoint;
import studbook.racingapi.ProfileResponse;
import studbook.racingapi.RacingApi;
import studbook.security.Secret;
import studbook.simulator.Simulator;
import studbook.simulator.SimulatorOptions;
import studbook.simulator.population.Population;
import studbook.simulator.population.SyntheticPopulation;
import studbook.simulator.racecards.RacecardPage;
import studbook.time.SystemTime;

/**
 * The reference population filled from the first request to the last: how many requests a horse
 * costs, and how many hours a run takes, by the clock of {@linkplain AcceleratedRuns runs that are
 * faster than life}. Beside it the same without racecards, and a loop that asks for one horse after
 * the other and sleeps half a second after each, both on a part of the horses.
 */
public record RequestsPart() implements Benchmark {

  private static final int HORSES = 111_430;
  private static final Limits SINGLE = new Limits(2, OptionalInt.empty());
  private static final Limits LANES = new Limits(5, OptionalInt.of(2));
  private static final int PART = 40_000;
  private static final int LOOPED = 2_000;
  private static final int LOOP_FASTER = 100;
  private static final Duration SLEEP = Duration.ofMillis(500).dividedBy(LOOP_FASTER);

  @Override
  public String name() {
    return "requests";
  }

  @Override
  public List<Measurement> measure(BenchEnvironment workshop)
      throws IOException, InterruptedException {
    Population population = new SyntheticPopulation(1, HORSES);
    long began = SystemTime.ticker().nanos();
    RenderedPages pages =
        RenderedPages.render(workshop.folder().resolve("pages"), new RacecardPage(population, 1));
    System.err.printf("  days rendered in %.0f s%n", Seconds.since(began));
    AcceleratedRuns runs = new AcceleratedRuns(workshop, population, pages);
    Sent lanes = runs.whole(LANES);
    Sent single = runs.whole(SINGLE);
    Sent plain = runs.profilesOnly(SINGLE, PART);
    double oneByOne = plain.hours() * HORSES / PART;
    double loop = loop(population);
    List<Measurement> figures = new ArrayList<>();
    figures.add(requests("2/s", single));
    figures.add(requests("5/s + 2/s", lanes));
    figures.add(hours("2/s", single));
    figures.add(hours("5/s + 2/s", lanes));
    figures.add(
        Measurement.known(
            "hours by the clock, one request a horse, 2/s",
            Measurement.text("%.2f h", oneByOne)
                + String.format(
                    Locale.ROOT,
                    " (from %,d horses in %.2f h; its requests alone: %.2f h; %d answered 429)",
                    PART,
                    plain.hours(),
                    plain.leastHours() * HORSES / PART,
                    plain.refused())));
    figures.add(
        Measurement.known(
            "hours by the clock, one horse after the other with half a second of sleep",
            Measurement.text("%.2f h", loop) + String.format(Locale.ROOT, " (from %,d)", LOOPED)));
    figures.add(times("2/s", single, oneByOne, 1.7));
    figures.add(times("5/s + 2/s", lanes, oneByOne, 4));
    memory("2/s", single, figures);
    memory("5/s + 2/s", lanes, figures);
    return figures;
  }

  private static Measurement requests(String limits, Sent sent) {
    return Measurement.atMost(
            "requests a horse, 111,430 horses, " + limits,
            "%.3f",
            0.60,
            (double) sent.requests() / HORSES)
        .with(
            String.format(
                Locale.ROOT,
                "%,d days and %,d profiles; %d more were answered 429",
                sent.days(),
                sent.profiles(),
                sent.refused()));
  }

  private static Measurement hours(String limits, Sent sent) {
    return Measurement.known(
        "hours by the clock, 111,430 horses, " + limits,
        Measurement.text("%.2f h", sent.hours())
            + Measurement.text(" (its requests alone: %.2f h)", sent.leastHours()));
  }

  private static Measurement times(String limits, Sent sent, double oneByOne, double goal) {
    return Measurement.atLeast(
        "times fewer hours by the clock than one request a horse at 2/s, " + limits,
        "%.2f",
        goal,
        oneByOne / sent.hours());
  }

  private static void memory(String limits, Sent sent, List<Measurement> figures) {
    sent.mebibytes()
        .ifPresent(mebibytes ->
            figures.add(
                Measurement.below(
                    "memory of the process, resident at most: 111,430 horses, " + limits,
                    "%.0f MB",
                    400,
                    (double) mebibytes)));
  }

  private static double loop(Population population) throws InterruptedException {
    Secret secret = Secret.of(BenchEnvironment.ACCOUNT);
    try (Simulator simulator =
            Simulator.start(
                SimulatorOptions.unlimited(BenchEnvironment.ACCOUNT, BenchEnvironment.ACCOUNT)
                    .withRate(SINGLE.account() * LOOP_FASTER),
                population);
        RacingApi api =
            new RacingApi(
                new ApiAccount(simulator.baseUri(), secret, secret, Duration.ofSeconds(30)),
                "bench",
                SystemTime.clock(),
                SystemTime.ticker())) {
      double seconds =
          Seconds.of(() -> {
            for (int i = 0; i < LOOPED; i++) {
              HorseId horse = new HorseId(population.named(i).id());
              if (api.fetchProfile(horse, Endpoint.PRO).response()
                  instanceof ProfileResponse.NotFound) {
                api.fetchProfile(horse, Endpoint.STANDARD);
              }
              SystemTime.sleeper().sleep(SLEEP);
            }
          });
      return seconds * HORSES / LOOPED * LOOP_FASTER / 3600;
    }
  }
}
