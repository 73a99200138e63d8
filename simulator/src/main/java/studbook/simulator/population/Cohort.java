package studbook.simulator.population;

import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;
import studbook.simulator.population.random.SeededRandom;
import studbook.simulator.population.random.Shuffle;

/**
 * Horses whose racing begins in one window of days; after the window they begin again in the same
 * order. Each day is computed independently.
 */
final class Cohort {

  private final IntUnaryOperator members;
  private final int size;
  private final int firstDay;
  private final int length;
  private final Shuffle shuffle;
  private final RaceSchedule schedule;

  /**
   * @param members from rank to the population's index
   * @param firstDay the first day of the window, counted from the first day of racecards
   */
  Cohort(IntUnaryOperator members, int size, int firstDay, int length, SeededRandom random) {
    this.members = members;
    this.size = size;
    this.firstDay = firstDay;
    this.length = length;
    this.shuffle = new Shuffle(size, random, "cohort", firstDay);
    this.schedule = new RaceSchedule(random);
  }

  /** Passes the index of each horse that runs on {@code day} to {@code found}, once each. */
  void runners(int day, IntConsumer found) {
    for (int run = 0; run < RaceSchedule.MOST_RUNS; run++) {
      for (int late = 0; late < RaceSchedule.LATEST; late++) {
        int earliest = day - late;
        int begin = earliest - run * RaceSchedule.WEEKS_APART;
        if (begin >= firstDay) {
          runners(begin, run, earliest, late, found);
        }
      }
    }
  }

  private void runners(int begin, int run, int earliest, int late, IntConsumer found) {
    long place = Math.floorMod(begin - firstDay, length);
    int from = (int) (place * size / length);
    int to = (int) ((place + 1) * size / length);
    for (int rank = from; rank < to; rank++) {
      int horse = members.applyAsInt(shuffle.place(rank));
      if (schedule.runs(horse, run, earliest, late)) {
        found.accept(horse);
      }
    }
  }
}
