package studbook.store.outcome;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import studbook.model.HorseId;

/**
 * Decides when a batch that fails with a possibly transient state is split to find the rows at
 * fault. A deadlock, a lock or a full disk may be over at the next try, so the same state must
 * occur again first. If no row was written since the last rejection, the database itself is
 * suspected: the number of tries doubles with each such row, so that an outage records few horses
 * as rejected, and no row stops the run for good. Safe for many threads.
 */
final class RejectionPolicy {

  private static final int TRIES = 2;

  /** Limits the tries to 256: some minutes, at one try a second. */
  private static final int MOST_DOUBLINGS = 7;

  private final Map<HorseId, FailingBatch> failing = new HashMap<>();
  private final Set<String> refusing = new HashSet<>();
  private final Set<String> known = new HashSet<>();
  private int inARow;

  /**
   * A batch whose last write failed, identified by its first horse.
   *
   * @param tries consecutive failures with that state
   */
  private record FailingBatch(String state, int tries) {}

  /** Counts a rejected write of {@code batch}; returns the number of consecutive rejections. */
  synchronized int failed(List<Outcome> batch, RowRejection rejection) {
    String state = rejection.error().state();
    HorseId first = batch.getFirst().horse();
    FailingBatch before = failing.get(first);
    int tries = before != null && before.state().equals(state) ? before.tries() + 1 : 1;
    failing.put(first, new FailingBatch(state, tries));
    return tries;
  }

  /** Whether {@code batch} was tried often enough to try its rows one by one. */
  synchronized boolean mayTakeApart(List<Outcome> batch, RowRejection rejection) {
    return rejection.isCertain() || isKnown(rejection) || tries(batch) >= needed(0);
  }

  /**
   * Whether rows may be recorded as rejected although no other row of their batch was written.
   *
   * @param rows how many
   */
  synchronized boolean mayRefuseAll(List<Outcome> batch, RowRejection rejection, int rows) {
    return rejection.isCertain() || isKnown(rejection) || tries(batch) >= needed(rows - 1);
  }

  private int needed(int more) {
    return TRIES << Math.min(inARow + more, MOST_DOUBLINGS);
  }

  private int tries(List<Outcome> batch) {
    FailingBatch before = failing.get(batch.getFirst().horse());
    return before == null ? 0 : before.tries();
  }

  /** A row was at fault before, and other rows were written after it. */
  private boolean isKnown(RowRejection rejection) {
    return known.contains(rejection.origin());
  }

  /**
   * Records that a row was rejected.
   *
   * @param othersWritten whether other rows of its batch were written
   */
  synchronized void refused(RowRejection rejection, boolean othersWritten) {
    if (rejection.isCertain()) {
      return;
    }
    if (othersWritten) {
      known.add(rejection.origin());
    } else {
      inARow++;
      refusing.add(rejection.origin());
    }
  }

  /** Records that {@code batch} was written. */
  synchronized void wrote(List<Outcome> batch) {
    batch.forEach(outcome -> failing.remove(outcome.horse()));
    if (batch.stream().anyMatch(outcome -> outcome.profile().isPresent())) {
      inARow = 0;
      known.addAll(refusing);
      refusing.clear();
    }
  }
}
