package studbook.faults.invariant;

/**
 * The deviations from the invariants that a fault allows.
 *
 * @param limit maximum arrivals in any sliding second
 * @param askedAgain maximum repeated requests
 * @param failures horses that may have failed
 */
public record AllowedDeviations(int limit, int askedAgain, int failures) {

  /** Canary requests: known horses are requested again when others are not found. */
  private static final int REFERENCES = 4;

  /** No limit; no repeated requests except canaries; no failures. */
  public static final AllowedDeviations STRICT =
      new AllowedDeviations(Integer.MAX_VALUE, REFERENCES, 0);

  /**
   * Threads of busy cores wake up later than the rate limit's margin allows: one arrival a second
   * may be early. bench/ measures the limit itself, on a quiet machine.
   */
  private static final int OUT_OF_PLACE = 1;

  public AllowedDeviations limit(int perSecond) {
    return new AllowedDeviations(perSecond + OUT_OF_PLACE, askedAgain, failures);
  }

  /** Allows this many repeated requests beyond those of {@link #STRICT}. */
  public AllowedDeviations askedAgain(long most) {
    return new AllowedDeviations(limit, Math.toIntExact(REFERENCES + most), failures);
  }

  public AllowedDeviations failures(int most) {
    return new AllowedDeviations(limit, askedAgain, most);
  }
}
