package studbook.backfill.racecard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import studbook.backfill.write.WriteRequest;
import studbook.store.work.Lease;

/**
 * The racecard days of this worker in the order of their claims: newest first. It bounds how many
 * are requested at once and how many are held, and passes read days to the writer in that order,
 * since of two racecards of a horse the newer one wins. A late day does not delay older ones and is
 * written when it arrives. Not thread-safe; {@link RacecardScan} guards it.
 */
final class RacecardWindow {

  /** A request in flight for longer may hang: profiles do not wait for it. */
  private static final Duration SLOW = Duration.ofSeconds(5);

  /** Maximum wait of read days for a newer one while no other day is read. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(3);

  private static final class HeldDay {
    private Optional<WriteRequest.RacecardDay> read = Optional.empty();
    private boolean late;
    private boolean writing;

    /** Older days wait for it. */
    boolean isExpected() {
      return !late && !writing;
    }

    boolean isRead() {
      return read.isPresent();
    }
  }

  private final int concurrency;
  private final int size;
  private final SequencedMap<Lease, HeldDay> days = new LinkedHashMap<>();
  private long lastRead;

  /** When the request for a day was sent, the oldest first. */
  private final SequencedMap<Lease, Long> inFlight = new LinkedHashMap<>();

  /**
   * @param concurrency days that may be requested at once
   * @param size days that may be held, late ones aside
   */
  RacecardWindow(int concurrency, int size) {
    this.concurrency = concurrency;
    this.size = size;
  }

  void add(Lease day) {
    days.put(day, new HeldDay());
  }

  void remove(Lease day) {
    days.remove(day);
  }

  void onSend(Lease day, long now) {
    inFlight.put(day, now);
  }

  void onRequestEnd(Lease day) {
    inFlight.remove(day);
  }

  /** A day has ended, read or not. */
  void onRead(WriteRequest.RacecardDay day, long now) {
    HeldDay held = days.get(day.lease());
    if (held != null) {
      held.read = Optional.of(day);
      lastRead = now;
    }
  }

  /** Days that are to be written now, in this order; each is returned once. */
  List<WriteRequest.RacecardDay> pollWritable(long now) {
    boolean inOrder = true;
    List<HeldDay> writable = new ArrayList<>();
    for (HeldDay day : days.values()) {
      if (day.isExpected() && !day.isRead()) {
        day.late = inOrder && isOverdue(now);
        inOrder = day.late;
      } else if (day.isRead() && (day.late || inOrder)) {
        writable.add(day);
      }
    }
    return startWriting(writable);
  }

  /** All days that were read and are not being written, for the end of the scan. */
  List<WriteRequest.RacecardDay> pollRead() {
    return startWriting(days.values().stream().filter(HeldDay::isRead).toList());
  }

  private static List<WriteRequest.RacecardDay> startWriting(List<HeldDay> read) {
    List<HeldDay> starting = read.stream().filter(day -> !day.writing).toList();
    starting.forEach(day -> day.writing = true);
    return starting.stream().flatMap(day -> day.read.stream()).toList();
  }

  /** Whether older days wait no longer for the first one that is expected. */
  private boolean isOverdue(long now) {
    List<HeldDay> expected = days.values().stream().filter(HeldDay::isExpected).toList();
    return expected.size() >= size
        || (expected.stream().anyMatch(HeldDay::isRead) && now - lastRead > MAX_WAIT.toNanos());
  }

  /** All days that this worker has claimed and neither written nor dropped. */
  Set<Lease> held() {
    return Set.copyOf(days.keySet());
  }

  boolean isEmpty() {
    return days.isEmpty();
  }

  boolean mayRequest() {
    return inFlight.size() < concurrency;
  }

  /** Late days have few runners, but each is a lease, so they are bounded too. */
  boolean mayClaim() {
    return !isFull() && late() < concurrency;
  }

  private long late() {
    return days.values().stream().filter(day -> day.late).count();
  }

  /**
   * Whether nothing can be requested until a commit or response that is expected soon: a full
   * window contains days that are being written, and no request hangs.
   */
  boolean isBusy(long now) {
    return isFull() || (!mayRequest() && !isSlow(now));
  }

  private boolean isSlow(long now) {
    Optional<Long> oldest = inFlight.sequencedValues().stream().findFirst();
    return oldest.filter(sent -> now - sent > SLOW.toNanos()).isPresent();
  }

  private boolean isFull() {
    return days.size() - late() >= size;
  }
}
