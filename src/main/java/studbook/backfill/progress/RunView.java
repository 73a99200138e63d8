package studbook.backfill.progress;

import java.time.Duration;
import java.util.Optional;
import studbook.backfill.dispatch.Bound;
import studbook.backfill.pause.Pause;
import studbook.backfill.plan.Estimate;
import studbook.backfill.plan.Forecast;
import studbook.backfill.plan.Manner;
import studbook.store.racecard.SweepTotals;
import studbook.store.run.Tally;

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
    SweepTotals sweep) {

  public static RunView of(
      long run,
      Progress progress,
      Optional<Pause> pause,
      Bound bound,
      SweepTotals sweep,
      Manner manner) {
    Tally tally = progress.tally();
    return new RunView(
        run,
        tally,
        progress.perSecond(),
        remaining(tally, progress.perSecond(), pause, sweep, manner),
        pause.map(Pause::sentence),
        pause.isPresent() ? "paused" : bound.name(),
        sweep);
  }

  /** Not known while the run is paused, unless the end of the pause is. */
  private static Optional<Duration> remaining(
      Tally tally, double perSecond, Optional<Pause> pause, SweepTotals sweep, Manner manner) {
    Optional<Duration> work =
        sweep.left() == 0
            ? Estimate.remaining(tally, perSecond, manner.rate())
            : new Forecast(tally.total(), sweep.days())
                .remaining(sweep.left(), tally.pending(), manner.rate(), manner.racecardsRate());
    return pause.isEmpty() ? work : pause.get().left().flatMap(left -> work.map(left::plus));
  }
}
