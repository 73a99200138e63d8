package studbook.ratelimit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import studbook.ratelimit.SimulatedWorker.Weather;

/**
 * An API of a virtual world that enforces a limit in a sliding second. It counts a request up to 20
 * ms after it was sent, one in a hundred up to 100 ms after, which no client can see, and answers
 * 100 to 200 ms later.
 */
final class SimulatedApi {

  /** Who is told of the answer to a request. */
  interface Caller {
    void refused();

    void answered(Duration took);
  }

  /** Hears no answer. */
  static final Caller NOBODY =
      new Caller() {
        @Override
        public void refused() {}

        @Override
        public void answered(Duration took) {}
      };

  private final SimulatedClock clock;
  private final SplittableRandom random;
  private final int limit;
  private final Deque<Long> window = new ArrayDeque<>();
  private final List<Long> admitted = new ArrayList<>();
  private final List<Long> refused = new ArrayList<>();

  SimulatedApi(SimulatedClock clock, int limit, SplittableRandom random) {
    this.clock = clock;
    this.limit = limit;
    this.random = random;
  }

  /** Takes a request that leaves now. */
  void send(Caller caller) {
    long sent = clock.now();
    long longest = (random.nextInt(100) == 0 ? 100 : 20) * SimulatedWorker.MILLIS;
    clock.begin(
        sent + random.nextLong(longest),
        () -> {
          boolean admits = admits(clock.now());
          if (caller == NOBODY) {
            return;
          }
          clock.pause(100 * SimulatedWorker.MILLIS + random.nextLong(100 * SimulatedWorker.MILLIS));
          if (admits) {
            caller.answered(Duration.ofNanos(clock.now() - sent));
          } else {
            caller.refused();
          }
        });
  }

  private boolean admits(long now) {
    boolean admits = window.size() < limit || now - window.getFirst() >= SimulatedWorker.SECONDS;
    if (window.size() == limit) {
      window.removeFirst();
    }
    window.addLast(now);
    (admits ? admitted : refused).add(now);
    return admits;
  }

  /** Of all requests from a moment on. */
  double refusedShare(long from) {
    double many = count(refused, from, Long.MAX_VALUE);
    return many / (many + count(admitted, from, Long.MAX_VALUE));
  }

  /** Of the limit between two moments. */
  double share(long from, long until) {
    return count(admitted, from, until)
        / ((until - from) / (double) SimulatedWorker.SECONDS * limit);
  }

  private static long count(List<Long> moments, long from, long until) {
    return moments.stream().filter(at -> at >= from && at < until).count();
  }

  /** Threads that wake up late now and then, by nothing that this API adds. */
  static final Weather WEATHER = new Weather(0, 0.02, 0, 0, 0, 0);
}
