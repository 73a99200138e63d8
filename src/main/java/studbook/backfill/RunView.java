package studbook.backfill;

import java.time.Duration;
import java.util.Optional;
import studbook.store.SweepTotals;
import studbook.store.Tally;

/**
 * A run as it stands at one moment, for people.
 *
 * @param perSecond horses a second over the last minutes
 * @param remaining until it is done, where that can be told
 * @param pause why nothing happens just now, in a sentence
 * @param bound what limits the rate just now
 * @param sweep how far the days of racecards are
 */
public record RunView(
    long run,
    Tally tally,
    double perSecond,
    Optional<Duration> remaining,
    Optional<String> pause,
    String bound,
    SweepTotals sweep) {}
