package studbook.faults.invariant;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import studbook.time.SystemTime;

/**
 * The times in which the process of the test, and with it the simulated API, stood still: its
 * machine was frozen, its cores were taken, or it collected garbage. A request that is counted
 * after such a time may have reached the machine at any moment of it, so it is charged to a second
 * only where every possible moment is too early. Shorter delays, as busy cores cause them, may
 * bring two requests closer together. A thread notices both by waking up late: a virtual one, as
 * the API and its clients use them, since these also wait for each other. Safe for many threads.
 */
public final class ArrivalStalls implements AutoCloseable {

  /** A stall, by the monotonic clock. */
  record Stall(long from, long until) {

    /**
     * Until when requests that queued up in it are counted: after one wake-up that took so long,
     * the others of a request may take as long again.
     */
    long backlogUntil() {
      long length = until - from;
      return until + Math.max(BACKLOG, length <= BUSY ? (WAKE_UPS - 1) * length : 0);
    }
  }

  private static final Duration TICK = Duration.ofMillis(5);
  private static final long LATE = Duration.ofMillis(20).toNanos();

  /** What queued up during a stall is counted within this time after it. */
  private static final long BACKLOG = Duration.ofMillis(30).toNanos();

  /** Busy cores let a thread wait up to this long; what stands still for longer was frozen. */
  private static final long BUSY = Duration.ofMillis(100).toNanos();

  /** Shorter delays are usual on any machine. */
  private static final long SHORT = Duration.ofMillis(3).toNanos();

  /** On its way a request wakes up three threads: its own, the HTTP client's, the API's. */
  private static final int WAKE_UPS = 3;

  /** How long a delay tells of the threads that run then. */
  private static final long NEAR = Duration.ofSeconds(1).toNanos();

  private final List<Stall> stalls = new ArrayList<>();

  /** How late threads woke up that waited for a core, by when they did. */
  private final NavigableMap<Long, Long> delays = new TreeMap<>();

  private final Thread watcher = Thread.ofVirtual().name("arrival-stalls").unstarted(this::watch);

  /** No stall is known yet; {@link #start} begins to watch. */
  ArrivalStalls() {}

  public static ArrivalStalls start() {
    ArrivalStalls stalls = new ArrivalStalls();
    stalls.watcher.start();
    return stalls;
  }

  private void watch() {
    long before = SystemTime.ticker().nanos();
    try {
      while (true) {
        SystemTime.sleeper().sleep(TICK);
        long now = SystemTime.ticker().nanos();
        long late = now - before - TICK.toNanos();
        if (late >= LATE) {
          add(before, now);
        } else if (late >= SHORT) {
          addDelay(now, late);
        }
        before = now;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized void add(long from, long until) {
    stalls.add(new Stall(from, until));
  }

  synchronized void addDelay(long at, long length) {
    delays.merge(at, length, Math::max);
  }

  /** By how much a request that arrived then may have been late. */
  private long delay(long arrival) {
    return WAKE_UPS
        * delays.subMap(arrival - NEAR, arrival + NEAR).values().stream()
            .mapToLong(Long::longValue)
            .max()
            .orElse(0);
  }

  /** The total time of all stalls. */
  public synchronized Duration total() {
    return Duration.ofNanos(stalls.stream().mapToLong(stall -> stall.until() - stall.from()).sum());
  }

  /**
   * The first request that came too early, wherever in a stall it may have arrived and however late
   * those before it were: more than {@code limit} fell into one {@code window}. Empty if none did.
   *
   * @param arrivals when each was counted, in order, by the monotonic clock
   * @param window nanoseconds
   * @return its index in {@code arrivals}
   */
  synchronized OptionalInt tooEarly(long[] arrivals, int limit, long window) {
    long[] earliest = new long[arrivals.length];
    int next = 0;
    for (int i = 0; i < arrivals.length; i++) {
      while (next < stalls.size() && arrivals[i] - stalls.get(next).backlogUntil() > 0) {
        next++;
      }
      boolean stalled = next < stalls.size() && arrivals[i] - stalls.get(next).from() >= 0;
      earliest[i] = stalled ? stalls.get(next).from() : arrivals[i];
      if (i >= limit) {
        earliest[i] =
            Math.max(earliest[i], earliest[i - limit] + window - delay(arrivals[i - limit]));
      }
      if (earliest[i] > arrivals[i]) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** All stalls as milliseconds after {@code start}. */
  synchronized String describe(long start) {
    return stalls.stream()
        .map(
            stall -> "%d-%d".formatted(millis(stall.from() - start), millis(stall.until() - start)))
        .collect(Collectors.joining(" "));
  }

  private static long millis(long nanos) {
    return Duration.ofNanos(nanos).toMillis();
  }

  @Override
  public void close() {
    watcher.interrupt();
  }
}
