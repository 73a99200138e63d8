package studbook.racingapi;

import java.net.URI;
import java.time.Duration;
import studbook.security.Secret;
import studbook.time.SystemTime;

/** Asks an API several times in a process of its own and prints what came of each request. */
final class ApiClientProgram {

  private ApiClientProgram() {}

  /** Arguments: address of the API, time-out in milliseconds, number of requests. */
  public static void main(String[] arguments) throws InterruptedException {
    Secret secret = Secret.of("somebody");
    Duration timeout = Duration.ofMillis(Long.parseLong(arguments[1]));
    ApiAccount account = new ApiAccount(URI.create(arguments[0]), secret, secret, timeout);
    try (RacingApi api = new RacingApi(account, "test", SystemTime.clock(), SystemTime.ticker())) {
      for (int i = Integer.parseInt(arguments[2]); i > 0; i--) {
        ProfileCall call = api.fetchProfile(ApiClientTestBase.HORSE, Endpoint.PRO);
        System.out.println(
            call.response() instanceof ProfileResponse.Found
                ? "found"
                : ApiClientTestBase.message(call));
      }
    }
  }
}
