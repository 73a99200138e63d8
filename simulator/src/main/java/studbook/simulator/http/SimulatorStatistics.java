package studbook.simulator.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import studbook.simulator.population.Population;

/**
 * Statistics of the simulated API. Every request under {@code /v1} is an arrival, whatever its
 * response; it is counted before its response is sent, so a client that has the response finds it
 * here. Safe for many threads, also after the simulator is closed.
 */
public final class SimulatorStatistics {

  /** The status of a request that got no answer: a timeout, or a connection closed on it. */
  public static final int NO_ANSWER = 0;

  /** Requests for an endpoint that were answered with a status. */
  public record AnsweredCount(SimulatedEndpoint endpoint, int status, long count) {}

  /** A horse and the number of requests for its detailed profile. */
  public record RepeatedCount(String horse, int times) {}

  private record RequestOutcome(SimulatedEndpoint endpoint, int status) {}

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Population population;
  private final RequestCounts counts;
  private final ArrivalLog horses = new ArrivalLog();
  private final ArrivalLog racecards = new ArrivalLog();
  private final ConcurrentMap<RequestOutcome, LongAdder> outcomes = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, LongAdder> faults = new ConcurrentHashMap<>();

  public SimulatorStatistics(Population population) {
    this.population = population;
    this.counts = new RequestCounts(population);
  }

  /** The maximum number of arrivals in any sliding second, both groups together. */
  public int maxRequestsPerSecond() {
    return fullest(Duration.ofSeconds(1));
  }

  /** The maximum number of arrivals of one group in any sliding second. */
  public int maxRequestsPerSecond(RateLimitGroup group) {
    return ArrivalLog.maxPerSecond(arrivals(group).toArray(), SECOND);
  }

  /** The maximum number of arrivals in any sliding {@code span}, whose end is exclusive. */
  public int fullest(Duration span) {
    return ArrivalLog.maxPerSecond(arrivalNanos(), span.toNanos());
  }

  /** All requests under {@code /v1}, including refused ones. */
  public long arrivals() {
    return (long) horses.count() + racecards.count();
  }

  /** The times of all arrivals in order, as nanoseconds of the simulator's monotonic clock. */
  public long[] arrivalNanos() {
    long[] all =
        LongStream.concat(Arrays.stream(horses.toArray()), Arrays.stream(racecards.toArray()))
            .toArray();
    Arrays.sort(all);
    return all;
  }

  /** The times of one group's arrivals in order. */
  public long[] arrivalNanos(RateLimitGroup group) {
    return arrivals(group).toArray();
  }

  /** Requests for an endpoint that were answered with {@code status}. */
  public long count(SimulatedEndpoint endpoint, int status) {
    LongAdder count = outcomes.get(new RequestOutcome(endpoint, status));
    return count == null ? 0 : count.sum();
  }

  /** Requests that were answered with {@code status}. */
  public long count(int status) {
    return answered().stream()
        .filter(answered -> answered.status() == status)
        .mapToLong(AnsweredCount::count)
        .sum();
  }

  /** All requests by endpoint and status, in that order. */
  public List<AnsweredCount> answered() {
    List<AnsweredCount> answered = new ArrayList<>();
    for (SimulatedEndpoint endpoint : SimulatedEndpoint.values()) {
      outcomes.keySet().stream()
          .filter(outcome -> outcome.endpoint() == endpoint)
          .map(RequestOutcome::status)
          .sorted()
          .forEach(
              status -> answered.add(new AnsweredCount(endpoint, status, count(endpoint, status))));
    }
    return answered;
  }

  /** Requests for a horse's detailed profile, without those beyond the limit. */
  public int requestCount(String horse) {
    return counts.times(SimulatedEndpoint.PRO, horse);
  }

  /** Requests for a horse at PRO or STANDARD, without those beyond the limit. */
  public int requestCount(SimulatedEndpoint endpoint, String horse) {
    return counts.times(endpoint, horse);
  }

  /** The number of horses by number of requests for their detailed profile, from 1. */
  public Map<Integer, Integer> requestCount() {
    Map<Integer, Integer> histogram = new TreeMap<>();
    for (int index = 0; index < population.size(); index++) {
      int times = counts.times(index);
      if (times > 0) {
        histogram.merge(times, 1, Integer::sum);
      }
    }
    return histogram;
  }

  /** At most {@code limit} horses whose detailed profile was requested more than once. */
  public List<RepeatedCount> repeatedRequests(int limit) {
    List<RepeatedCount> repeated = new ArrayList<>();
    for (int index = 0; index < population.size() && repeated.size() < limit; index++) {
      int times = counts.times(index);
      if (times > 1) {
        repeated.add(new RepeatedCount(population.named(index).id(), times));
      }
    }
    return repeated;
  }

  /** How often a fault was injected, by its name in fault texts. */
  public long faultCount(String fault) {
    LongAdder count = faults.get(fault);
    return count == null ? 0 : count.sum();
  }

  /** Every injected fault with its count. */
  public Map<String, Long> faultCount() {
    Map<String, Long> fired = new TreeMap<>();
    faults.forEach((name, count) -> fired.put(name, count.sum()));
    return fired;
  }

  void onArrival(RateLimitGroup group, long nanos) {
    arrivals(group).add(nanos);
  }

  public int onRequest(ApiRequest request) {
    return counts.count(request);
  }

  void answering(SimulatedEndpoint endpoint, int status) {
    outcomes
        .computeIfAbsent(new RequestOutcome(endpoint, status), _ -> new LongAdder())
        .increment();
  }

  public void onFault(String fault) {
    faults.computeIfAbsent(fault, _ -> new LongAdder()).increment();
  }

  private ArrivalLog arrivals(RateLimitGroup group) {
    return group == RateLimitGroup.HORSES ? horses : racecards;
  }
}
