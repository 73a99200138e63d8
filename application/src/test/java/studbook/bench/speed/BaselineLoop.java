package studbook.bench.speed;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import studbook.bench.environment.BenchEnvironment;
import studbook.bench.environment.Seconds;
import studbook.model.HorseId;
import studbook.racingapi.ApiAccount;
import studbook.racingapi.Endpoint;
import studbook.racingapi.ProfileResponse;
import studbook.racingapi.RacingApi;
import studbook.security.Secret;
import studbook.time.SystemTime;

/**
 * The baseline of a backfill, in its own process: the same requests with the same client,
 * discarding the responses. Prints the seconds it took.
 */
final class BaselineLoop {

  /** As many as an unlimited backfill has in flight. */
  private static final int PERMITS = 64;

  private BaselineLoop() {}

  /**
   * Requests every horse once.
   *
   * @param arguments the API's address, and a file with an id on each line
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<HorseId> horses =
        Files.readAllLines(Path.of(arguments[1])).stream().map(HorseId::new).toList();
    Secret secret = Secret.of(BenchEnvironment.ACCOUNT);
    ApiAccount account =
        new ApiAccount(URI.create(arguments[0]), secret, secret, Duration.ofSeconds(30));
    AtomicInteger answered = new AtomicInteger();
    double seconds = Seconds.of(() -> ask(account, horses, answered));
    if (answered.get() != horses.size()) {
      throw new IllegalStateException("%d of %d answered".formatted(answered.get(), horses.size()));
    }
    System.out.println(seconds);
  }

  private static void ask(ApiAccount account, List<HorseId> horses, AtomicInteger answered)
      throws InterruptedException {
    Semaphore permits = new Semaphore(PERMITS);
    try (RacingApi api = new RacingApi(account, "bench", SystemTime.clock(), SystemTime.ticker());
        ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
      for (HorseId horse : horses) {
        permits.acquire();
        requests.execute(() -> {
          try {
            if (isAnswered(api, horse)) {
              answered.incrementAndGet();
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

  private static boolean isAnswered(RacingApi api, HorseId horse) throws InterruptedException {
    ProfileResponse response = api.fetchProfile(horse, Endpoint.PRO).response();
    if (response instanceof ProfileResponse.NotFound) {
      response = api.fetchProfile(horse, Endpoint.STANDARD).response();
    }
    return response instanceof ProfileResponse.Found
        || response instanceof ProfileResponse.Basic
        || response instanceof ProfileResponse.NotFound;
  }
}
