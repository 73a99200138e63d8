package studbook.ratelimit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import studbook.time.Rate;

/**
 * One process of a virtual world: a pacer with a monotonic clock of its own, a way to the database,
 * and threads that wake up late. It asks for turns without end.
 */
final class SimulatedWorker {

  static final long MILLIS = 1_000_000;
  static final long SECONDS = 1_000_000_000;

  /**
   * What goes wrong.
   *
   * @param jitter the longest way to the API, in nanoseconds; each request takes up to that
   * @param late how often a thread wakes up up to 20 ms late
   * @param stopped how often a thread is stopped for up to 5 s
   * @param idle how often there is no work for a while
   * @param cold how long the first request of a process is under way beside that
   * @param coldRequests the first ones of a process; those after the very first are under way for
   *     up to {@code cold} beside that
   */
  record Weather(
      long jitter, double late, double stopped, double idle, long cold, int coldRequests) {
    static final Weather FINE = new Weather(7 * MILLIS, 0, 0, 0, 0, 0);
    static final Weather ROUGH = new Weather(6 * MILLIS, 0.05, 0.01, 0.02, 100 * MILLIS, 1);
  }

  /** A request that reached the API. */
  record Arrival(long sent, long at, int process, int generation) {}

  private final SimulatedClock clock;
  private final List<Arrival> arrivals;
  private final Weather weather;
  private final SplittableRandom random;
  private final int number;
  private final SharedRateLimiter rateLimiter;
  private int sent;

  SimulatedWorker(
      SimulatedClock clock,
      SimulatedDatabase database,
      Rate rate,
      Weather weather,
      SplittableRandom random,
      int number,
      List<Arrival> arrivals) {
    this.clock = clock;
    this.arrivals = arrivals;
    this.weather = weather;
    this.random = random;
    this.number = number;
    // from 0.3 to 80 ms, all magnitudes alike
    double usual = 0.3 * MILLIS * Math.pow(70 / 0.3, random.nextDouble());
    SharedRateLimit rateLimit =
        SharedRateLimit.join(
            database.jdbi(() -> (long) (usual * (1 + 0.15 * random.nextDouble()))),
            new RateLimitKey("account"),
            rate);
    long offset = random.nextLong(-1_000 * SECONDS, 1_000 * SECONDS);
    this.rateLimiter = new SharedRateLimiter(rateLimit, () -> clock.now() + offset, this::sleep);
  }

  private void sleep(Duration duration) {
    if (duration.isPositive()) {
      clock.pause(duration.toNanos() + lateness());
    }
  }

  private long lateness() {
    double chance = random.nextDouble();
    if (chance < weather.stopped()) {
      return random.nextLong(5 * SECONDS);
    }
    return random.nextLong(chance < weather.stopped() + weather.late() ? 20 * MILLIS : MILLIS);
  }

  /** Sends whenever it may, and hears no answer. */
  void live() throws InterruptedException {
    live(this::send);
  }

  void live(Consumer<NextPermit.Permit> send) throws InterruptedException {
    while (true) {
      switch (rateLimiter.next()) {
        case NextPermit.Permit permit when rateLimiter.maySend(permit) -> send.accept(permit);
        case NextPermit.Permit _ -> {} // too late
        case NextPermit.Blocked blocked -> clock.pause(blocked.left().toNanos());
      }
      if (random.nextDouble() < weather.idle()) {
        clock.pause(random.nextLong(4 * SECONDS));
      }
    }
  }

  private void send(NextPermit.Permit permit) {
    long way = weather.jitter() == 0 ? 0 : random.nextLong(weather.jitter() + 1);
    if (sent++ == 0) {
      way += weather.cold();
    } else if (sent <= weather.coldRequests()) {
      way += random.nextLong(weather.cold());
    }
    arrivals.add(new Arrival(clock.now(), clock.now() + way, number, permit.generation()));
  }

  /** The answer of a request: somebody else's thread tells the pacer. */
  SharedRateLimit.ThrottleResult throttled(
      NextPermit.Permit permit, Optional<Duration> retryAfter) {
    return rateLimiter.onThrottled(permit, retryAfter);
  }

  /** As the answer to {@code permit} is heard: by the pacer, from somebody else's thread. */
  SimulatedApi.Caller caller(NextPermit.Permit permit) {
    return new SimulatedApi.Caller() {
      @Override
      public void refused() {
        rateLimiter.onThrottled(permit, Optional.empty());
      }

      @Override
      public void answered(Duration took) {
        rateLimiter.onResponse(permit, took);
      }
    };
  }
}
