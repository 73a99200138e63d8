package studbook.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import studbook.store.run.RunTimeline;
import studbook.store.statistics.Course.Stretch;

/**
 * A stretch of a run and what was done in its working time.
 *
 * @param worked the working time in it
 * @param horses settled in it
 * @param sent requests in it
 */
record Spell(Instant from, Instant to, Duration worked, double horses, long sent) {

  static final Duration SHORTEST = Duration.ofMillis(500);

  static Spell of(Stretch stretch, RunTimeline timeline) {
    return new Spell(
        stretch.from(),
        stretch.to(),
        timeline.working(stretch.from(), stretch.to()),
        stretch.horses(),
        stretch.sent());
  }

  /**
   * What was done in a second of work.
   *
   * @param horses settled
   * @param requests sent
   */
  record Pace(double horses, double requests) {}

  /** Over the working time of all; empty where there is too little of it. */
  static Optional<Pace> pace(List<Spell> spells) {
    Duration worked = worked(spells);
    if (worked.compareTo(SHORTEST) < 0) {
      return Optional.empty();
    }
    double seconds = worked.toMillis() / 1e3;
    return Optional.of(
        new Pace(
            spells.stream().mapToDouble(Spell::horses).sum() / seconds,
            spells.stream().mapToLong(Spell::sent).sum() / seconds));
  }

  static Duration worked(List<Spell> spells) {
    return spells.stream().map(Spell::worked).reduce(Duration.ZERO, Duration::plus);
  }
}
