package studbook.simulator.http;

import java.util.Locale;

/** The resource of a request. */
public enum SimulatedEndpoint {
  PRO(RateLimitGroup.HORSES),
  STANDARD(RateLimitGroup.HORSES),
  RACECARDS(RateLimitGroup.RACECARDS),
  /** Any other path; it counts against the limit of horses. */
  OTHER(RateLimitGroup.HORSES);

  private final RateLimitGroup group;

  SimulatedEndpoint(RateLimitGroup group) {
    this.group = group;
  }

  public RateLimitGroup group() {
    return group;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
