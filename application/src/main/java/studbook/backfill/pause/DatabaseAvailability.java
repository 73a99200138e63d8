package studbook.backfill.pause;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the database can be used, and when to look at it again. A look costs no request, so the
 * waits between the looks stay short. Not safe for threads by itself; {@link RequestGate} guards
 * it.
 */
final class DatabaseAvailability {

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);

  /** A look at the database that was never answered is followed by another. */
  private static final Duration LOOK_MAY_TAKE = Duration.ofSeconds(60);

  /**
   * The database cannot be used.
   *
   * @param interval between two looks, which doubles with each in vain
   * @param looking whether a look is under way
   */
  private record DatabaseOutage(String reason, long lookAt, Duration interval, boolean looking) {}

  private @Nullable DatabaseOutage away;
  private final Set<Object> stuckWriters = new HashSet<>();

  /** The database cannot be used; whether that is new, or the answer to a look. */
  boolean begin(String reason, long now) {
    DatabaseOutage before = away;
    if (before != null && !before.looking()) {
      return false;
    }
    Duration interval = before == null ? LOOK_AGAIN : doubled(before.interval());
    away = new DatabaseOutage(reason, now + interval.toNanos(), interval, false);
    return true;
  }

  private static Duration doubled(Duration interval) {
    Duration twice = interval.multipliedBy(2);
    return twice.compareTo(LONGEST_LOOK) < 0 ? twice : LONGEST_LOOK;
  }

  /** The database answered; whether it can be used again: not while a writer cannot write. */
  boolean end() {
    if (away == null || !stuckWriters.isEmpty()) {
      return false;
    }
    away = null;
    return true;
  }

  void cannotWrite(Object writer) {
    stuckWriters.add(writer);
  }

  void wrote(Object writer) {
    stuckWriters.remove(writer);
  }

  /** How long the next look has to wait, and each zero is one look; empty while it can be used. */
  Optional<Duration> untilNextLook(long now) {
    DatabaseOutage absent = away;
    if (absent == null) {
      return Optional.empty();
    }
    long left = absent.lookAt() - now;
    if (left > 0 || !stuckWriters.isEmpty()) {
      return Optional.of(left > 0 ? Duration.ofNanos(left) : LOOK_AGAIN);
    }
    away =
        new DatabaseOutage(absent.reason(), now + LOOK_MAY_TAKE.toNanos(), absent.interval(), true);
    return Optional.of(Duration.ZERO);
  }

  /** Why it cannot be used; empty while it can. */
  Optional<String> reason() {
    return Optional.ofNullable(away).map(DatabaseOutage::reason);
  }
}
