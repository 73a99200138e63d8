package studbook.simulator.fault;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import studbook.model.HorseId;
import studbook.simulator.http.ApiRequest;
import studbook.simulator.http.RateLimitGroup;
import studbook.simulator.population.random.SeededRandom;

/**
 * Which requests meet a fault. The seed, the path and the how-manieth time it was asked for decide,
 * so the same faults meet the same requests in whatever order they come. Immutable.
 *
 * @param faults each with its share of the requests; together at most all
 * @param times a path meets faults only while it was asked for at most so often
 * @param retryAfter the Retry-After headers of requests beyond the limit
 * @param lanes whose requests meet them
 * @param horses only requests for these meet them; empty for those of all horses and days
 */
public record FaultProfile(
    List<FaultShare> faults,
    int times,
    List<String> retryAfter,
    Set<RateLimitGroup> lanes,
    Set<HorseId> horses) {

  /**
   * A misbehaviour and how many requests meet it.
   *
   * @param share of the requests, above 0 and at most 1
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

  /** Faults of every lane. */
  FaultProfile(List<FaultShare> faults, int times, List<String> retryAfter) {
    this(faults, times, retryAfter, EnumSet.allOf(RateLimitGroup.class), Set.of());
  }

  /**
   * The faults that a text names, {@code 500:0.3,timeout:0.01,429:0.1:3600}: kinds with their
   * shares of the requests, and behind a status the value of its Retry-After header ({@code |}
   * between several). {@code retry-after:2} gives the header to what the limit refuses.
   *
   * @throws IllegalArgumentException naming the entry that is wrong, and the kinds that there are
   */
  public static FaultProfile parse(String text) {
    return FaultParser.parse(text);
  }

  /** One misbehaviour for every request. */
  public static FaultProfile always(SimulatedFault misbehaviour) {
    return new FaultProfile(List.of(new FaultShare(misbehaviour, 1)), Integer.MAX_VALUE, List.of());
  }

  /** An error status for every request. */
  public static FaultProfile always(int status) {
    return always(new SimulatedFault.StatusFault(status, List.of()));
  }

  /** The same faults, but only for the first {@code times} requests for the same thing. */
  public FaultProfile onlyFirst(int times) {
    return new FaultProfile(faults, times, retryAfter, lanes, horses);
  }

  /** The same faults, but only for requests of one lane. */
  public FaultProfile only(RateLimitGroup lane) {
    return new FaultProfile(faults, times, retryAfter, Set.of(lane), horses);
  }

  /** The same faults, but only for requests for these horses. */
  public FaultProfile onlyFor(HorseId... chosen) {
    return new FaultProfile(faults, times, retryAfter, lanes, Set.of(chosen));
  }

  public Optional<SimulatedFault> decide(SeededRandom dice, ApiRequest request, int time) {
    if (faults.isEmpty() || time > times || !isMet(request)) {
      return Optional.empty();
    }
    double share = dice.share("fault " + request.path(), time);
    for (FaultShare fault : faults) {
      share -= fault.share();
      if (share < 0) {
        return Optional.of(fault.misbehaviour());
      }
    }
    return Optional.empty();
  }

  private boolean isMet(ApiRequest request) {
    HorseId horse = request.horse();
    return lanes.contains(request.endpoint().lane())
        && (horses.isEmpty() || (horse != null && horses.contains(horse)));
  }
}
