package studbook.simulator.http;

/** The two kinds of requests that may have separate limits. */
public enum RateLimitGroup {
  HORSES,
  RACECARDS
}
