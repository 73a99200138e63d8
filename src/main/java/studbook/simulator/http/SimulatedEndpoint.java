package studbook.simulator.http;

import java.util.Locale;

/** What a request asks for. */
public enum SimulatedEndpoint {
  PRO(RateLimitGroup.HORSES),
  STANDARD(RateLimitGroup.HORSES),
  RACECARDS(RateLimitGroup.RACECARDS),
  /** Anything else; it counts against the limit as a request for a horse does. */
  OTHER(RateLimitGroup.HORSES);

  private final RateLimitGroup lane;

  SimulatedEndpoint(RateLimitGroup lane) {
    this.lane = lane;
  }

  public RateLimitGroup lane() {
    return lane;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
