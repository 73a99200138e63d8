package studbook.backfill;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import studbook.horse.Inspection;
import studbook.racingapi.BackOff;
import studbook.time.Rate;

/**
 * How a worker works.
 *
 * @param version of this Studbook
 * @param rate of the account, or of horses alone where racecards have their own
 * @param timeout of a whole request
 * @param remember whether runners that nobody wants yet are kept for later
 */
record Manner(
    UUID worker,
    String version,
    Rate rate,
    Optional<Rate> racecardsRate,
    Duration timeout,
    Inspection inspection,
    RandomGenerator random,
    boolean remember) {

  /** Under way at once where no rate bounds it: more only queue at the server. */
  private static final int UNLIMITED_CONCURRENCY = 64;

  private static final int MOST_CONCURRENCY = 2_000;

  /** Days in hand at once: each holds some hundred runners until those before it are written. */
  private static final int MOST_DAYS = 32;

  private static final int UNLIMITED_DAYS = 8;

  int concurrency() {
    return rate.isUnlimited()
        ? UNLIMITED_CONCURRENCY
        : (int) Math.min(MOST_CONCURRENCY, Math.max(8, needed(rate)));
  }

  int daysInHand() {
    Rate days = racecardsRate.orElse(rate);
    return days.isUnlimited() ? UNLIMITED_DAYS : (int) Math.clamp(needed(days), 8, MOST_DAYS);
  }

  /** So many are under way where each takes as long as it may. */
  private double needed(Rate of) {
    return Math.ceil(of.perSecond() * timeout.toMillis() / 1000.0);
  }

  BackOff backOff() {
    return BackOff.USUAL;
  }

  Judge judge() {
    return new Judge(inspection, backOff(), random);
  }
}
