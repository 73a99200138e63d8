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

  private final LimitChecker turnstile;
  private final SimulatorStatistics statistics;
  private final ApiHandler api;
  private final ResponseSender desk;
  private final FaultInjector mischief;
  private final DelayFunction delay;
  private final Latency latency;
  private final String authorization;
  private final SeededRandom dice;
  private volatile FaultProfile faults;

  /** What the handler needs. */
  record HandlerDependencies(
      LimitChecker turnstile,
      SimulatorStatistics statistics,
      ApiHandler api,
      ResponseSender desk,
      FaultInjector mischief) {}

  RequestHandler(HandlerDependencies equipment, SimulatorOptions options, DelayFunction delay) {
    this.turnstile = equipment.turnstile();
    this.statistics = equipment.statistics();
    this.api = equipment.api();
    this.desk = equipment.desk();
    this.mischief = equipment.mischief();
    this.delay = delay;
    this.latency = options.latency();
    this.authorization = basic(options.username() + ":" + options.password());
    this.dice = new SeededRandom(options.seed());
    this.faults = options.faults();
  }

  void behave(FaultProfile changed) {
    faults = changed;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    boolean admitted = turnstile.admits(ApiRequest.lane(exchange.getRequestURI()));
    try (exchange) {
      ApiRequest request = ApiRequest.read(exchange.getRequestURI());
      int time = admitted ? statistics.asked(request) : 0;
      delay.delay(latency.at(dice.share("latency " + request.path(), time)));
      if (admitted) {
        admitted(exchange, request, time);
      } else {
        retryAfter(exchange, faults.retryAfter());
        desk.send(exchange, request, TOO_MANY);
      }
    } catch (InterruptedException e) {
      // The simulator is closing, and so is this connection.
      Thread.currentThread().interrupt();
    }
  }

  private void admitted(HttpExchange exchange, ApiRequest request, int time)
      throws IOException, InterruptedException {
    Optional<ApiReply> refusal = refusal(exchange);
    if (refusal.isPresent()) {
      desk.send(exchange, request, refusal.get());
      return;
    }
    ApiReply honest = api.answer(request);
    switch (faults.decide(dice, request, time).orElse(null)) {
      case StatusFault status -> {
        statistics.firing(status.label());
        retryAfter(exchange, status.retryAfter());
        desk.send(exchange, request, ApiReply.detail(status.code(), "Simulated " + status.code()));
      }
      case FaultType trick when FaultInjector.canPlay(trick, request, honest) -> {
        statistics.firing(trick.label());
        mischief.play(trick, exchange, request, honest);
      }
      case FaultType _ -> desk.send(exchange, request, honest);
      case null -> desk.send(exchange, request, honest);
    }
  }

  private Optional<ApiReply> refusal(HttpExchange exchange) {
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
