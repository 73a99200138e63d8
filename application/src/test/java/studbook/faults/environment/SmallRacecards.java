package studbook.faults.environment;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import studbook.time.SystemTime;

/**
 * An API whose days are so small that a busy machine renders many a second: each has its own runner
 * and one that runs every day. Safe for many threads.
 */
public final class SmallRacecards implements AutoCloseable {

  /** Runs every day; a colt until it was gelded. */
  public static final String EVERYDAY_HORSE = "hrs_1";

  public static final LocalDate GELDED = LocalDate.of(2025, 6, 30);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Long> arrivals = new CopyOnWriteArrayList<>();
  private final Set<LocalDate> days = ConcurrentHashMap.newKeySet();
  private final Set<LocalDate> hung = ConcurrentHashMap.newKeySet();
  private volatile Set<LocalDate> hanging = Set.of();
  private volatile boolean allHang;
  private volatile int status = 200;

  public SmallRacecards() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  public URI host() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public URI base() {
    return host().resolve("/v1");
  }

  /** The horse that runs on a day alone. */
  public static String horseOf(LocalDate day) {
    return "hrs_" + (1_000_000 + day.toEpochDay());
  }

  /** The first request for each of these days is never answered. */
  public void hang(Set<LocalDate> days) {
    hanging = Set.copyOf(days);
  }

  /** No request for a day is ever answered. */
  public void hangAlways() {
    allHang = true;
  }

  /** Days are answered with this status. */
  public void refuseDays(int with) {
    status = with;
  }

  /** Times of requests, by the ticker. */
  public List<Long> arrivals() {
    return List.copyOf(arrivals);
  }

  /** The number of different requested days. */
  public int daysRequested() {
    return days.size();
  }

  private void answer(HttpExchange exchange) throws IOException {
    arrivals.add(SystemTime.ticker().nanos());
    URI uri = exchange.getRequestURI();
    if (uri.getPath().equals("/v1/racecards/pro")) {
      day(exchange, LocalDate.parse(uri.getQuery().replaceAll(".*date=([0-9-]+).*", "$1")));
    } else if (uri.getPath().startsWith("/v1/horses/")) {
      send(exchange, 200, profile(uri.getPath().replaceAll("/v1/horses/([^/]+).*", "$1")));
    } else {
      send(exchange, 404, "{\"detail\":\"Not Found\"}");
    }
  }

  private void day(HttpExchange exchange, LocalDate day) throws IOException {
    days.add(day);
    if (allHang || (hanging.contains(day) && hung.add(day))) {
      try {
        closed.await();
      } catch (InterruptedException e) {
        exchange.close();
      }
      return;
    }
    if (status != 200) {
      send(exchange, status, "{\"detail\":\"Not Found\"}");
      return;
    }
    boolean gelded = !day.isBefore(GELDED);
    send(
        exchange,
        200,
        """
        {"racecards":[{"date":"%s","runners":[%s,%s]}],"total":1}
        """
            .formatted(
                day,
                runner(EVERYDAY_HORSE, gelded ? "gelding" : "colt", gelded ? "G" : "C"),
                runner(horseOf(day), "filly", "F")));
  }

  private static String runner(String horse, String sex, String code) {
    return """
    {"horse_id":"%s","horse":"Runner","region":"GB","dob":"2022-03-04","sex":"%s","sex_code":"%s","colour":"b",
     "sire":"Far Shore","sire_id":"sir_9","sire_region":"GB","dam":"Old Mill","dam_id":"dam_8","dam_region":"GB",
     "damsire":"Grey Quay","damsire_id":"dsi_7","damsire_region":"GB","breeder":"A Breeder"}
    """
        .formatted(horse, sex, code);
  }

  private static String profile(String horse) {
    return """
    {"id":"%s","name":"Runner (GB)","dob":"2022-03-04","sex":"filly","sex_code":"F","colour":"b","colour_code":"B",
     "sire":"Far Shore (GB)","sire_id":"sir_9","dam":"Old Mill (GB)","dam_id":"dam_8",
     "damsire":"Grey Quay (GB)","damsire_id":"dsi_7","breeder":"A Breeder"}
    """
        .formatted(horse);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
