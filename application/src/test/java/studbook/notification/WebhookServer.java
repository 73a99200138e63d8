package studbook.notification;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A receiver of webhooks on this machine. */
public final class WebhookServer implements AutoCloseable {

  /** A request as it arrived. */
  public record Received(
      String path,
      Optional<String> signature,
      Optional<String> delivery,
      Optional<String> authorization,
      String body) {}

  private final HttpServer server;
  public final List<Received> received = new CopyOnWriteArrayList<>();
  public volatile int status = 204;

  public WebhookServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          received.add(
              new Received(
                  exchange.getRequestURI().toString(),
                  header(exchange.getRequestHeaders().getFirst("X-Studbook-Signature")),
                  header(exchange.getRequestHeaders().getFirst("X-Studbook-Delivery")),
                  header(exchange.getRequestHeaders().getFirst("Authorization")),
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  private static Optional<String> header(@Nullable String value) {
    return Optional.ofNullable(value);
  }

  public String url(String userAndPath) {
    String[] parts = userAndPath.split("/", 2);
    return "http://%s127.0.0.1:%d/%s".formatted(parts[0], server.getAddress().getPort(), parts[1]);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
