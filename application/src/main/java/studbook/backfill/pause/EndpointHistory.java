package studbook.backfill.pause;

import java.util.Optional;

/**
 * The times at which the profile endpoint answered 404 for existing horses, as one that has moved
 * does; such a response says nothing about a horse. Not thread-safe.
 */
final class EndpointHistory {

  private int pauses;
  private boolean moved;
  private Optional<Long> returnedAt = Optional.empty();

  void update(long now, boolean hasMoved) {
    if (hasMoved && !moved) {
      pauses++;
    } else if (moved && !hasMoved) {
      returnedAt = Optional.of(now);
    }
    moved = hasMoved;
  }

  /** The number of such pauses. */
  int pauses() {
    return pauses;
  }

  /** Whether the response to a request that was sent then can be trusted. */
  boolean isTrusted(long sent) {
    return !moved && returnedAt.filter(returned -> sent - returned < 0).isEmpty();
  }
}
