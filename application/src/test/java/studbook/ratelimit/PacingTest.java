package studbook.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static studbook.ratelimit.SimulatedWorker.MILLIS;
import static studbook.ratelimit.SimulatedWorker.SECONDS;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import studbook.ratelimit.SimulatedWorker.Arrival;
import studbook.ratelimit.SimulatedWorker.Weather;
import studbook.time.Rate;

/**
 * The law of the limit over seeded worlds: arrivals at the API, n in each window at most and nearly
 * n. Covered are threads that wake up late, by whatever time, and ways to the API that differ by
 * half of the margin (7 of 15 ms), for a process's first request by 100 ms; for a process alone, by
 * nearly all of it, and for the requests of its first window by 100 ms. Not covered is a process
 * that is stopped between its last look at the clock and the send, nor one that joins between a
 * step of the database's clock and the moment when another has noticed it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PacingTest {

  /** Of each property. {@code -Dstudbook.seeds=300} tries ten times as many, in a minute. */
  private static final int SEEDS = Integer.getInteger("studbook.seeds", 30);

  private static final long HOUR = 3_600 * SECONDS;

  private static final double[] RATES = {2, 5, 2.5, 20, 86};

  private SimulatedDatabase database;

  @BeforeAll
  void start() throws Exception {
    database = new SimulatedDatabase();
  }

  @AfterAll
  void stop() throws Exception {
    database.close();
  }

  /** A world, its processes, and what reached the API. */
  private final class Scene {
    final SimulatedClock clock = new SimulatedClock();
    final SplittableRandom random;
    final long seed;
    Rate rate;
    final Weather weather;
    final List<Arrival> arrivals = new ArrayList<>();
    final List<SimulatedWorker> processes = new ArrayList<>();

    Scene(long seed, Weather weather) throws Exception {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      this.rate = new Rate(RATES[(int) (seed % RATES.length)]);
      this.weather = weather;
      database.enter(clock);
    }

    int slots() {
      return (int) Math.ceil(rate.perSecond());
    }

    long window() {
      return Math.round(slots() / rate.perSecond() * SECONDS);
    }

    private SimulatedWorker process() {
      SimulatedWorker process =
          new SimulatedWorker(
              clock, database, rate, weather, random.split(), processes.size(), arrivals);
      processes.add(process);
      return process;
    }

    Runnable join(long at) {
      SimulatedWorker process = process();
      return clock.begin(at, process::live);
    }

    void joinNow() {
      SimulatedWorker process = process();
      clock.begin(clock.now(), process::live);
    }

    List<Runnable> joinSome(int count) {
      List<Runnable> killers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        killers.add(join(random.nextLong(SECONDS)));
      }
      return killers;
    }

    void at(long moment, Runnable event) {
      clock.begin(moment, event::run);
    }

    /** Enough for some two dozen requests, and two windows. */
    long shortWhile() {
      return SECONDS + Math.max(2 * window(), (long) (24 / rate.perSecond() * SECONDS));
    }

    long moment() {
      return random.nextLong(shortWhile());
    }

    void run(long until) {
      clock.run(until);
      arrivals.sort(Comparator.comparingLong(Arrival::at));
    }

    void assertLaw() {
      for (int i = slots(); i < arrivals.size(); i++) {
        long span = arrivals.get(i).at() - arrivals.get(i - slots()).at();
        if (span < window()) {
          assertThat(span)
              .as("seed %d, %s: %s to %s", seed, rate, arrivals.get(i - slots()), arrivals.get(i))
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
    double[] used = new double[SEEDS / 3];
    for (int seed = 0; seed < used.length; seed++) {
      Scene scene = new Scene(seed, Weather.FINE);
      scene.joinSome(1 + seed / RATES.length % 4);
      scene.run(16 * scene.window());
      scene.assertLaw();
      used[seed] = scene.use(4 * scene.window());
      assertThat(used[seed])
          .as("seed %d: %d at %s", seed, scene.processes.size(), scene.rate)
          .isGreaterThanOrEqualTo(0.975);
    }
    assertThat(DoubleStream.of(used).average().orElseThrow()).isGreaterThanOrEqualTo(0.984);
  }

  @Test
  void neverSendsMoreWhateverGoesWrong() throws Exception {
    long sent = 0;
    for (long seed = 0; seed < SEEDS * 3L; seed++) {
      Scene scene = new Scene(seed, Weather.ROUGH);
      List<Runnable> killers = scene.joinSome(1 + scene.random.nextInt(4));
      scene.at(scene.moment(), killers.getFirst());
      if (scene.random.nextInt(3) == 0) {
        scene.join(0);
        long step = scene.random.nextBoolean() ? HOUR : -HOUR;
        scene.at(2 * SECONDS + scene.moment() / 2, () -> database.setClockBy(step));
      } else {
        scene.join(scene.moment());
      }
      scene.run(scene.shortWhile());
      scene.assertLaw();
      sent += scene.arrivals.size();
    }
    assertThat(sent).isGreaterThan(SEEDS * 60L);
  }

  @Test
  void aSingleProcessLeavesTheMarginToTheNetwork() throws Exception {
    for (long seed = 0; seed < SEEDS; seed++) {
      Scene scene = new Scene(seed, new Weather(13 * MILLIS, 0.4, 0, 0, 0, 0));
      scene.join(0);
      scene.run(scene.shortWhile());
      scene.assertLaw();
    }
  }

  @Test
  void aColdProcessAloneKeepsTheLimit() throws Exception {
    for (long seed = 0; seed < SEEDS; seed++) {
      int requests = (int) Math.ceil(Math.min(8, RATES[(int) (seed % RATES.length)]));
      Scene scene = new Scene(seed, new Weather(7 * MILLIS, 0.05, 0, 0, 100 * MILLIS, requests));
      scene.join(0);
      scene.run(scene.shortWhile());
      scene.assertLaw();
    }
  }

  @Test
  void aSingleProcessMovesPermitsItMisses() throws Exception {
    double[] used = new double[SEEDS / 6];
    for (int seed = 0; seed < used.length; seed++) {
      Scene scene = new Scene(RATES.length * seed + seed % 3, new Weather(0, 0.2, 0, 0, 0, 0));
      scene.join(0);
      scene.run(16 * scene.window());
      used[seed] = scene.use(scene.window());
    }
    assertThat(DoubleStream.of(used).average().orElseThrow()).isGreaterThanOrEqualTo(0.97);
  }

  @Test
  void missesAndStopsAndAKillCostLittle() throws Exception {
    double[] used = new double[SEEDS * 2 / 3];
    for (int seed = 0; seed < used.length; seed++) {
      Scene scene = new Scene(seed, new Weather(7 * MILLIS, 0.01, 0.002, 0, 0, 0));
      List<Runnable> killers = scene.joinSome(3 + scene.random.nextInt(2));
      scene.at(10 * scene.window(), killers.getFirst());
      scene.run(16 * scene.window());
      scene.assertLaw();
      used[seed] = scene.use(4 * scene.window());
    }
    assertThat(DoubleStream.of(used).average().orElseThrow()).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void aSetDatabaseClockStopsNoWorkerForLong() throws Exception {
    long[] steps = {HOUR, -HOUR, 3 * SECONDS, -3 * SECONDS};
    for (long seed = 0; seed < SEEDS / 3; seed++) {
      Scene scene = new Scene(seed, Weather.FINE);
      long step = steps[(int) (seed / RATES.length % steps.length)];
      scene.joinSome(1 + scene.random.nextInt(4));
      long at = 3 * scene.window() + scene.random.nextLong(scene.window());
      scene.at(at, () -> database.setClockBy(step));
      scene.run(8 * scene.window());
      scene.assertLaw();
      assertThat(scene.stall(2 * scene.window(), 8 * scene.window()))
          .as("seed %d, %d at %s, %d s", seed, scene.processes.size(), scene.rate, step / SECONDS)
          .isLessThanOrEqualTo(scene.window() * 5 / 4);
    }
  }

  @Test
  void aChangedRateHoldsFromTheNextRequestOn() throws Exception {
    for (long seed = 0; seed < SEEDS / 3; seed++) {
      Scene scene = new Scene(seed, Weather.FINE);
      List<Runnable> killers = scene.joinSome(2);
      long change = 3 * scene.window();
      Rate other = new Rate(RATES[(int) ((seed + 1 + seed / RATES.length % 4) % RATES.length)]);
      scene.at(
          change,
          () -> {
            killers.forEach(Runnable::run);
            scene.rate = other;
            scene.joinNow();
          });
      scene.run(change + 4 * SECONDS);
      int process = scene.processes.size() - 1;
      for (int i = scene.slots(); i < scene.arrivals.size(); i++) {
        if (scene.arrivals.get(i).process() == process) {
          assertThat(scene.arrivals.get(i).at() - scene.arrivals.get(i - scene.slots()).at())
              .as("seed %d, now %s", seed, other)
              .isGreaterThanOrEqualTo(scene.window());
        }
      }
      assertThat(scene.arrivals).as("seed %d", seed).anyMatch(a -> a.process() == process);
    }
  }

  @Test
  void aBlockedProcessDropsOldPermitsAndSendsNothingEarly() throws Exception {
    int scenes = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Scene scene = new Scene(seed, Weather.ROUGH);
      scene.joinSome(2);
      long pause = scene.random.nextLong(4 * SECONDS);
      long[] told = {Long.MAX_VALUE, -1};
      scene.clock.begin(
          2 * scene.window(),
          () -> {
            if (scene.arrivals.isEmpty()) {
              return; // all have been stopped so far
            }
            Arrival refused = scene.arrivals.getLast();
            told[0] = scene.clock.now();
            told[1] = refused.process();
            scene
                .processes
                .get(refused.process())
                .throttled(
                    new NextPermit.Permit(refused.generation(), Instant.EPOCH, 0),
                    Optional.of(Duration.ofNanos(pause)));
          });
      scene.run(2 * scene.window() + 8 * SECONDS);
      scene.assertLaw();
      if (told[1] < 0) {
        continue;
      }
      scenes++;
      // the statement needs half of a round trip to reach the database
      assertThat(scene.arrivals)
          .as("seed %d", seed)
          .filteredOn(a -> a.sent() > told[0] && a.process() == told[1])
          .allMatch(a -> a.generation() == 1 && a.sent() >= told[0] + pause);
    }
    assertThat(scenes).isGreaterThan(SEEDS * 9 / 10);
  }
}
