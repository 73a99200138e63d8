package studbook.racingapi;

import static org.assertj.core.api.Assertions.assertThat;
import static studbook.racingapi.VirtualProcess.SECONDS;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import studbook.racingapi.VirtualProcess.Arrival;
import studbook.racingapi.VirtualProcess.Weather;
import studbook.time.Rate;

/**
 * The law of the limit over seeded worlds: arrivals at the API, n in each window at most and nearly
 * n. Covered are threads that wake up late, by whatever time, and ways to the API that differ by
 * half of the margin (7 of 15 ms); for a process alone, by nearly all of it. Not covered is a
 * process that is stopped between its last look at the clock and the send.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PacingTest {

  /** Of each property; together some thousands. */
  private static final int SEEDS = 500;

  private static final double[] RATES = {2, 5, 2.5, 20, 86};

  private VirtualDatabase database;

  @BeforeAll
  void start() throws Exception {
    database = new VirtualDatabase();
  }

  @AfterAll
  void stop() throws Exception {
    database.close();
  }

  /** A world, its processes, and what reached the API. */
  private final class Scene {
    final VirtualWorld world = new VirtualWorld();
    final SplittableRandom random;
    final long seed;
    final Rate rate;
    final Weather weather;
    final List<Arrival> arrivals = new ArrayList<>();
    final List<VirtualProcess> processes = new ArrayList<>();

    Scene(long seed, Weather weather) throws Exception {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      this.rate = new Rate(RATES[(int) (seed % RATES.length)]);
      this.weather = weather;
      database.enter(world);
    }

    int slots() {
      return (int) Math.ceil(rate.perSecond());
    }

    long window() {
      return Math.round(slots() / rate.perSecond() * SECONDS);
    }

    Runnable join(long at) {
      VirtualProcess process =
          new VirtualProcess(
              world, database, rate, weather, random.split(), processes.size(), arrivals);
      processes.add(process);
      return world.begin(at, process::live);
    }

    void run(long until) {
      world.run(until);
      arrivals.sort(Comparator.comparingLong(Arrival::at));
    }

    void assertLaw() {
      assertThat(arrivals).as("seed %d: nothing sent", seed).isNotEmpty();
      for (int i = slots(); i < arrivals.size(); i++) {
        long span = arrivals.get(i).at() - arrivals.get(i - slots()).at();
        if (span < window()) {
          assertThat(span)
              .as("seed %d, %s: %s", seed, rate, arrivals.subList(i - slots(), i + 1))
              .isGreaterThanOrEqualTo(window());
        }
      }
    }

    /** Of the limit between two arrivals that whole windows of slots lie between. */
    double use(long from) {
      List<Arrival> counted = arrivals.stream().filter(a -> a.at() >= from).toList();
      int last = (counted.size() - 1) / slots() * slots();
      return last / rate.perSecond() * SECONDS / (counted.get(last).at() - counted.get(0).at());
    }

    /** The longest time without an arrival. */
    long stall(long from, long until) {
      long longest = 0;
      long before = from;
      for (Arrival arrival : arrivals) {
        if (arrival.at() >= from && arrival.at() < until) {
          longest = Math.max(longest, arrival.at() - before);
          before = arrival.at();
        }
      }
      return Math.max(longest, until - before);
    }
  }

  @Test
  void usesNearlyTheWholeLimitAndNeverMore() throws Exception {
    for (long seed = 0; seed < SEEDS; seed++) {
      Scene scene = new Scene(seed, Weather.FINE);
      int processes = 1 + (int) (seed / RATES.length % 4);
      for (int i = 0; i < processes; i++) {
        scene.join(scene.random.nextLong(SECONDS));
      }
      scene.run(20 * scene.window());
      scene.assertLaw();
      if (Boolean.getBoolean("show")) { System.out.printf("%d x %s: %.4f%n", processes, scene.rate, scene.use(4*scene.window())); continue; }
      assertThat(scene.use(4 * scene.window()))
          .as("seed %d: %d at %s", seed, processes, scene.rate)
          .isGreaterThanOrEqualTo(0.98);
    }
  }
}
