package studbook.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import studbook.simulator.fault.DelayFunction;
import studbook.simulator.fault.FaultInjector;
import studbook.simulator.fault.FaultProfile;
import studbook.simulator.fault.SimulatedFault.FaultType;
import studbook.simulator.fault.SimulatedFault.StatusFault;
import studbook.simulator.http.ApiHandler;
import studbook.simulator.http.ApiReply;
import studbook.simulator.http.ApiRequest;
import studbook.simulator.http.LimitChecker;
import studbook.simulator.http.ResponseSender;
import studbook.simulator.http.SimulatorStatistics;
import studbook.simulator.population.random.SeededRandom;

/**
 * Handles a request: stamps it, checks the limit and the credentials, delays it, injects a fault or
 * answers. Safe for many threads.
 */
final class RequestHandler implements HttpHandler {

  private static final ApiReply TOO_MANY = ApiReply.detail(429, "Rate limit exceeded");

  private final LimitChecker limitChecker;
  private final SimulatorStatistics statistics;
  private final ApiHandler api;
  private final ResponseSender sender;
  private final FaultInjector injector;
  private final DelayFunction delay;
  private final Latency latency;
  private final String authorization;
  private final SeededRandom random;
  private volatile FaultProfile faults;

  RequestHandler(
      LimitChecker limitChecker,
      SimulatorStatistics statistics,
      ApiHandler api,
      ResponseSender sender,
      FaultInjector injector,
      SimulatorOptions options,
      DelayFunction delay) {
    this.limitChecker = limitChecker;
    this.statistics = statistics;
    this.api = api;
    this.sender = sender;
    this.injector = injector;
    this.delay = delay;
    this.latency = options.latency();
    this.authorization = basic(options.username() + ":" + options.password());
    this.random = new SeededRandom(options.seed());
    this.faults = options.faults();
  }

  void setFaults(FaultProfile changed) {
    faults = changed;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    boolean admitted = limitChecker.tryAcquire(ApiRequest.group(exchange.getRequestURI()));
    try (exchange) {
      ApiRequest request = ApiRequest.read(exchange.getRequestURI());
      int time = admitted ? statistics.onRequest(request) : 0;
      delay.delay(latency.at(random.share("latency " + request.path(), time)));
      if (admitted) {
        handleAdmitted(exchange, request, time);
      } else {
        retryAfter(exchange, faults.retryAfter());
        sender.send(exchange, request, TOO_MANY);
      }
    } catch (InterruptedException e) {
      // The simulator is closing, and so is this connection.
      Thread.currentThread().interrupt();
    }
  }

  private void handleAdmitted(HttpExchange exchange, ApiRequest request, int time)
      throws IOException, InterruptedException {
    Optional<ApiReply> refusal = authenticationError(exchange);
    if (refusal.isPresent()) {
      sender.send(exchange, request, refusal.get());
      return;
    }
    ApiReply reply = api.answer(request);
    switch (faults.decide(random, request, time).orElse(null)) {
      case StatusFault status -> {
        statistics.onFault(status.label());
        retryAfter(exchange, status.retryAfter());
        sender.send(
            exchange, request, ApiReply.detail(status.code(), "Simulated " + status.code()));
      }
      case FaultType fault when FaultInjector.appliesTo(fault, request, reply) -> {
        statistics.onFault(fault.label());
        injector.inject(fault, exchange, request, reply);
      }
      case FaultType _ -> sender.send(exchange, request, reply);
      case null -> sender.send(exchange, request, reply);
    }
  }

  private Optional<ApiReply> authenticationError(HttpExchange exchange) {
    if (!exchange.getRequestMethod().equals("GET")) {
      return Optional.of(ApiReply.detail(405, "Method Not Allowed"));
    }
    @Nullable String given = exchange.getRequestHeaders().getFirst("Authorization");
    if (authorization.equals(given)) {
      return Optional.empty();
    }
    exchange.getResponseHeaders().set("WWW-Authenticate", "Basic");
    return Optional.of(
        ApiReply.detail(
            401, given == null ? "Not authenticated" : "Incorrect username or password"));
  }

  private static void retryAfter(HttpExchange exchange, List<String> values) {
    values.forEach(value -> exchange.getResponseHeaders().add("Retry-After", value));
  }

  private static String basic(String credentials) {
    return "Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }
}
