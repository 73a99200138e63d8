package studbook.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.Cookie;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import studbook.cli.fixture.BackfillFixture;
import studbook.faults.environment.Await;

/** A service that serves the dashboard on a free port. */
final class DashboardFixture implements AutoCloseable {

  static final String PASSWORD = "a long enough password";

  private static final Pattern URL = Pattern.compile("dashboard at (https?://\\S+)");

  private final TestedService service;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, String> sessions = new ConcurrentHashMap<>();
  final String url;

  private DashboardFixture(TestedService service, String url) {
    this.service = service;
    this.url = url;
  }

  /**
   * Starts a process and waits until it listens.
   *
   * @param name of the files of its output
   */
  static DashboardFixture start(BackfillFixture fixture, String name, String... options)
      throws Exception {
    return listening(TestedService.process(fixture, name, arguments(options)));
  }

  /** The same within this process, which starts faster and cannot be killed. */
  static DashboardFixture within(BackfillFixture fixture, String... options) throws Exception {
    return listening(TestedService.thread(fixture, arguments(options)));
  }

  private static List<String> arguments(String... options) {
    List<String> arguments = new ArrayList<>(List.of("serve"));
    arguments.addAll(List.of(options));
    if (!arguments.contains("--listen")) {
      arguments.addAll(List.of("--listen", "127.0.0.1:0"));
    }
    return arguments;
  }

  private static DashboardFixture listening(TestedService service) throws Exception {
    Await.until("the dashboard", () -> URL.matcher(service.log()).find() || !service.isAlive());
    Matcher found = URL.matcher(service.log());
    assertThat(found.find()).as(service.log()).isTrue();
    return new DashboardFixture(service, found.group(1));
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

  /** Ends it as a crash would. */
  void kill() {
    service.kill();
  }

  String log() {
    return service.log();
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Gets a page until it has a text. */
  void awaitText(String path, String text, String... headers) throws InterruptedException {
    Await.until(
        text,
        () -> {
          try {
            return get(path, headers).body().contains(text);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
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

  /** Logs a user in as a browser does, and returns the cookie of the new session. */
  String cookie(String user) throws Exception {
    HttpResponse<String> response =
        post(
            "/login",
            Map.of("Origin", url, "Sec-Fetch-Site", "same-origin"),
            "name=" + user + "&password=" + PASSWORD.replace(' ', '+'));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
    return response.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
  }

  /** The cookie of a session of a user that lasts; logging in takes time. */
  String session(String user) {
    return sessions.computeIfAbsent(
        user,
        name -> {
          try {
            return cookie(name);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** The same for a browser. */
  Cookie browserCookie(String user) {
    String[] parts = session(user).split("=", 2);
    return new Cookie(parts[0], parts[1]).setUrl(url);
  }

  /** The headers of a form that the browser of a logged-in user sends. */
  Map<String, String> formHeaders(String user) {
    return Map.of("Cookie", session(user), "Origin", url, "Sec-Fetch-Site", "same-origin");
  }

  @Override
  public void close() {
    client.close();
    service.close();
  }
}
