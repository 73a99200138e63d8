package studbook.dashboard.live;

import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.store.database.DatabaseRetry;
import studbook.time.Ticker;

/**
 * Sends parts of pages to the browsers that show them, each second while they change. A part is
 * rendered once for all who watch it. Each client has a thread and one waiting update, so that a
 * slow one delays nobody, skips what it missed, and is dropped when its connection takes nothing
 * for 30 seconds. Safe for many threads.
 */
public final class LiveUpdates implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LiveUpdates.class);

  /** The event of the part that each topic has. */
  public static final String PART = "part";

  /** The event that the database is unavailable. */
  static final String GAP = "gap";

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** Beyond it, pages stay as they are until they are reloaded. */
  private static final int MOST_CLIENTS = 500;

  private static final int UNAVAILABLE = 503;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("dashboard-live").factory());
  private final Map<String, LiveTopic> topics = new ConcurrentHashMap<>();
  private final AtomicInteger clients = new AtomicInteger();
  private final Ticker ticker;

  private record LiveTopic(Supplier<Map<String, String>> parts, Set<LiveClient> clients) {}

  public LiveUpdates(Ticker ticker) {
    this.ticker = ticker;
    var _ =
        timer.scheduleWithFixedDelay(
            this::sendAll, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Refuses a client while there are too many; called before {@link #watch}. */
  public void admit(Context request) {
    if (clients.get() >= MOST_CLIENTS) {
      request.status(UNAVAILABLE).header("Retry-After", "60");
      request.skipRemainingHandlers();
    }
  }

  /**
   * Sends parts to a client, all at once and each whenever it changes.
   *
   * @param topic the same for clients that show the same
   * @param parts renders them, by the names of their events; the names are the same each time, and
   *     {@link #PART} is one of them
   */
  public void watch(SseClient client, String topic, Supplier<Map<String, String>> parts) {
    client.keepAlive();
    clients.incrementAndGet();
    LiveClient own = new LiveClient(client, ticker);
    LiveTopic watched =
        topics.compute(
            topic,
            (_, known) -> {
              LiveTopic joined =
                  known == null ? new LiveTopic(parts, ConcurrentHashMap.newKeySet()) : known;
              joined.clients().add(own);
              return joined;
            });
    client.onClose(() -> {
      own.end();
      clients.decrementAndGet();
      topics.computeIfPresent(
          topic,
          (_, known) -> {
            known.clients().remove(own);
            return known.clients().isEmpty() ? null : known;
          });
    });
    Thread.ofVirtual().name("dashboard-client").start(own::run);
    send(new LiveTopic(watched.parts(), Set.of(own)));
  }

  /** The number of clients. */
  public int clients() {
    return clients.get();
  }

  private void sendAll() {
    topics.values().forEach(LiveUpdates::send);
  }

  private static void send(LiveTopic topic) {
    try {
      DatabaseRetry.attempt(
              () -> topic.parts().get(),
              reason -> topic.clients().forEach(client -> client.offer(Map.of(GAP, reason))))
          .ifPresent(parts -> topic.clients().forEach(client -> client.offer(parts)));
    } catch (RuntimeException e) {
      log.warn("a part of a page cannot be rendered", e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    topics.values().forEach(topic -> topic.clients().forEach(LiveClient::close));
  }
}
