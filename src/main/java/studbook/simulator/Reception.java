package studbook.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import studbook.simulator.fault.Faults;
import studbook.simulator.fault.Misbehaviour.Status;
import studbook.simulator.fault.Misbehaviour.Trick;
import studbook.simulator.fault.Mischief;
import studbook.simulator.http.Desk;
import studbook.simulator.http.HonestApi;
import studbook.simulator.http.Reply;
import studbook.simulator.http.Request;
import studbook.simulator.http.Statistics;
import studbook.simulator.http.Turnstile;
import studbook.simulator.population.random.Dice;
import studbook.time.Sleeper;

/**
 * The way of a request: stamped and held against the limit on arrival, kept waiting, asked for its
 * credentials, perhaps met by a fault, answered. Safe for use by many threads.
 */
final class Reception implements HttpHandler {

  private static final Reply TOO_MANY = Reply.detail(429, "Rate limit exceeded");

  private final Turnstile turnstile;
  private final Statistics statistics;
  private final HonestApi api;
  private final Desk desk;
  private final Mischief mischief;
  private final Sleeper sleeper;
  private final Latency latency;
  private final String authorization;
  private final Dice dice;
  private volatile Faults faults;

  /** What a request is received with. */
  record Equipment(
      Turnstile turnstile, Statistics statistics, HonestApi api, Desk desk, Mischief mischief) {}

  Reception(Equipment equipment, SimulatorOptions options, Sleeper sleeper) {
    this.turnstile = equipment.turnstile();
    this.statistics = equipment.statistics();
    this.api = equipment.api();
    this.desk = equipment.desk();
    this.mischief = equipment.mischief();
    this.sleeper = sleeper;
    this.latency = options.latency();
    this.authorization = basic(options.username() + ":" + options.password());
    this.dice = new Dice(options.seed());
    this.faults = options.faults();
  }

  void behave(Faults changed) {
    faults = changed;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    boolean admitted = turnstile.admits(Request.lane(exchange.getRequestURI()));
    try (exchange) {
      Request request = Request.read(exchange.getRequestURI());
      int time = admitted ? statistics.asked(request) : 0;
      sleeper.sleep(latency.at(dice.share("latency " + request.path(), time)));
      if (admitted) {
        admitted(exchange, request, time);
      } else {
        retryAfter(exchange, faults.retryAfter());
        desk.send(exchange, request, TOO_MANY);
      }
    } catch (InterruptedException e) {
      // The simulator is being closed, and this connection with it.
      Thread.currentThread().interrupt();
    }
  }

  private void admitted(HttpExchange exchange, Request request, int time)
      throws IOException, InterruptedException {
    Optional<Reply> refusal = refusal(exchange);
    if (refusal.isPresent()) {
      desk.send(exchange, request, refusal.get());
      return;
    }
    Reply honest = api.answer(request);
    switch (faults.decide(dice, request, time).orElse(null)) {
      case Status status -> {
        statistics.firing(status.label());
        retryAfter(exchange, status.retryAfter());
        desk.send(exchange, request, Reply.detail(status.code(), "Simulated " + status.code()));
      }
      case Trick trick when Mischief.canPlay(trick, request, honest) -> {
        statistics.firing(trick.label());
        mischief.play(trick, exchange, request, honest);
      }
      case Trick _ -> desk.send(exchange, request, honest);
      case null -> desk.send(exchange, request, honest);
    }
  }

  private Optional<Reply> refusal(HttpExchange exchange) {
    if (!exchange.getRequestMethod().equals("GET")) {
      return Optional.of(Reply.detail(405, "Method Not Allowed"));
    }
    @Nullable String given = exchange.getRequestHeaders().getFirst("Authorization");
    if (authorization.equals(given)) {
      return Optional.empty();
    }
    exchange.getResponseHeaders().set("WWW-Authenticate", "Basic");
    return Optional.of(
        Reply.detail(401, given == null ? "Not authenticated" : "Incorrect username or password"));
  }

  private static void retryAfter(HttpExchange exchange, List<String> values) {
    values.forEach(value -> exchange.getResponseHeaders().add("Retry-After", value));
  }

  private static String basic(String credentials) {
    return "Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }
}
