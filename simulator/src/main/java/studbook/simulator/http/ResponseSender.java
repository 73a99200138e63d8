package studbook.simulator.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Sends responses and counts each before it is sent. Safe for many threads. */
public final class ResponseSender {

  /** For a chunked response. */
  public static final long LENGTH_UNKNOWN = 0;

  private static final long NO_BODY = -1;

  /** The JDK's server keeps, for each open connection, a buffer as large as the largest write. */
  private static final int SLICE = 1 << 14;

  private final SimulatorStatistics statistics;

  public ResponseSender(SimulatorStatistics statistics) {
    this.statistics = statistics;
  }

  public void send(HttpExchange exchange, ApiRequest request, ApiReply reply) throws IOException {
    send(exchange, request, reply.status(), reply.body().length, reply.body());
  }

  /** Sends a body with another length; a body that is too short ends the connection. */
  public void send(HttpExchange exchange, ApiRequest request, int status, int length, byte[] body)
      throws IOException {
    OutputStream out = begin(exchange, request, status, length == 0 ? NO_BODY : length);
    for (int from = 0; from < body.length; from += SLICE) {
      out.write(body, from, Math.min(SLICE, body.length - from));
    }
    if (body.length < length) {
      out.flush();
    } else {
      out.close();
    }
  }

  /** Sends the headers and leaves the body to the caller. */
  public OutputStream begin(HttpExchange exchange, ApiRequest request, int status, long length)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.putIfAbsent("Content-Type", List.of("application/json"));
    statistics.answering(request.endpoint(), status);
    exchange.sendResponseHeaders(status, length);
    return exchange.getResponseBody();
  }

  public void noAnswer(ApiRequest request) {
    statistics.answering(request.endpoint(), SimulatorStatistics.NO_ANSWER);
  }
}
