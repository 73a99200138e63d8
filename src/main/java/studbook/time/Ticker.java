package studbook.time;

/**
 * A monotonic source of time, for intervals. Its zero means nothing; it never steps back and knows
 * no wall clock. Safe for use by many threads.
 */
@FunctionalInterface
public interface Ticker {

  /** Nanoseconds since some fixed moment. */
  long nanos();
}
