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
import studbook.model.HorseId;
import studbook.simulator.population.Population;

/**
 * What the simulated API saw. Every request under {@code /v1} is an arrival, whatever it was
 * answered; it is counted before its answer leaves, so whoever has the answer finds it here. Safe
 * for use by many threads, also after the simulator was closed.
 */
public final class Statistics {

  /** The status of a request that got no answer: a timeout, or a connection closed on it. */
  public static final int NO_ANSWER = 0;

  /** Requests for an endpoint that were answered with a status. */
  public record Answered(Endpoint endpoint, int status, long count) {}

  /** A horse whose detailed profile was asked for. */
  public record Repeated(HorseId horse, int times) {}

  private record Outcome(Endpoint endpoint, int status) {}

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Population population;
  private final Asked asked;
  private final Arrivals horses = new Arrivals();
  private final Arrivals racecards = new Arrivals();
  private final ConcurrentMap<Outcome, LongAdder> outcomes = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, LongAdder> faults = new ConcurrentHashMap<>();

  public Statistics(Population population) {
    this.population = population;
    this.asked = new Asked(population);
  }

  /** The most arrivals that any sliding second holds, both lanes together. */
  public int fullestSecond() {
    return fullest(Duration.ofSeconds(1));
  }

  /** The most arrivals of one lane that any sliding second holds. */
  public int fullestSecond(Lane lane) {
    return Arrivals.fullest(arrivals(lane).toArray(), SECOND);
  }

  /** The most arrivals that any sliding {@code span} holds; its end is not part of it. */
  public int fullest(Duration span) {
    return Arrivals.fullest(arrivalNanos(), span.toNanos());
  }

  /** All requests under {@code /v1}, refused ones included. */
  public long arrivals() {
    return (long) horses.count() + racecards.count();
  }

  /** The moments of all arrivals in order, as nanoseconds of the simulator's monotonic clock. */
  public long[] arrivalNanos() {
    long[] all =
        LongStream.concat(Arrays.stream(horses.toArray()), Arrays.stream(racecards.toArray()))
            .toArray();
    Arrays.sort(all);
    return all;
  }

  /** The moments of one lane's arrivals in order. */
  public long[] arrivalNanos(Lane lane) {
    return arrivals(lane).toArray();
  }

  /** Requests for an endpoint that were answered with {@code status}. */
  public long count(Endpoint endpoint, int status) {
    LongAdder count = outcomes.get(new Outcome(endpoint, status));
    return count == null ? 0 : count.sum();
  }

  /** Requests that were answered with {@code status}. */
  public long count(int status) {
    return answered().stream()
        .filter(answered -> answered.status() == status)
        .mapToLong(Answered::count)
        .sum();
  }

  /** All requests by endpoint and status, in that order. */
  public List<Answered> answered() {
    List<Answered> answered = new ArrayList<>();
    for (Endpoint endpoint : Endpoint.values()) {
      outcomes.keySet().stream()
          .filter(outcome -> outcome.endpoint() == endpoint)
          .map(Outcome::status)
          .sorted()
          .forEach(status -> answered.add(new Answered(endpoint, status, count(endpoint, status))));
    }
    return answered;
  }

  /** How often a horse's detailed profile was asked for, requests beyond the limit left out. */
  public int timesAsked(HorseId horse) {
    return asked.times(Endpoint.PRO, horse);
  }

  /** How often a horse was asked for at PRO or STANDARD, requests beyond the limit left out. */
  public int timesAsked(Endpoint endpoint, HorseId horse) {
    return asked.times(endpoint, horse);
  }

  /** How many horses' detailed profiles were asked for once, twice and so on; 0 is left out. */
  public Map<Integer, Integer> timesAsked() {
    Map<Integer, Integer> histogram = new TreeMap<>();
    for (int index = 0; index < population.size(); index++) {
      int times = asked.times(index);
      if (times > 0) {
        histogram.merge(times, 1, Integer::sum);
      }
    }
    return histogram;
  }

  /** At most {@code limit} horses whose detailed profile was asked for more than once. */
  public List<Repeated> askedAgain(int limit) {
    List<Repeated> repeated = new ArrayList<>();
    for (int index = 0; index < population.size() && repeated.size() < limit; index++) {
      int times = asked.times(index);
      if (times > 1) {
        repeated.add(new Repeated(population.named(index).id(), times));
      }
    }
    return repeated;
  }

  /** How often a fault fired, by its name in the faults' text. */
  public long fired(String fault) {
    LongAdder count = faults.get(fault);
    return count == null ? 0 : count.sum();
  }

  /** Every fault that fired, and how often. */
  public Map<String, Long> fired() {
    Map<String, Long> fired = new TreeMap<>();
    faults.forEach((name, count) -> fired.put(name, count.sum()));
    return fired;
  }

  void arrived(Lane lane, long nanos) {
    arrivals(lane).add(nanos);
  }

  public int asked(Request request) {
    return asked.count(request);
  }

  void answering(Endpoint endpoint, int status) {
    outcomes.computeIfAbsent(new Outcome(endpoint, status), _ -> new LongAdder()).increment();
  }

  public void firing(String fault) {
    faults.computeIfAbsent(fault, _ -> new LongAdder()).increment();
  }

  private Arrivals arrivals(Lane lane) {
    return lane == Lane.HORSES ? horses : racecards;
  }
}
