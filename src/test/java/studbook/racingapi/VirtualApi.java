package studbook.racingapi;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import studbook.racingapi.VirtualProcess.Weather;

/**
 * An API of a virtual world that enforces a limit in a sliding second. It counts a request up to 20
 * ms after it was sent, one in a hundred up to 100 ms after, which no client can see, and answers
 * 100 to 200 ms later.
 */
final class VirtualApi {

  /** What becomes of a request that was refused. */
  interface Refused {
    void tell();
  }

  private final VirtualWorld world;
  private final SplittableRandom random;
  private final int limit;
  private final Deque<Long> window = new ArrayDeque<>();
  private final List<Long> admitted = new ArrayList<>();
  private int refused;

  VirtualApi(VirtualWorld world, int limit, SplittableRandom random) {
    this.world = world;
    this.limit = limit;
    this.random = random;
  }

  /** Takes a request that leaves now. */
  void send(Refused told) {
    long longest = (random.nextInt(100) == 0 ? 100 : 20) * VirtualProcess.MILLIS;
    world.begin(
        world.now() + random.nextLong(longest),
        () -> {
          boolean admits = admits(world.now());
          if (!admits) {
            world.pause((100 + random.nextInt(100)) * VirtualProcess.MILLIS);
            told.tell();
          }
        });
  }

  private boolean admits(long now) {
    boolean admits = window.size() < limit || now - window.getFirst() >= VirtualProcess.SECONDS;
    if (window.size() == limit) {
      window.removeFirst();
    }
    window.addLast(now);
    if (admits) {
      admitted.add(now);
    } else {
      refused++;
    }
    return admits;
  }

  double refusedShare() {
    return refused / (double) (refused + admitted.size());
  }

  /** Of the limit between two moments. */
  double share(long from, long until) {
    long counted = admitted.stream().filter(at -> at >= from && at < until).count();
    return counted / ((until - from) / (double) VirtualProcess.SECONDS * limit);
  }

  /** Threads that wake up late now and then, by nothing that this API adds. */
  static final Weather WEATHER = new Weather(0, 0.02, 0, 0, 0);
}
