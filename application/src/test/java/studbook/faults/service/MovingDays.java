package studbook.faults.service;

import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import studbook.simulator.population.ChangingPopulation;
import studbook.simulator.population.DailyChanges;
import studbook.simulator.population.HorseRecord;
import studbook.simulator.population.NamedHorse;
import studbook.simulator.population.Population;
import studbook.simulator.population.SyntheticPopulation;

/**
 * A changing population whose days pass when a test says so: then today's racecards are those of
 * the next day. Safe for many threads.
 */
final class MovingDays implements Population {

  private static final long SEED = 13;

  private final SyntheticPopulation base;
  private final DailyChanges changes;
  private final Set<String> listed = ConcurrentHashMap.newKeySet();
  private final AtomicInteger today = new AtomicInteger();

  MovingDays(int horses, DailyChanges changes) {
    this.base = SyntheticPopulation.racingWithin(10, SEED, horses);
    this.changes = changes;
  }

  int today() {
    return today.get();
  }

  void nextDay() {
    today.incrementAndGet();
  }

  private ChangingPopulation on(int day) {
    return new ChangingPopulation(base, changes, SEED, () -> day);
  }

  /** The record of a horse on a day. */
  HorseRecord horseOn(int day, int index) {
    return on(day).horse(index);
  }

  /** The horses on racecards that were served since the last call. */
  Set<String> takeListed() {
    Set<String> taken = Set.copyOf(listed);
    listed.removeAll(taken);
    return taken;
  }

  @Override
  public int size() {
    return base.size();
  }

  @Override
  public HorseRecord horse(int index) {
    return horseOn(today(), index);
  }

  @Override
  public NamedHorse named(int index) {
    return base.named(index);
  }

  @Override
  public OptionalInt indexOf(String id) {
    return base.indexOf(id);
  }

  /** Those that have appeared. */
  @Override
  public Stream<NamedHorse> horses() {
    ChangingPopulation now = on(today());
    return IntStream.range(0, size()).filter(now::hasAppeared).mapToObj(this::named);
  }

  @Override
  public List<HorseRecord> runners(LocalDate day) {
    int now = today();
    List<HorseRecord> runners = on(now).runners(day.plusDays(now));
    runners.forEach(runner -> listed.add(runner.id()));
    return runners;
  }
}
