package studbook.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the simulated API that knows its credentials. */
public final class SimulatorClient implements AutoCloseable {

  static final String USERNAME = "tester";
  static final String PASSWORD = "wörd";

  private static final JsonMapper JSON = new JsonMapper();

  private final Simulator simulator;
  private final HttpClient http = HttpClient.newHttpClient();

  public SimulatorClient(Simulator simulator) {
    this.simulator = simulator;
  }

  public static SimulatorOptions options() {
    return SimulatorOptions.unlimited(USERNAME, PASSWORD);
  }

  public HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return get(path, USERNAME + ":" + PASSWORD);
  }

  HttpResponse<byte[]> get(String path, String credentials)
      throws IOException, InterruptedException {
    String encoded =
        Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    return http.send(
        request(path).header("Authorization", "Basic " + encoded).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> getWithoutCredentials(String path) throws IOException, InterruptedException {
    return http.send(request(path).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    return JSON.readTree(get(path).body());
  }

  public JsonNode statistics() throws IOException, InterruptedException {
    URI page = simulator.baseUri().resolve("/__stats");
    return JSON.readTree(
        http.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofByteArray())
            .body());
  }

  public static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(simulator.baseUri() + path))
        .version(HttpClient.Version.HTTP_1_1);
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
