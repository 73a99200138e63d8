package studbook.time;

/**
 * A monotonic time source for intervals. Its zero is arbitrary; it never steps back and is
 * independent of the wall clock. Safe for many threads.
 */
@FunctionalInterface
public interface Ticker {

  /** Nanoseconds since a fixed moment. */
  long nanos();
}
