package studbook.bench.speed;

import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import studbook.bench.environment.BenchEnvironment;
import studbook.bench.environment.Seconds;
import studbook.racingapi.ApiAccount;
import studbook.racingapi.RacecardResponse;
import studbook.racingapi.RacingApi;
import studbook.security.Secret;
import studbook.time.SystemTime;

/**
 * The baseline of a racecard scan, in its own process: the same days with the same client and
 * decoder, discarding the runners. Prints the seconds it took.
 */
final class BaselineDays {

  /** As many as an unlimited scan has in flight. */
  private static final int PERMITS = 8;

  private BaselineDays() {}

  /**
   * Reads every day once.
   *
   * @param arguments the API's address, the first day and the last
   */
  public static void main(String[] arguments) throws InterruptedException {
    Secret secret = Secret.of(BenchEnvironment.ACCOUNT);
    ApiAccount account =
        new ApiAccount(URI.create(arguments[0]), secret, secret, Duration.ofSeconds(30));
    LocalDate first = LocalDate.parse(arguments[1]);
    LocalDate last = LocalDate.parse(arguments[2]);
    AtomicInteger runners = new AtomicInteger();
    double seconds = Seconds.of(() -> read(account, first, last, runners));
    if (runners.get() == 0) {
      throw new IllegalStateException("no runners");
    }
    System.out.println(seconds);
  }

  private static void read(
      ApiAccount account, LocalDate first, LocalDate last, AtomicInteger runners)
      throws InterruptedException {
    Semaphore permits = new Semaphore(PERMITS);
    try (RacingApi api = new RacingApi(account, "bench", SystemTime.clock(), SystemTime.ticker());
        ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
      for (LocalDate day = last; !day.isBefore(first); day = day.minusDays(1)) {
        LocalDate asked = day;
        permits.acquire();
        requests.execute(() -> {
          try {
            if (api.fetchRacecards(asked, 0).response()
                instanceof RacecardResponse.RacecardPageRead page) {
              runners.addAndGet(page.runners().size());
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            permits.release();
          }
        });
      }
      permits.acquire(PERMITS);
    }
  }
}
