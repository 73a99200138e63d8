package studbook.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What became of a slot: its request left late, so that the slot a window behind it must wait; or
 * it was not used, so that somebody else may send.
 *
 * @param late empty where the slot was not used
 */
public record Spent(Instant slot, Optional<Duration> late) {

  public static Spent late(Instant slot, Duration late) {
    return new Spent(slot, Optional.of(late));
  }

  public static Spent unused(Instant slot) {
    return new Spent(slot, Optional.empty());
  }
}
