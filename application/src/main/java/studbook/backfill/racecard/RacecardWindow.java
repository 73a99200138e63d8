package studbook.backfill.racecard;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import studbook.store.work.Lease;

/**
 * The days that this worker holds: bounds how many are requested at once and how many are kept. Not
 * safe for threads by itself; {@link RacecardScan} guards it.
 */
final class RacecardWindow {

  /** A request that has been under way for so long may hang: profiles do not wait for it. */
  private static final Duration SLOW = Duration.ofSeconds(5);

  private final int concurrency;
  private final int size;
  private final Set<Lease> held = new HashSet<>();
  private final Set<Lease> late = new HashSet<>();

  /** When the request for a day left, the oldest first. */
  private final SequencedMap<Lease, Long> underWay = new LinkedHashMap<>();

  /**
   * @param concurrency days that may be requested at once
   * @param size days that may be held, late ones aside
   */
  RacecardWindow(int concurrency, int size) {
    this.concurrency = concurrency;
    this.size = size;
  }

  void add(Lease day) {
    held.add(day);
  }

  /** The day is not in time: older days are written without it. */
  void late(Lease day) {
    late.add(day);
  }

  void remove(Lease day) {
    held.remove(day);
    late.remove(day);
  }

  void requested(Lease day, long now) {
    underWay.put(day, now);
  }

  void answered(Lease day) {
    underWay.remove(day);
  }

  /** All days that this worker has claimed and neither written nor dropped. */
  Set<Lease> held() {
    return Set.copyOf(held);
  }

  boolean isEmpty() {
    return held.isEmpty();
  }

  boolean mayRequest() {
    return underWay.size() < concurrency;
  }

  /** Late days hold few runners, but each is a lease, so they are bounded too. */
  boolean mayClaim() {
    return !isFull() && late.size() < concurrency;
  }

  /**
   * Whether nothing can be requested here until a commit or an answer comes, which is to be
   * expected soon: a full window holds days that are written now, and no request hangs.
   */
  boolean isBusy(long now) {
    return isFull() || (!mayRequest() && !isSlow(now));
  }

  private boolean isSlow(long now) {
    Map.Entry<Lease, Long> oldest = underWay.firstEntry();
    return oldest != null && now - oldest.getValue() > SLOW.toNanos();
  }

  private boolean isFull() {
    return held.size() - late.size() >= size;
  }
}
