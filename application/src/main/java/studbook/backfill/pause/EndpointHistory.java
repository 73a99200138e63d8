package studbook.backfill.pause;

import java.util.Optional;

/**
 * When the endpoint of the profiles answered 404 for horses that exist, as one that has moved does;
 * such a response says nothing about a horse. Not safe for threads.
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

  /** How often it had moved. */
  int pauses() {
    return pauses;
  }

  /** Whether the response to a request that was sent then can be trusted. */
  boolean isTrusted(long sent) {
    return !moved && returnedAt.filter(returned -> sent - returned < 0).isEmpty();
  }
}
