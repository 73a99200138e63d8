package studbook.service.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import studbook.service.ServiceHealth;

/**
 * Serves {@code /metrics}, {@code /healthz} (the service works) and {@code /readyz} (and the
 * database answers) over HTTP, without authentication. Closing it ends the listener.
 */
public final class MetricsServer implements AutoCloseable {

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;

  private final HttpServer server;

  private record HttpReply(int status, String type, String body) {

    static HttpReply health(boolean good) {
      return good
          ? new HttpReply(OK, "text/plain", "ok\n")
          : new HttpReply(UNAVAILABLE, "text/plain", "unavailable\n");
    }
  }

  private MetricsServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts to listen.
   *
   * @throws IOException if the address is in use or not this machine's
   */
  public static MetricsServer start(
      InetSocketAddress address, ServiceMetrics metrics, ServiceHealth health) throws IOException {
    HttpServer server = HttpServer.create(address, 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/", exchange -> reply(exchange, new HttpReply(NOT_FOUND, "text/plain", "not found\n")));
    serve(
        server,
        "/metrics",
        () -> new HttpReply(OK, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape()));
    serve(server, "/healthz", () -> HttpReply.health(health.isAlive()));
    serve(server, "/readyz", () -> HttpReply.health(health.isAlive() && health.isReady()));
    server.start();
    return new MetricsServer(server);
  }

  private static void serve(HttpServer server, String path, Supplier<HttpReply> handler) {
    server.createContext(path, exchange -> reply(exchange, handler.get()));
  }

  private static void reply(HttpExchange exchange, HttpReply reply) throws IOException {
    try (exchange) {
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", reply.type());
      exchange.sendResponseHeaders(reply.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** The port, also where any free one was asked for. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
