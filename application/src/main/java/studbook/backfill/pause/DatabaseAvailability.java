package studbook.backfill.pause;

import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the database is available, and when to check it again. A check costs no request, so the
 * intervals stay short. Not thread-safe; {@link RequestGate} guards it.
 */
final class DatabaseAvailability {

  private static final Duration FIRST_INTERVAL = Duration.ofSeconds(1);
  private static final Duration MAX_INTERVAL = Duration.ofSeconds(5);

  /** A check that was never answered is followed by another. */
  private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(60);

  /**
   * The database cannot be used.
   *
   * @param interval between two checks, which doubles with each that fails
   * @param checking whether a check is under way
   */
  private record DatabaseOutage(
      String reason, long nextCheckAt, Duration interval, boolean checking) {}

  private @Nullable DatabaseOutage outage;
  private final Set<Object> blockedWriters = new HashSet<>();

  /** The database is unavailable; returns whether that is new, or the result of a check. */
  boolean onUnavailable(String reason, long now) {
    DatabaseOutage before = outage;
    if (before != null && !before.checking()) {
      return false;
    }
    Duration interval =
        before == null
            ? FIRST_INTERVAL
            : Collections.min(List.of(before.interval().multipliedBy(2), MAX_INTERVAL));
    outage = new DatabaseOutage(reason, now + interval.toNanos(), interval, false);
    return true;
  }

  /** The database answered; returns whether it is available again: not while a write is blocked. */
  boolean onAvailable() {
    if (outage == null || !blockedWriters.isEmpty()) {
      return false;
    }
    outage = null;
    return true;
  }

  void onWriteBlocked(Object writer) {
    blockedWriters.add(writer);
  }

  void onWritten(Object writer) {
    blockedWriters.remove(writer);
  }

  /**
   * Acquires permission for a check.
   *
   * @return empty while the database is available; zero if a check is granted, otherwise the time
   *     to wait
   */
  Optional<Duration> tryAcquireCheck(long now) {
    DatabaseOutage current = outage;
    if (current == null) {
      return Optional.empty();
    }
    long wait = current.nextCheckAt() - now;
    if (wait > 0 || !blockedWriters.isEmpty()) {
      return Optional.of(wait > 0 ? Duration.ofNanos(wait) : FIRST_INTERVAL);
    }
    outage =
        new DatabaseOutage(
            current.reason(), now + CHECK_TIMEOUT.toNanos(), current.interval(), true);
    return Optional.of(Duration.ZERO);
  }

  /** Why it cannot be used; empty while it can. */
  Optional<String> reason() {
    return Optional.ofNullable(outage).map(DatabaseOutage::reason);
  }
}
