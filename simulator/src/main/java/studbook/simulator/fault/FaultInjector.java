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

  private final ResponseSender desk;
  private final DelayFunction delay;
  private final CountDownLatch closed;

  /**
   * @param closed opens when the simulator ends
   */
  public FaultInjector(ResponseSender desk, DelayFunction delay, CountDownLatch closed) {
    this.desk = desk;
    this.delay = delay;
    this.closed = closed;
  }

  /** Whether the response has anything that the fault can corrupt. */
  public static boolean canPlay(FaultType trick, ApiRequest request, ApiReply honest) {
    return switch (trick) {
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
          honest.status() == 200;
      case WRONG_ID -> honest.status() == 200 && request.endpoint() != SimulatedEndpoint.RACECARDS;
      case TIMEOUT, SLOW, CUT, CLOSE, HTML, EMPTY, NULL, ARRAY, DEEP, HUGE, REDIRECT, GZIP -> true;
    };
  }

  public void play(FaultType trick, HttpExchange exchange, ApiRequest request, ApiReply honest)
      throws IOException, InterruptedException {
    byte[] body = honest.body();
    switch (trick) {
      case TIMEOUT -> {
        desk.noAnswer(request);
        closed.await();
      }
      case CLOSE -> desk.noAnswer(request);
      case SLOW -> trickle(exchange, request, honest);
      case CUT ->
          desk.send(exchange, request, honest.status(), body.length, BodyCorruptor.half(body));
      case HTML -> html(exchange, request);
      case EMPTY -> desk.send(exchange, request, new ApiReply(200, new byte[0]));
      case NULL -> desk.send(exchange, request, ApiReply.of(200, "null"));
      case ARRAY -> desk.send(exchange, request, ApiReply.of(200, "[]"));
      case DEEP -> desk.send(exchange, request, new ApiReply(200, BodyCorruptor.deep()));
      case MALFORMED -> desk.send(exchange, request, new ApiReply(200, BodyCorruptor.half(body)));
      case DUPLICATE_KEYS ->
          desk.send(exchange, request, new ApiReply(200, BodyCorruptor.duplicateKeys(body)));
      case WRONG_ID -> desk.send(exchange, request, new ApiReply(200, BodyCorruptor.wrongId(body)));
      case INVALID_UTF8 ->
          desk.send(exchange, request, new ApiReply(200, BodyCorruptor.invalidUtf8(body)));
      case NUL -> desk.send(exchange, request, new ApiReply(200, BodyCorruptor.escapedNul(body)));
      case DOB_TIME ->
          desk.send(exchange, request, new ApiReply(200, BodyCorruptor.dobWithTime(body)));
      case NUMERIC_IDS ->
          desk.send(exchange, request, new ApiReply(200, BodyCorruptor.numericIds(body)));
      case RENAMED_DOB ->
          desk.send(exchange, request, new ApiReply(200, BodyCorruptor.renamedDob(body)));
      case RENAMED_IDS ->
          desk.send(exchange, request, new ApiReply(200, BodyCorruptor.renamedIds(body)));
      case BOOLEAN_NAMES ->
          desk.send(exchange, request, new ApiReply(200, BodyCorruptor.booleanNames(body)));
      case BLANK -> desk.send(exchange, request, new ApiReply(200, BodyCorruptor.blank(body)));
      case HUGE -> huge(exchange, request);
      case REDIRECT -> redirect(exchange, request);
      case GZIP -> {
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        desk.send(exchange, request, new ApiReply(honest.status(), BodyCorruptor.packed(body)));
      }
    }
  }

  private void trickle(HttpExchange exchange, ApiRequest request, ApiReply honest)
      throws IOException, InterruptedException {
    OutputStream out = desk.begin(exchange, request, honest.status(), honest.body().length);
    for (byte one : honest.body()) {
      out.write(one);
      out.flush();
      delay.delay(A_BYTE);
    }
  }

  private void html(HttpExchange exchange, ApiRequest request) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
    String page = "<!doctype html><title>Maintenance</title><p>Back soon.</p>";
    desk.send(exchange, request, ApiReply.of(200, page));
  }

  /** Streams 64 MB of one string; sends only what the client reads. */
  private void huge(HttpExchange exchange, ApiRequest request) throws IOException {
    byte[] chunk = new byte[CHUNK];
    Arrays.fill(chunk, (byte) 'x');
    try (OutputStream out = desk.begin(exchange, request, 200, ResponseSender.LENGTH_UNKNOWN)) {
      out.write("{\"name\":\"".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < HUGE_CHUNKS; i++) {
        out.write(chunk);
      }
      out.write("\"}".getBytes(StandardCharsets.UTF_8));
    }
  }

  private void redirect(HttpExchange exchange, ApiRequest request) throws IOException {
    exchange.getResponseHeaders().set("Location", "https://elsewhere.invalid" + request.path());
    desk.send(exchange, request, ApiReply.of(302, "{}"));
  }
}
