package studbook.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import studbook.cli.fixture.BackfillFixture;
import studbook.faults.environment.Await;

/** A service as a process that serves the dashboard on a free port. */
final class DashboardFixture implements AutoCloseable {

  static final String PASSWORD = "a long enough password";

  private static final Pattern URL = Pattern.compile("dashboard at (https?://\\S+)");

  private final Process service;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Path log;
  final String url;

  private DashboardFixture(Process service, Path log, String url) {
    this.service = service;
    this.log = log;
    this.url = url;
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param name of the files of its output
   */
  static DashboardFixture start(BackfillFixture fixture, String name, String... options)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of("serve"));
    arguments.addAll(List.of(options));
    if (!arguments.contains("--listen")) {
      arguments.addAll(List.of("--listen", "127.0.0.1:0"));
    }
    Process service =
        fixture.cli.start(
            name, List.of("--enable-native-access=ALL-UNNAMED"), arguments.toArray(String[]::new));
    Path log = fixture.cli.folder().resolve(name + "err.txt");
    Await.until("the dashboard", () -> URL.matcher(read(log)).find() || !service.isAlive());
    Matcher found = URL.matcher(read(log));
    assertThat(found.find()).as(read(log)).isTrue();
    return new DashboardFixture(service, log, found.group(1));
  }

  /** Adds users: {@code anna} the operator and {@code victor} the viewer. */
  static void addUsers(BackfillFixture fixture) {
    fixture.cli.reading(PASSWORD + "\n");
    assertThat(fixture.cli.run("user", "add", "anna", "--role", "operator").code()).isZero();
    assertThat(fixture.cli.run("user", "add", "victor", "--role", "viewer").code()).isZero();
  }

  static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String log() {
    return read(log);
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Sends a form. */
  HttpResponse<String> post(String path, Map<String, String> headers, String form)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    headers.forEach(request::header);
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Logs a user in as a browser does, and returns the cookie. */
  String cookie(String user) throws Exception {
    HttpResponse<String> response =
        post(
            "/login",
            Map.of("Origin", url, "Sec-Fetch-Site", "same-origin"),
            "name=" + user + "&password=" + PASSWORD.replace(' ', '+'));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
    return response.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
  }

  /** The headers of a form that the browser of a logged-in user sends. */
  Map<String, String> formHeaders(String user) throws Exception {
    return Map.of("Cookie", cookie(user), "Origin", url, "Sec-Fetch-Site", "same-origin");
  }

  @Override
  public void close() {
    client.close();
    service.destroy();
    try {
      service.onExit().get(10, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      service.destroyForcibly();
    } catch (InterruptedException e) {
      service.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
