package studbook.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import studbook.faults.environment.Await;
import studbook.time.SystemTime;

/** Clients over real connections: one that vanishes, and one that reads nothing. */
class LiveUpdatesTest {

  /** More than the buffers of a connection hold. */
  private static final int LARGE = 16 << 20;

  private static final int IDLE_MILLIS = 1_000;

  private final AtomicInteger rendered = new AtomicInteger();
  private final LiveUpdates live = new LiveUpdates(SystemTime.ticker());
  private final Javalin server =
      Javalin.create(config -> {
        config.concurrency.useVirtualThreads = true;
        config.startup.showJavalinBanner = false;
        config.jetty.addConnector((jetty, _) -> {
          ServerConnector connector = new ServerConnector(jetty);
          connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
          connector.setIdleTimeout(IDLE_MILLIS);
          return connector;
        });
        config.routes.sse(
            "/small",
            client -> live.watch(client, "small", () -> Map.of(LiveUpdates.PART, part(10))));
        config.routes.sse(
            "/large",
            client -> live.watch(client, "large", () -> Map.of(LiveUpdates.PART, part(LARGE))));
      });

  LiveUpdatesTest() {
    server.start();
  }

  @AfterEach
  void close() {
    live.close();
    server.stop();
  }

  /** Another one each time. */
  private String part(int length) {
    return rendered.incrementAndGet() + "x".repeat(length);
  }

  private Socket watch(String path) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket
        .getOutputStream()
        .write(
            "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
                .formatted(path)
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private void awaitClients(int count) throws InterruptedException {
    Await.until(count + " clients", () -> live.clients() == count);
  }

  @Test
  void aClientThatVanishedIsDropped() throws Exception {
    try (Socket socket = watch("/small")) {
      awaitClients(1);
      assertThat(socket.isConnected()).isTrue();
    }
    awaitClients(0);
  }

  @Test
  void aClientThatReadsNothingIsDroppedAndDelaysNobody() throws Exception {
    try (Socket slow = watch("/large");
        Socket other = watch("/small");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
      awaitClients(2);
      awaitClients(1);
      assertThat(slow.isClosed()).as("by its own side").isFalse();
      String last = "";
      for (int parts = 0; parts < 2; ) {
        String line = lines.readLine();
        if (line.startsWith("data:")) {
          assertThat(line).isNotEqualTo(last);
          last = line;
          parts++;
        }
      }
    }
    awaitClients(0);
  }
}
