package studbook.bench.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import studbook.time.SystemTime;

/**
 * Visitors of a dashboard: some watch a run, others open pages, others try passwords. Closing ends
 * them.
 */
final class DashboardLoad implements AutoCloseable {

  private static final int MINUTE = 60;

  private final URI base;
  private final HttpClient client;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Double> pageSeconds = new ConcurrentLinkedQueue<>();
  private final AtomicInteger failedPages = new AtomicInteger();
  private final AtomicLong streamed = new AtomicLong();
  private final AtomicInteger logins = new AtomicInteger();

  DashboardLoad(URI base) {
    this.base = base;
    this.client = HttpClient.newBuilder().executor(threads).build();
  }

  /** Clients that read the live figures of a run. */
  void watch(int clients, String path) {
    for (int i = 0; i < clients; i++) {
      threads.execute(() -> read(path));
    }
  }

  private void read(String path) {
    try (InputStream stream =
        client
            .send(
                HttpRequest.newBuilder(base.resolve(path))
                    .header("Accept", "text/event-stream")
                    .build(),
                HttpResponse.BodyHandlers.ofInputStream())
            .body()) {
      byte[] buffer = new byte[8_192];
      int length = stream.read(buffer);
      while (length >= 0) {
        streamed.addAndGet(length);
        length = stream.read(buffer);
      }
    } catch (IOException e) {
      return; // the end of the measurement
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** So many pages a second, in turn. */
  void open(int perSecond, List<String> paths) {
    threads.execute(() ->
        each(
            TimeUnit.SECONDS.toNanos(1) / perSecond,
            number -> get(paths.get(number % paths.size()))));
  }

  private void get(String path) {
    long began = SystemTime.ticker().nanos();
    var _ =
        client
            .sendAsync(
                HttpRequest.newBuilder(base.resolve(path)).header("Accept", "text/html").build(),
                HttpResponse.BodyHandlers.ofString())
            .whenComplete((response, failure) -> {
              if (failure != null || response.statusCode() != 200) {
                failedPages.incrementAndGet();
              } else {
                pageSeconds.add((SystemTime.ticker().nanos() - began) / 1e9);
              }
            });
  }

  /** So many logins a minute, each with another wrong password. */
  void logIn(int perMinute) {
    threads.execute(() -> each(TimeUnit.SECONDS.toNanos(MINUTE) / perMinute, this::tryPassword));
  }

  private void tryPassword(int number) {
    String origin = "http://" + base.getAuthority();
    var _ =
        client
            .sendAsync(
                HttpRequest.newBuilder(base.resolve("/login"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Origin", origin)
                    .header("Sec-Fetch-Site", "same-origin")
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            "name=user%d&password=guess%d".formatted(number % 1_000, number)))
                    .build(),
                HttpResponse.BodyHandlers.discarding())
            .thenAccept(_ -> logins.incrementAndGet());
  }

  private interface NumberedRequest {
    void send(int number);
  }

  private static void each(long nanos, NumberedRequest request) {
    long began = SystemTime.ticker().nanos();
    try {
      for (int number = 0; ; number++) {
        long wait = began + number * nanos - SystemTime.ticker().nanos();
        if (wait > 0) {
          SystemTime.sleeper().sleep(Duration.ofNanos(wait));
        }
        request.send(number);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** 95 of 100 pages took no longer, in seconds. */
  double p95() {
    double[] sorted = pageSeconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length * 95 / 100];
  }

  int pages() {
    return pageSeconds.size();
  }

  int failedPages() {
    return failedPages.get();
  }

  int logins() {
    return logins.get();
  }

  long streamedBytes() {
    return streamed.get();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    client.shutdownNow();
  }
}
