package studbook.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import studbook.ratelimit.LoweredLimit;
import studbook.store.racecard.SweepTotals;
import studbook.store.run.RunTimeline;
import studbook.store.run.Runs;
import studbook.store.run.Tally;
import studbook.store.statistics.Course.Stretch;
import studbook.store.statistics.Looks;
import studbook.store.statistics.Samples.Sample;
import studbook.store.table.Census;

/**
 * Everything that is shown of one moment.
 *
 * @param at by the database's clock
 * @param run empty where there is none yet
 * @param database empty until it was counted
 */
public record Figures(Instant at, Optional<OfRun> run, Optional<Counted> database) {

  /** The user's tables, and when they were counted. */
  public record Counted(Census census, Instant at) {}

  /**
   * A run in figures. Averages are over its working time.
   *
   * @param now over the last minute; empty where it does not run
   * @param average over the working time
   * @param elapsed since its start, all pauses and stops too
   * @param eta empty where it does not run, or where it cannot be told
   * @param bound what limits the rate just now; empty where no process works
   * @param lowered the latest time in which the rate was lowered
   * @param sweep how far the days of racecards are
   * @param fullest most requests that one process sent in any one second
   * @param throttled answers 429
   * @param course the oldest first
   * @param errors the newest first
   */
  record OfRun(
      Runs.Run run,
      Tally tally,
      Standing standing,
      Optional<Spell.Pace> now,
      Optional<Spell.Pace> average,
      Duration worked,
      Duration elapsed,
      Optional<Instant> eta,
      Optional<String> bound,
      Optional<LoweredLimit> lowered,
      SweepTotals sweep,
      int fullest,
      long throttled,
      List<Spell> course,
      List<Looks.Mishap> errors) {

    OfRun {
      course = List.copyOf(course);
      errors = List.copyOf(errors);
    }

    private static OfRun of(Looks.Watched watched, Instant at) {
      Runs.Run run = watched.run();
      Standing standing = Standing.of(run);
      RunTimeline timeline = watched.timeline();
      List<Stretch> stretches = watched.course().stretches();
      List<Spell> course = stretches.stream().map(one -> Spell.of(one, timeline)).toList();
      List<Spell> lastMinute =
          watched.course().lastMinute().map(one -> Spell.of(one, timeline)).stream().toList();
      Optional<Sample> newest = watched.course().newest();
      boolean running = standing == Standing.RUNNING;
      return new OfRun(
          run,
          watched.tally(),
          standing,
          running ? Spell.pace(lastMinute) : Optional.empty(),
          average(watched),
          timeline.working(),
          Duration.between(run.startedAt(), end(run, standing, newest, at)),
          running
              ? newest.flatMap(sample -> sample.remaining().map(sample.at()::plus))
              : Optional.empty(),
          bound(watched, standing, at),
          watched.lowered().stream().reduce((_, later) -> later),
          watched.sweep(),
          stretches.stream().mapToInt(Stretch::fullest).max().orElse(0),
          stretches.stream().mapToLong(Stretch::throttled).sum(),
          course,
          watched.errors());
    }

    private static Optional<String> bound(Looks.Watched watched, Standing standing, Instant at) {
      boolean lowered = watched.lowered().stream().anyMatch(one -> one.contains(at));
      return switch (standing) {
        case PAUSED -> Optional.of("paused");
        case RUNNING ->
            watched
                .course()
                .bound()
                .map(bound -> lowered && bound.equals("the API") ? "the lowered limit" : bound);
        case DIED, STOPPED, FINISHED, CANCELLED, SUPERSEDED -> Optional.empty();
      };
    }

    /** As the report computes it: of what was settled and sent, over the working time. */
    private static Optional<Spell.Pace> average(Looks.Watched watched) {
      RunTimeline timeline = watched.timeline();
      if (timeline.working().compareTo(Spell.SHORTEST) < 0) {
        return Optional.empty();
      }
      long sent = watched.course().stretches().stream().mapToLong(Stretch::sent).sum();
      return Optional.of(
          new Spell.Pace(
              timeline.perSecond(watched.tally().processed()),
              timeline.perSecond(Math.max(sent, watched.tally().requests()))));
    }

    private static Instant end(
        Runs.Run run, Standing standing, Optional<Sample> newest, Instant at) {
      Instant ended = run.endedAt();
      if (ended != null) {
        return ended;
      }
      return standing.isUnderWay() ? at : newest.map(Sample::at).orElse(run.startedAt());
    }

    /** What of its account's limit a pace uses, 1 = all of it; empty where there is no limit. */
    Optional<Double> budgetUsed(Optional<Spell.Pace> pace) {
      double limit = run.owner().rate().perSecond();
      return Double.isInfinite(limit) ? Optional.empty() : pace.map(one -> one.requests() / limit);
    }

    /** Until it is done, from the moment of the figures. */
    Optional<Duration> remaining(Instant at) {
      return eta.map(done -> Duration.between(at, done))
          .map(left -> left.isNegative() ? Duration.ZERO : left);
    }
  }

  static Figures of(Looks.Look look, Optional<Counted> database) {
    return new Figures(
        look.at(), look.run().map(watched -> OfRun.of(watched, look.at())), database);
  }

  Figures with(Counted counted) {
    return new Figures(at, run, Optional.of(counted));
  }

  /** Whether something is to be watched still: a run under way, or none yet. */
  boolean goOn() {
    return run.isEmpty() || run.get().standing().isUnderWay();
  }
}
