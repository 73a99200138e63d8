package studbook.service.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The requests that this process has sent: their number and durations. Safe for many threads. */
public final class RequestMetrics {

  private static final int OK = 200;

  /** From before the first request, so that the first one is an increase. */
  private static final List<String> ENDPOINTS = List.of("pro", "standard", "racecards");

  /** Upper bounds of the histogram; a request ends after 30 s by default. */
  private static final Duration[] BUCKETS =
      Stream.of(25, 50, 100, 200, 300, 500, 750, 1_000, 1_500, 2_500, 5_000, 10_000, 20_000, 30_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;

  RequestMetrics(MeterRegistry registry) {
    this.registry = registry;
    ENDPOINTS.forEach(endpoint -> {
      counter(endpoint, OK);
      timer(endpoint);
    });
  }

  /**
   * Counts a request that has ended.
   *
   * @param status of the response; 0 if none came
   */
  public void record(String endpoint, int status, Duration duration) {
    counter(endpoint, status).increment();
    timer(endpoint).record(duration);
  }

  private Counter counter(String endpoint, int status) {
    return Counter.builder("studbook.requests")
        .description("Requests by endpoint and HTTP status, none if no response came")
        .tag("endpoint", endpoint)
        .tag("status", status == 0 ? "none" : Integer.toString(status))
        .register(registry);
  }

  private Timer timer(String endpoint) {
    return Timer.builder("studbook.request.duration")
        .description("From sending a request to the end of its response, or to its failure")
        .tag("endpoint", endpoint)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }
}
