package studbook.simulator.http;

import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import studbook.simulator.population.Population;

/**
 * Request counts by resource, without requests beyond the limit. Four bytes a horse for detailed
 * profiles; the rest is stored by path. Thread-safe.
 */
final class RequestCounts {

  private static final int MOST_PATHS = 1_000_000;

  private final Population population;
  private final AtomicIntegerArray profiles;
  private final Map<String, Integer> others = new ConcurrentHashMap<>();

  RequestCounts(Population population) {
    this.population = population;
    this.profiles = new AtomicIntegerArray(population.size());
  }

  /** Counts a request; the first one for a resource is number 1. */
  int count(ApiRequest request) {
    OptionalInt index = index(request);
    if (index.isPresent()) {
      return profiles.incrementAndGet(index.getAsInt());
    }
    if (others.size() >= MOST_PATHS && !others.containsKey(request.path())) {
      return 1;
    }
    return others.merge(request.path(), 1, Integer::sum);
  }

  /** Requests for the detailed profile at {@code index} of the population. */
  int times(int index) {
    return profiles.get(index);
  }

  int times(SimulatedEndpoint endpoint, String horse) {
    OptionalInt index = population.indexOf(horse);
    return endpoint == SimulatedEndpoint.PRO && index.isPresent()
        ? profiles.get(index.getAsInt())
        : others.getOrDefault("/v1/horses/" + horse + "/" + endpoint.label(), 0);
  }

  private OptionalInt index(ApiRequest request) {
    String horse = request.horse();
    return horse == null || request.endpoint() != SimulatedEndpoint.PRO
        ? OptionalInt.empty()
        : population.indexOf(horse);
  }
}
