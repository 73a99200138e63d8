package studbook.simulator.population;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import studbook.simulator.population.random.SeededRandom;

/**
 * The horses of another population as days pass: the newest appear one after the other, values are
 * corrected, colts are gelded, and profiles vanish. The same day always has the same horses. Safe
 * for many threads.
 */
public final class ChangingPopulation implements Population {

  private static final int MAX_DAYS = 1 << 12;

  private final Population base;
  private final DailyChanges changes;
  private final SeededRandom random;
  private final IntSupplier today;

  /**
   * @param base has all horses, those that appear later at its end
   * @param today the number of the day, from 0 to 4,095; later days are the last one
   */
  public ChangingPopulation(Population base, DailyChanges changes, long seed, IntSupplier today) {
    this.base = base;
    this.changes = changes;
    this.random = new SeededRandom(seed);
    this.today = today;
  }

  /** Includes the horses that have not appeared yet. */
  @Override
  public int size() {
    return base.size();
  }

  @Override
  public NamedHorse named(int index) {
    return base.named(index);
  }

  @Override
  public OptionalInt indexOf(String id) {
    return base.indexOf(id);
  }

  @Override
  public HorseRecord horse(int index) {
    return on(today(), index, base.horse(index));
  }

  @Override
  public List<HorseRecord> runners(LocalDate day) {
    int now = today();
    return base.runners(day).stream()
        .map(runner -> on(now, base.indexOf(runner.id()).orElseThrow(), runner))
        .filter(runner -> runner.availability() == ProfileAvailability.DETAILED)
        .toList();
  }

  /** Whether the API has or had the horse by now. */
  public boolean hasAppeared(int index) {
    return hasAppeared(today(), index);
  }

  private boolean hasAppeared(int day, int index) {
    return index < base.size() - changes.reserved() + (long) day * changes.appearing();
  }

  private int today() {
    return Math.clamp(today.getAsInt(), 0, MAX_DAYS - 1);
  }

  private HorseRecord on(int day, int index, HorseRecord original) {
    if (!hasAppeared(day, index)) {
      return unavailable(original);
    }
    HorseRecord horse = original;
    boolean vanished = false;
    for (int past = 1; past <= day; past++) {
      long key = (long) index * MAX_DAYS + past;
      if (random.share("changed", key) < changes.changed()) {
        horse = changed(horse, index, key);
      }
      vanished |= random.share("vanished", key) < changes.vanished();
    }
    return vanished ? unavailable(horse) : horse;
  }

  private HorseRecord changed(HorseRecord horse, int index, long key) {
    LocalDate dob = horse.dob();
    if (dob != null && random.share("suspicious", key) < changes.suspicious()) {
      return with(horse, dob.minusYears(2), horse.sexCode(), horse.breeder(), horse.availability());
    }
    boolean entire = "C".equals(horse.sexCode()) || "H".equals(horse.sexCode());
    if (entire && random.share("gelded", key) < 0.5) {
      return with(horse, dob, "G", horse.breeder(), horse.availability());
    }
    return with(horse, dob, horse.sexCode(), otherBreeder(horse, index, key), horse.availability());
  }

  /** The breeder of another horse, as a correction would have it. */
  private @Nullable String otherBreeder(HorseRecord horse, int index, long key) {
    int start = random.below(base.size(), "breeder", key);
    for (int i = 0; i < base.size(); i++) {
      int other = (start + i) % base.size();
      String breeder = base.horse(other).breeder();
      if (other != index && breeder != null && !Objects.equals(breeder, horse.breeder())) {
        return breeder;
      }
    }
    return horse.breeder();
  }

  private static HorseRecord unavailable(HorseRecord horse) {
    return with(horse, horse.dob(), horse.sexCode(), horse.breeder(), ProfileAvailability.NONE);
  }

  private static HorseRecord with(
      HorseRecord horse,
      @Nullable LocalDate dob,
      @Nullable String sexCode,
      @Nullable String breeder,
      ProfileAvailability availability) {
    return new HorseRecord(
        horse.id(),
        horse.name(),
        horse.region(),
        dob,
        sexCode,
        horse.colour(),
        breeder,
        horse.sire(),
        horse.dam(),
        horse.damsire(),
        availability);
  }
}
