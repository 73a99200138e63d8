package studbook.simulator.population;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import studbook.simulator.population.random.SeededRandom;
import studbook.simulator.population.random.Shuffle;

/**
 * Runners of a day that are in no population, since real racing is larger than any database of it.
 * Their numbers are above those of every synthetic population; the API has no profile of them.
 */
public final class UnlistedRunners {

  private static final int COUNT = 300_000;
  private static final long LOWEST_NUMBER = 500_000_000;

  private final SyntheticPopulation others;
  private final SeededRandom random;

  public UnlistedRunners(long seed) {
    this.others = new SyntheticPopulation(~seed, COUNT, LOWEST_NUMBER);
    this.random = new SeededRandom(~seed);
  }

  /** {@code count} of them, once each, the same for the same day; the youngest horses of all. */
  public List<HorseRecord> runners(LocalDate day, int count) {
    int racing = COUNT / 3;
    Shuffle shuffle = new Shuffle(racing, random, "strangers", day.toEpochDay());
    int last = others.firstBornIn(day.getYear() - 1) - 1;
    return IntStream.range(0, count)
        .mapToObj(rank -> others.horse(last - shuffle.place(rank)))
        .toList();
  }
}
