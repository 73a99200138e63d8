package studbook.backfill.pause;

import java.util.Optional;

/**
 * When the endpoint of the profiles knew no horses any more: what it answered then says nothing of
 * a horse. Not safe for threads.
 */
final class EndpointHistory {

  private int pauses;
  private boolean moved;
  private Optional<Long> backAt = Optional.empty();

  /** It answers 404 for horses that exist, or does so no more. */
  void at(long now, boolean hasMoved) {
    if (hasMoved && !moved) {
      pauses++;
    } else if (moved && !hasMoved) {
      backAt = Optional.of(now);
    }
    moved = hasMoved;
  }

  /** How often it had moved. */
  int pauses() {
    return pauses;
  }

  /** Whether an answer to a request that left then may be believed. */
  boolean mayBelieve(long sent) {
    return !moved && backAt.filter(back -> sent - back < 0).isEmpty();
  }
}
