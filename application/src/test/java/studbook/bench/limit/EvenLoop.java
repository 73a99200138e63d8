package studbook.bench.limit;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import studbook.bench.environment.BenchEnvironment;
import studbook.model.HorseId;
import studbook.racingapi.ApiAccount;
import studbook.racingapi.Endpoint;
import studbook.racingapi.RacingApi;
import studbook.security.Secret;
import studbook.time.SystemTime;

/**
 * What a limit is held against, in a process of its own: a pool of threads behind an evenly spaced
 * limiter with a margin of 2.5%, as Resilience4j's is with one permit a period. A permit's moment
 * is fixed in advance; a thread that wakes up late sends late, and the moments stay where they are.
 * Asks for one horse again and again until it is ended.
 */
final class EvenLoop {

  private static final int THREADS = 16;
  private static final double MARGIN = 0.025;

  private EvenLoop() {}

  /**
   * Runs until the process is ended.
   *
   * @param arguments the API's address, requests a second, and a horse's id
   */
  public static void main(String[] arguments) {
    Secret secret = Secret.of(BenchEnvironment.ACCOUNT);
    ApiAccount account =
        new ApiAccount(URI.create(arguments[0]), secret, secret, Duration.ofSeconds(30));
    long period = (long) (1e9 / Integer.parseInt(arguments[1]) * (1 + MARGIN));
    HorseId horse = new HorseId(arguments[2]);
    AtomicLong next = new AtomicLong(SystemTime.ticker().nanos());
    try (RacingApi api = new RacingApi(account, "bench", SystemTime.clock(), SystemTime.ticker());
        ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
      for (int i = 0; i < THREADS; i++) {
        pool.execute(() -> askForEver(api, horse, next, period));
      }
    }
  }

  private static void askForEver(RacingApi api, HorseId horse, AtomicLong next, long period) {
    try {
      while (true) {
        long now = SystemTime.ticker().nanos();
        long mine =
            next.getAndUpdate(moment -> moment + period + missed(now - moment, period) * period);
        long due = mine + missed(now - mine, period) * period;
        SystemTime.sleeper().sleep(Duration.ofNanos(due - now));
        api.fetchProfile(horse, Endpoint.PRO);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whole periods that went by unused. */
  private static long missed(long late, long period) {
    return Math.max(0, late / period);
  }
}
