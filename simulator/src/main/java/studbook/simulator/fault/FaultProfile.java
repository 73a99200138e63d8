package studbook.simulator.fault;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import studbook.simulator.fault.SimulatedFault.StatusFault;
import studbook.simulator.http.ApiRequest;
import studbook.simulator.http.RateLimitGroup;
import studbook.simulator.population.random.SeededRandom;

/**
 * Which requests meet a fault. Seed, path and the number of the request for that path decide, so
 * the same requests meet the same faults in any order. Immutable.
 *
 * @param faults each with its share of the requests; at most 1 together
 * @param times faults apply to this many first requests of a path
 * @param retryAfter the Retry-After headers of requests beyond the limit
 * @param lanes whose requests meet them
 * @param horses only requests for these meet them; empty: all horses and days
 */
public record FaultProfile(
    List<FaultShare> faults,
    int times,
    List<String> retryAfter,
    Set<RateLimitGroup> lanes,
    Set<String> horses) {

  /**
   * A fault and its share of the requests.
   *
   * @param share above 0 and at most 1
   */
  public record FaultShare(SimulatedFault misbehaviour, double share) {

    public FaultShare {
      if (!(share > 0 && share <= 1)) {
        throw new IllegalArgumentException("not a share above 0 and up to 1: " + share);
      }
    }
  }

  public static final FaultProfile NONE = new FaultProfile(List.of(), Integer.MAX_VALUE, List.of());

  public FaultProfile {
    faults = List.copyOf(faults);
    retryAfter = List.copyOf(retryAfter);
    lanes = Set.copyOf(lanes);
    horses = Set.copyOf(horses);
    double sum = faults.stream().mapToDouble(FaultShare::share).sum();
    if (sum > 1 + 1e-9) {
      throw new IllegalArgumentException("the shares of the faults add up to " + sum);
    }
  }

  /** Faults for all groups. */
  FaultProfile(List<FaultShare> faults, int times, List<String> retryAfter) {
    this(faults, times, retryAfter, EnumSet.allOf(RateLimitGroup.class), Set.of());
  }

  /**
   * Parses faults, {@code 500:0.3,timeout:0.01,429:0.1:3600}: kinds with their shares of the
   * requests, and after a status the value of its Retry-After header ({@code |} between several).
   * {@code retry-after:2} adds the header to requests beyond the limit.
   *
   * @throws IllegalArgumentException with the wrong entry and the valid kinds
   */
  public static FaultProfile parse(String text) {
    return FaultParser.parse(text);
  }

  /** One fault for every request. */
  public static FaultProfile always(SimulatedFault fault) {
    return new FaultProfile(List.of(new FaultShare(fault, 1)), Integer.MAX_VALUE, List.of());
  }

  /** An error status for every request. */
  public static FaultProfile always(int status) {
    return always(new StatusFault(status, List.of()));
  }

  /** The same faults for the first {@code times} requests for each path only. */
  public FaultProfile onlyFirst(int times) {
    return new FaultProfile(faults, times, retryAfter, lanes, horses);
  }

  /** The same faults for requests of one group only. */
  public FaultProfile only(RateLimitGroup group) {
    return new FaultProfile(faults, times, retryAfter, Set.of(group), horses);
  }

  /** The same faults for requests for these horses only. */
  public FaultProfile onlyFor(String... chosen) {
    return new FaultProfile(faults, times, retryAfter, lanes, Set.of(chosen));
  }

  public Optional<SimulatedFault> decide(SeededRandom random, ApiRequest request, int time) {
    if (faults.isEmpty() || time > times || !isMet(request)) {
      return Optional.empty();
    }
    double share = random.share("fault " + request.path(), time);
    for (FaultShare fault : faults) {
      share -= fault.share();
      if (share < 0) {
        return Optional.of(fault.misbehaviour());
      }
    }
    return Optional.empty();
  }

  private boolean isMet(ApiRequest request) {
    String horse = request.horse();
    return lanes.contains(request.endpoint().group())
        && (horses.isEmpty() || (horse != null && horses.contains(horse)));
  }
}
