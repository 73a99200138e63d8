package studbook.dashboard.live;

import io.javalin.http.sse.SseClient;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import studbook.time.Ticker;

/** A browser that shows a part of a page. Safe for many threads. */
final class LiveClient {

  /** A client that has vanished is noticed when something is written to it. */
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);

  /** The browser connects again then, and its session is checked again. */
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final SseClient client;
  private final Ticker ticker;
  private final long since;

  /** What is not sent yet, by the names of events. */
  private final BlockingQueue<Map<String, String>> waiting = new ArrayBlockingQueue<>(1);

  private Map<String, String> last = Map.of();
  private volatile boolean ended;

  LiveClient(SseClient client, Ticker ticker) {
    this.client = client;
    this.ticker = ticker;
    this.since = ticker.nanos();
  }

  /**
   * Adds to what waits the messages that differ from the last ones. After a gap all differ: the
   * names of the events are others.
   *
   * @param messages data by the names of events
   */
  synchronized void offer(Map<String, String> messages) {
    Map<String, String> unsent = new TreeMap<>();
    Map<String, String> waits = waiting.poll();
    if (last.keySet().equals(messages.keySet())) {
      unsent.putAll(waits == null ? Map.of() : waits);
      messages.entrySet().stream()
          .filter(message -> !message.getValue().equals(last.get(message.getKey())))
          .forEach(message -> unsent.put(message.getKey(), message.getValue()));
    } else {
      unsent.putAll(messages);
    }
    last = messages;
    if (!unsent.isEmpty()) {
      waiting.add(unsent);
    }
  }

  /** Sends until the client is gone. */
  void run() {
    try {
      while (!ended && !client.terminated()) {
        Map<String, String> messages = waiting.poll(SIGN_OF_LIFE.toMillis(), TimeUnit.MILLISECONDS);
        if (messages == null) {
          client.sendComment("alive");
        } else {
          send(messages);
        }
        if (ticker.nanos() - since > LONGEST.toNanos()) {
          close();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops at the first that cannot be sent: the others would each be a warning in the log. */
  private void send(Map<String, String> messages) {
    for (Map.Entry<String, String> message : messages.entrySet()) {
      if (ended || client.terminated()) {
        return;
      }
      client.sendEvent(message.getKey(), message.getValue());
    }
  }

  /** The connection is closed. */
  void end() {
    ended = true;
  }

  /** Closes the connection. */
  void close() {
    ended = true;
    client.close();
  }
}
