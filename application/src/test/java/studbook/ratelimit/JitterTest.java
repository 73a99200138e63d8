package studbook.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static studbook.ratelimit.SimulatedWorker.MILLIS;
import static studbook.ratelimit.SimulatedWorker.SECONDS;

import java.util.ArrayList;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import studbook.time.Rate;

/**
 * An API whose own clock of arrival jitters by more than the margin, over seeded worlds, beside an
 * evenly spaced limiter with a margin of 25 ms. Measured is what the limiter has adapted to: the
 * first seconds are left out.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JitterTest {

  private static final long WARM_UP = 40;
  private static final long END = 140;
  private static final int[] LIMITS = {5, 2, 5, 10};

  /** With 32 the answers 429 are less than half; in fewer worlds chance moves them by a tenth. */
  private static final int WORLDS = Integer.getInteger("studbook.worlds", 8);

  /** Worlds of the evenly spaced limiter, which cost little. */
  private static final int EVEN = 24;

  private SimulatedDatabase database;

  @BeforeAll
  void start() throws Exception {
    database = new SimulatedDatabase();
  }

  @AfterAll
  void stop() throws Exception {
    database.close();
  }

  /** Averages over worlds. */
  private static final class Average {
    private double share;
    private double refused;
    private int worlds;

    void add(SimulatedApi api) {
      share += api.share(WARM_UP * SECONDS, END * SECONDS);
      refused += api.refusedShare(WARM_UP * SECONDS);
      worlds++;
    }

    double share() {
      return share / worlds;
    }

    double refused() {
      return refused / worlds;
    }
  }

  @Test
  void aProcessAloneUsesMoreThanAnEvenlySpacedLimiterAndMeetsHalfAsMany429s() throws Exception {
    Average ours = new Average();
    for (int seed = 0; seed < WORLDS; seed++) {
      ours.add(ours(seed, 1));
    }
    Average even = even();
    assertThat(ours.share()).as("share").isGreaterThanOrEqualTo(Math.max(0.97, even.share()));
    assertThat(ours.refused()).as("answers 429").isBetween(0.001, 0.6 * even.refused());
  }

  /** Each claims up to a window ahead, so that it learns less of what arrived late. */
  @Test
  void severalProcessesUseNearlyAsMuchWithFewer429s() throws Exception {
    Average ours = new Average();
    for (int seed = 0; seed < WORLDS / 2; seed++) {
      ours.add(ours(seed, 2 + seed % 2));
    }
    Average even = even();
    assertThat(ours.share()).as("share").isGreaterThanOrEqualTo(even.share() - 0.005);
    assertThat(ours.refused()).as("answers 429").isBetween(0.001, even.refused());
  }

  private SimulatedApi ours(int seed, int processes) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    SimulatedClock clock = new SimulatedClock();
    database.enter(clock);
    int limit = LIMITS[seed % LIMITS.length];
    SimulatedApi api = new SimulatedApi(clock, limit, random.split());
    for (int i = 0; i < processes; i++) {
      SimulatedWorker process =
          new SimulatedWorker(
              clock,
              database,
              new Rate(limit),
              SimulatedApi.WEATHER,
              random.split(),
              i,
              new ArrayList<>());
      clock.begin(
          random.nextLong(50 * MILLIS),
          () -> process.live(permit -> api.send(process.caller(permit))));
    }
    clock.run(END * SECONDS);
    return api;
  }

  private static Average even() {
    Average average = new Average();
    for (int seed = 0; seed < EVEN; seed++) {
      SimulatedClock clock = new SimulatedClock();
      int limit = LIMITS[seed % LIMITS.length];
      SimulatedApi api = new SimulatedApi(clock, limit, new SplittableRandom(seed).split());
      clock.begin(
          0,
          () -> {
            while (true) {
              api.send(SimulatedApi.NOBODY);
              clock.pause((long) (1.025 * SECONDS / limit));
            }
          });
      clock.run(END * SECONDS);
      average.add(api);
    }
    return average;
  }
}
