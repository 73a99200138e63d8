package studbook.simulator.fault;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import studbook.simulator.fault.SimulatedFault.FaultType;
import studbook.simulator.http.ApiReply;
import studbook.simulator.http.ApiRequest;
import studbook.simulator.http.ResponseSender;
import studbook.simulator.http.SimulatedEndpoint;

/** Injects faults. Safe for many threads. */
public final class FaultInjector {

  private static final Duration A_BYTE = Duration.ofSeconds(1);
  private static final int CHUNK = 1 << 16;
  private static final int HUGE_CHUNKS = 1024;

  private final ResponseSender sender;
  private final DelayFunction delay;
  private final CountDownLatch closed;

  /**
   * @param closed opens when the simulator ends
   */
  public FaultInjector(ResponseSender sender, DelayFunction delay, CountDownLatch closed) {
    this.sender = sender;
    this.delay = delay;
    this.closed = closed;
  }

  /** Whether the response has anything that the fault can corrupt. */
  public static boolean appliesTo(FaultType fault, ApiRequest request, ApiReply reply) {
    return switch (fault) {
      case MALFORMED,
          DUPLICATE_KEYS,
          INVALID_UTF8,
          NUL,
          DOB_TIME,
          NUMERIC_IDS,
          RENAMED_DOB,
          RENAMED_IDS,
          BOOLEAN_NAMES,
          BLANK ->
          reply.status() == 200;
      case WRONG_ID -> reply.status() == 200 && request.endpoint() != SimulatedEndpoint.RACECARDS;
      case TIMEOUT, SLOW, CUT, CLOSE, HTML, EMPTY, NULL, ARRAY, DEEP, HUGE, REDIRECT, GZIP -> true;
    };
  }

  public void inject(FaultType fault, HttpExchange exchange, ApiRequest request, ApiReply reply)
      throws IOException, InterruptedException {
    byte[] body = reply.body();
    switch (fault) {
      case TIMEOUT -> {
        sender.noAnswer(request);
        closed.await();
      }
      case CLOSE -> sender.noAnswer(request);
      case SLOW -> trickle(exchange, request, reply);
      case CUT ->
          sender.send(exchange, request, reply.status(), body.length, BodyCorruptor.half(body));
      case HTML -> html(exchange, request);
      case EMPTY,
          NULL,
          ARRAY,
          DEEP,
          MALFORMED,
          DUPLICATE_KEYS,
          WRONG_ID,
          INVALID_UTF8,
          NUL,
          DOB_TIME,
          NUMERIC_IDS,
          RENAMED_DOB,
          RENAMED_IDS,
          BOOLEAN_NAMES,
          BLANK ->
          sender.send(exchange, request, new ApiReply(200, BodyCorruptor.corrupt(fault, body)));
      case HUGE -> huge(exchange, request);
      case REDIRECT -> redirect(exchange, request);
      case GZIP -> {
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        sender.send(exchange, request, new ApiReply(reply.status(), BodyCorruptor.packed(body)));
      }
    }
  }

  private void trickle(HttpExchange exchange, ApiRequest request, ApiReply reply)
      throws IOException, InterruptedException {
    OutputStream out = sender.begin(exchange, request, reply.status(), reply.body().length);
    for (byte one : reply.body()) {
      out.write(one);
      out.flush();
      delay.delay(A_BYTE);
    }
  }

  private void html(HttpExchange exchange, ApiRequest request) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
    String page = "<!doctype html><title>Maintenance</title><p>Back soon.</p>";
    sender.send(exchange, request, ApiReply.of(200, page));
  }

  /** Streams 64 MB of one string; sends only what the client reads. */
  private void huge(HttpExchange exchange, ApiRequest request) throws IOException {
    byte[] chunk = new byte[CHUNK];
    Arrays.fill(chunk, (byte) 'x');
    try (OutputStream out = sender.begin(exchange, request, 200, ResponseSender.LENGTH_UNKNOWN)) {
      out.write("{\"name\":\"".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < HUGE_CHUNKS; i++) {
        out.write(chunk);
      }
      out.write("\"}".getBytes(StandardCharsets.UTF_8));
    }
  }

  private void redirect(HttpExchange exchange, ApiRequest request) throws IOException {
    exchange.getResponseHeaders().set("Location", "https://elsewhere.invalid" + request.path());
    sender.send(exchange, request, ApiReply.of(302, "{}"));
  }
}
