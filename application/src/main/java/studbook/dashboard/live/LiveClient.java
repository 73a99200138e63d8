package studbook.dashboard.live;

import io.javalin.http.sse.SseClient;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
  private final BlockingQueue<LiveMessage> waiting = new ArrayBlockingQueue<>(1);
  private @Nullable LiveMessage last;
  private volatile boolean ended;

  private record LiveMessage(String event, String data) {}

  LiveClient(SseClient client, Ticker ticker) {
    this.client = client;
    this.ticker = ticker;
    this.since = ticker.nanos();
  }

  /** Replaces the message that waits, unless it is the one that the client has. */
  synchronized void offer(String event, String data) {
    LiveMessage message = new LiveMessage(event, data);
    if (!message.equals(last)) {
      last = message;
      waiting.clear();
      waiting.add(message);
    }
  }

  /** Sends until the client is gone. */
  void run() {
    try {
      while (!ended && !client.terminated()) {
        LiveMessage message = waiting.poll(SIGN_OF_LIFE.toMillis(), TimeUnit.MILLISECONDS);
        if (message == null) {
          client.sendComment("alive");
        } else {
          client.sendEvent(message.event(), message.data());
        }
        if (ticker.nanos() - since > LONGEST.toNanos()) {
          close();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
