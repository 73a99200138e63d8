package studbook.simulator.http;

/** The two kinds of requests that may have a limit of their own. */
public enum RateLimitGroup {
  HORSES,
  RACECARDS
}
