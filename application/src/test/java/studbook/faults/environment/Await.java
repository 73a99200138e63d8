package studbook.faults.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import studbook.time.SystemTime;

/** Waits for a condition of another process. */
public final class Await {

  /** Detects what never happens; a JVM may need half a minute to start on a machine under load. */
  private static final Duration LONGEST = Duration.ofSeconds(90);

  /** For what is in flight on a machine under load. */
  private static final Duration LONGEST_UNTIL_QUIET = Duration.ofSeconds(5);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

  private Await() {}

  /** Polls; fails after a minute and a half. */
  public static void until(String what, BooleanSupplier cameAbout) throws InterruptedException {
    until(what, LONGEST, cameAbout);
  }

  public static void until(String what, Duration longest, BooleanSupplier cameAbout)
      throws InterruptedException {
    long began = SystemTime.ticker().nanos();
    while (!cameAbout.getAsBoolean()) {
      assertThat(SystemTime.ticker().nanos() - began)
          .as("nanoseconds of waiting for %s", what)
          .isLessThan(longest.toNanos());
      SystemTime.sleeper().sleep(BETWEEN_LOOKS);
    }
  }

  /**
   * Waits until {@code counted} grows by {@code allowed} at most in {@code span}; fails if it keeps
   * growing by more for five seconds.
   */
  static void quiet(String what, Duration span, long allowed, LongSupplier counted)
      throws InterruptedException {
    long began = SystemTime.ticker().nanos();
    long since = began;
    long before = counted.getAsLong();
    while (SystemTime.ticker().nanos() - since < span.toNanos()) {
      SystemTime.sleeper().sleep(BETWEEN_LOOKS);
      if (counted.getAsLong() > before + allowed) {
        since = SystemTime.ticker().nanos();
        before = counted.getAsLong();
        assertThat(since - began)
            .as("nanoseconds for which %s continue", what)
            .isLessThan(LONGEST_UNTIL_QUIET.toNanos());
      }
    }
  }
}
