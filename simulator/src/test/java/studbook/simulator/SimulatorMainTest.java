package studbook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SimulatorMainTest {

  @Test
  void servesUntilItIsStopped() throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    try (PipedReader piped = new PipedReader();
        BufferedReader out = new BufferedReader(piped);
        PrintWriter writer = new PrintWriter(new PipedWriter(piped));
        HttpClient http = HttpClient.newHttpClient()) {
      CompletableFuture<Integer> code =
          CompletableFuture.supplyAsync(() ->
              SimulatorMain.commandLine(Map.of("RACING_API_PASSWORD", "other"), stopped)
                  .setOut(writer)
                  .execute("--horses", "10", "--rate", "1"));
      String serving = out.readLine();
      URI api = URI.create(serving.replaceAll("Serving at (\\S+)\\. Ctrl-C stops it\\.", "$1"));
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(api + "/racecards/pro?date=2024-01-01")).build();
      assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(401);
      assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(429);
      stopped.countDown();
      assertThat(code.get(30, TimeUnit.SECONDS)).isZero();
    }
  }

  @Test
  void namesTheOptionThatHasNoMeaning() {
    assertThat(failure("--latency", "fast")).contains("not a latency in milliseconds", "fast");
    assertThat(failure("--port", "70000")).contains("not a port", "70000");
    assertThat(failure("--rate", "0")).contains("a rate is above 0");
    assertThat(failure("--horses-file", "nowhere.csv")).contains("nowhere.csv");
  }

  private static String failure(String... arguments) {
    StringWriter err = new StringWriter();
    int code =
        SimulatorMain.commandLine(Map.of(), new CountDownLatch(0))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    assertThat(code).isEqualTo(2);
    return err.toString();
  }
}
