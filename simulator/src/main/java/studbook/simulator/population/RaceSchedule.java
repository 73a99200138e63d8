package studbook.simulator.population;

import studbook.simulator.population.random.SeededRandom;

/**
 * When a horse of a cohort runs: one to four times, three weeks apart and up to two weeks late,
 * more often on a Saturday than on a Sunday. Days are counted from the first day of racecards.
 */
final class RaceSchedule {

  static final int MOST_RUNS = 4;
  static final int WEEKS_APART = 21;
  static final int LATEST = 14;

  /** Monday to Sunday, twice. */
  private static final int[] BUSY = {7, 9, 10, 9, 10, 14, 5};

  /** The first day, 23 January 2023, was a Monday. */
  private static final int BUSY_IN_A_FORTNIGHT = 2 * (7 + 9 + 10 + 9 + 10 + 14 + 5);

  private final SeededRandom random;

  RaceSchedule(SeededRandom random) {
    this.random = random;
  }

  /**
   * Whether a horse that is ready for its run number {@code run} on {@code earliest} runs {@code
   * late} days later.
   */
  boolean runs(int horse, int run, int earliest, int late) {
    return run <= random.below(MOST_RUNS, "runs", horse) && late == late(horse, run, earliest);
  }

  private int late(int horse, int run, int earliest) {
    int left = random.below(BUSY_IN_A_FORTNIGHT, "run", (long) horse * MOST_RUNS + run);
    int late = 0;
    while (left >= BUSY[Math.floorMod(earliest + late, 7)]) {
      left -= BUSY[Math.floorMod(earliest + late, 7)];
      late++;
    }
    return late;
  }
}
