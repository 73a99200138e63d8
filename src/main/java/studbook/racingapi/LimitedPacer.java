package studbook.racingapi;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import studbook.store.Budget;
import studbook.store.Grant;
import studbook.time.Sleeper;
import studbook.time.Ticker;

/**
 * Waits for slots of the account's budget and sends in none that has gone by: a slot missed by more
 * than the margin is exchanged for a later one, a send that was a little late is reported, so that
 * those a window behind it keep their distance. All waiting is on monotonic time.
 */
public final class LimitedPacer implements Pacer {

  /** For threads that wake up late, beside the round trip. */
  private static final Duration WAKE_UP = Duration.ofMillis(25);

  /** Smaller lateness is covered by the margin. */
  private static final Duration REPORTED_LATENESS = Duration.ofMillis(1);

  /** Of a window's slots, that may stay unused for the sake of small groups. */
  private static final double WASTE = 0.005;

  private final Budget budget;
  private final Ticker ticker;
  private final Sleeper sleeper;
  private final RoundTrips roundTrips = new RoundTrips();
  private final RecentSends sends;

  private Batch batch = Batch.EMPTY;
  private Duration late = Duration.ZERO;
  private volatile int spoiltEpoch = -1;

  public LimitedPacer(Budget budget, Ticker ticker, Sleeper sleeper) {
    this.budget = budget;
    this.ticker = ticker;
    this.sleeper = sleeper;
    this.sends = new RecentSends(budget.slotsInWindow(), budget.window());
  }

  /** Slots claimed together, all at one moment, that are not yet used. */
  private record Batch(int left, Instant at, long atTicker, int epoch, Duration margin) {
    static final Batch EMPTY = new Batch(0, Instant.EPOCH, 0, 0, Duration.ZERO);

    Batch oneUsed() {
      return new Batch(left - 1, at, atTicker, epoch, margin);
    }
  }

  @Override
  public Turn next() throws InterruptedException {
    while (true) {
      if (batch.left() == 0 || batch.epoch() <= spoiltEpoch) {
        reportLateness(batch.at());
        Optional<Turn.Hold> hold = claim(() -> budget.claim(slotsAtOnce(), lead()));
        if (hold.isPresent()) {
          return hold.get();
        }
      }
      long earliest = Math.max(batch.atTicker(), sends.earliestNext());
      sleeper.sleep(Duration.ofNanos(earliest - ticker.nanos()));
      if (batch.epoch() <= spoiltEpoch) {
        continue;
      }
      long now = ticker.nanos();
      Duration lateness = Duration.ofNanos(now - batch.atTicker());
      if (lateness.compareTo(batch.margin()) > 0) {
        Batch missed = batch;
        Optional<Turn.Hold> hold = claim(() -> budget.exchange(missed.left(), lead(), missed.at()));
        reportLateness(missed.at());
        if (hold.isPresent()) {
          return hold.get();
        }
        continue;
      }
      sends.add(now);
      late = late.compareTo(lateness) > 0 ? late : lateness;
      batch = batch.oneUsed();
      return new Turn.Slot(batch.epoch());
    }
  }

  private interface Claim {
    Grant ask();
  }

  private Optional<Turn.Hold> claim(Claim claim) {
    batch = Batch.EMPTY;
    long before = ticker.nanos();
    Grant grant = claim.ask();
    long after = ticker.nanos();
    return switch (grant) {
      case Grant.Held held -> Optional.of(new Turn.Hold(held.left()));
      case Grant.Slots slots -> {
        roundTrips.add(before, after, slots.now());
        batch =
            new Batch(
                slots.count(),
                slots.at(),
                roundTrips.toTicker(slots.at()),
                slots.epoch(),
                slots.margin());
        yield Optional.empty();
      }
    };
  }

  private void reportLateness(Instant at) {
    if (late.compareTo(REPORTED_LATENESS) > 0) {
      budget.correct(at, late);
    }
    late = Duration.ZERO;
  }

  private Duration lead() {
    return roundTrips.p99().plus(WAKE_UP);
  }

  /**
   * So many that a claim and its lead take no longer than sending them does. Slots are claimed and
   * spent in groups of this size, so a window holds a whole number of groups: the smallest size is
   * taken that wastes next to nothing of it.
   */
  private int slotsAtOnce() {
    int slots = budget.slotsInWindow();
    double cycle = roundTrips.p99().plus(lead()).toNanos() / 1e9;
    int wanted = (int) Math.ceil(budget.rate().perSecond() * cycle * 1.2);
    for (int count = Math.max(1, wanted); count < slots; count++) {
      if (slots % count <= slots * WASTE) {
        return count;
      }
    }
    return slots;
  }

  @Override
  public Budget.Throttle throttled(Turn.Slot slot, Optional<Duration> retryAfter) {
    spoiltEpoch = Math.max(spoiltEpoch, slot.epoch());
    return budget.throttled(retryAfter.orElse(Duration.ZERO), slot.epoch());
  }
}
