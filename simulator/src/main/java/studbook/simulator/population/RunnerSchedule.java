package studbook.simulator.population;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import studbook.simulator.population.random.SeededRandom;

/**
 * Which horses run on which day. Every horse runs within the first thousand days, and none as a
 * yearling. Immutable; uses memory for a handful of cohorts only.
 */
final class RunnerSchedule {

  /**
   * The share of a population in the cohorts; a little over the 45% on racecards, since horses
   * without a detailed profile do not run.
   */
  static final double SHARE = 0.46;

  /** Horses born earlier may run from the first day on. */
  static final int FIRST_YOUNG_YEAR = 2021;

  private static final int CYCLE = 1000;

  private final List<Cohort> cohorts;

  private RunnerSchedule(List<Cohort> cohorts) {
    this.cohorts = cohorts;
  }

  static final class Builder {

    private final List<Cohort> cohorts = new ArrayList<>();
    private final SeededRandom random;

    Builder(SeededRandom random) {
      this.random = random;
    }

    /** Horses that are old enough on the first day and ran before it. */
    Builder old(IntUnaryOperator members, int size) {
      cohorts.add(new Cohort(members, size, -CYCLE, CYCLE, random));
      return this;
    }

    /** Horses born in {@code year}, which run from the April in which they are two. */
    Builder young(int year, IntUnaryOperator members, int size) {
      int first = Math.clamp(dayNumber(LocalDate.of(year + 2, 4, 1)), 0, CYCLE * 4 / 5);
      cohorts.add(new Cohort(members, size, first, CYCLE - first, random));
      return this;
    }

    /**
     * Horses whose racing begins within every {@code days} days, all old enough on the first day.
     */
    Builder season(IntUnaryOperator members, int size, int days) {
      cohorts.add(new Cohort(members, size, -CYCLE, days, random));
      return this;
    }

    RunnerSchedule build() {
      return new RunnerSchedule(List.copyOf(cohorts));
    }
  }

  /** The runners of a day, without horses that have no detailed profile. */
  List<HorseRecord> runners(LocalDate day, IntFunction<HorseRecord> horses) {
    List<HorseRecord> runners = new ArrayList<>();
    for (Cohort cohort : cohorts) {
      cohort.runners(
          dayNumber(day),
          index -> {
            HorseRecord horse = horses.apply(index);
            if (horse.availability() == ProfileAvailability.DETAILED) {
              runners.add(horse);
            }
          });
    }
    return runners;
  }

  private static int dayNumber(LocalDate day) {
    return (int) ChronoUnit.DAYS.between(Population.FIRST_RACE_DAY, day);
  }
}
