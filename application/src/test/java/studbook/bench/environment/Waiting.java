package studbook.bench.environment;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import studbook.time.SystemTime;

/** Waiting for something outside, never for ever. */
public final class Waiting {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private Waiting() {}

  /**
   * Polls.
   *
   * @throws IllegalStateException if the condition does not hold within {@code longest}
   */
  public static void until(String what, Duration longest, BooleanSupplier cameAbout)
      throws InterruptedException {
    long began = SystemTime.ticker().nanos();
    while (!cameAbout.getAsBoolean()) {
      if (SystemTime.ticker().nanos() - began > longest.toNanos()) {
        throw new IllegalStateException("waited %s for %s".formatted(longest, what));
      }
      SystemTime.sleeper().sleep(BETWEEN_LOOKS);
    }
  }
}
