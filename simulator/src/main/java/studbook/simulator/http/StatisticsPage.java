package studbook.simulator.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;
import studbook.simulator.http.SimulatorStatistics.AnsweredCount;
import studbook.simulator.http.SimulatorStatistics.RepeatedCount;
import studbook.simulator.population.HorseRecord;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * {@code /__stats}: the statistics as JSON, without credentials; with {@code ?horse=hrs_1} the
 * requests for that horse. It counts neither itself nor against the limit.
 */
public final class StatisticsPage implements HttpHandler {

  private static final int MOST_REPEATED = 10_000;

  private final SimulatorStatistics statistics;
  private final Instant start;
  private final long startNanos;
  private final JsonFactory factory = new JsonFactory();

  /**
   * @param start wall clock time at the monotonic time {@code startNanos}
   */
  public StatisticsPage(SimulatorStatistics statistics, Instant start, long startNanos) {
    this.statistics = statistics;
    this.start = start;
    this.startNanos = startNanos;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String asked = ApiRequest.parameters(exchange.getRequestURI().getRawQuery()).get("horse");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      if (asked == null) {
        everything(json);
      } else {
        one(json, Optional.of(asked).filter(HorseRecord::isId));
      }
      json.writeEndObject();
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    try (exchange) {
      exchange.sendResponseHeaders(200, bytes.size());
      try (OutputStream out = exchange.getResponseBody()) {
        bytes.writeTo(out);
      }
    }
  }

  private void one(JsonGenerator json, Optional<String> horse) {
    horse.ifPresent(id -> {
      json.writeStringProperty("horse", id);
      json.writeNumberProperty("pro", statistics.requestCount(SimulatedEndpoint.PRO, id));
      json.writeNumberProperty("standard", statistics.requestCount(SimulatedEndpoint.STANDARD, id));
    });
  }

  private void everything(JsonGenerator json) {
    long[] arrivals = statistics.arrivalNanos();
    json.writeNumberProperty("arrivals", arrivals.length);
    if (arrivals.length > 0) {
      json.writeStringProperty("first_arrival", wallClock(arrivals[0]));
      json.writeStringProperty("last_arrival", wallClock(arrivals[arrivals.length - 1]));
    }
    json.writeNumberProperty("too_many_requests", statistics.count(429));
    json.writeObjectPropertyStart("fullest_second");
    json.writeNumberProperty("all", statistics.maxRequestsPerSecond());
    json.writeNumberProperty("horses", statistics.maxRequestsPerSecond(RateLimitGroup.HORSES));
    json.writeNumberProperty(
        "racecards", statistics.maxRequestsPerSecond(RateLimitGroup.RACECARDS));
    json.writeEndObject();
    requests(json);
    json.writeObjectPropertyStart("faults");
    statistics.faultCount().forEach(json::writeNumberProperty);
    json.writeEndObject();
    horses(json);
  }

  private void requests(JsonGenerator json) {
    json.writeArrayPropertyStart("requests");
    for (AnsweredCount answered : statistics.answered()) {
      json.writeStartObject();
      json.writeStringProperty("endpoint", answered.endpoint().label());
      json.writeNumberProperty("status", answered.status());
      json.writeNumberProperty("count", answered.count());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void horses(JsonGenerator json) {
    json.writeObjectPropertyStart("horses_by_times_asked");
    statistics
        .requestCount()
        .forEach((times, horses) -> json.writeNumberProperty(Integer.toString(times), horses));
    json.writeEndObject();
    json.writeObjectPropertyStart("asked_again");
    for (RepeatedCount repeated : statistics.repeatedRequests(MOST_REPEATED)) {
      json.writeNumberProperty(repeated.horse(), repeated.times());
    }
    json.writeEndObject();
  }

  private String wallClock(long nanos) {
    return start.plusNanos(nanos - startNanos).toString();
  }
}
