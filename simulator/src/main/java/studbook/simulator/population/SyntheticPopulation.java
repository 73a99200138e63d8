package studbook.simulator.population;

import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import studbook.simulator.population.name.NameGenerator;
import studbook.simulator.population.random.IdPermutation;
import studbook.simulator.population.random.SeededRandom;
import studbook.simulator.population.random.WeightedChoice;

/**
 * Invented horses over five decades, each computed from the seed and its index on demand: ten
 * million need no more memory than ten. Sire and dam are older horses of the same population, the
 * damsire is the dam's sire; 2% have no parents, 2% no detailed profile, 0.2% no date of birth, and
 * about 45% are on racecards.
 */
public final class SyntheticPopulation implements Population {

  private static final int LARGEST = 100_000_000;
  private static final long LOWEST_NUMBER = 400_000;

  /** The year in which sex codes are valid; fixed, so that no clock matters. */
  private static final int REFERENCE_YEAR = 2026;

  private static final WeightedChoice COLOURS =
      new WeightedChoice("b 68, ch 15, gr 6, br 5, b/br 3, bl 1, ro 0.5, gr/ro 0.5, ch/gr 0.2");

  private final int size;
  private final SeededRandom random;
  private final IdPermutation ids;
  private final NameGenerator nameGenerator;
  private final BirthYears birthYears;
  private final Lineage lineage;
  private final RunnerSchedule schedule;

  /**
   * @throws IllegalArgumentException unless there are 1 to 100,000,000 horses
   */
  public SyntheticPopulation(long seed, int size) {
    this(seed, size, LOWEST_NUMBER);
  }

  SyntheticPopulation(long seed, int size, long lowestNumber) {
    this(seed, size, lowestNumber, OptionalInt.empty());
  }

  private SyntheticPopulation(long seed, int size, long lowestNumber, OptionalInt season) {
    if (size < 1 || size > LARGEST) {
      throw new IllegalArgumentException("not a population of 1 to 100000000 horses: " + size);
    }
    this.size = size;
    this.random = new SeededRandom(seed);
    this.ids = new IdPermutation(lowestNumber, size, random);
    this.nameGenerator = new NameGenerator(random);
    this.birthYears = new BirthYears(size);
    this.lineage = new Lineage(birthYears, random);
    this.schedule = season.isPresent() ? fixtures(season.getAsInt()) : fixtures();
  }

  /**
   * The same horses, but all that race begin within every {@code days} days: many run on each day,
   * so a few days of racecards contain most of them.
   */
  public static SyntheticPopulation racingWithin(int days, long seed, int size) {
    return new SyntheticPopulation(seed, size, LOWEST_NUMBER, OptionalInt.of(days));
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public OptionalInt indexOf(String id) {
    return ids.indexOf(id);
  }

  @Override
  public NamedHorse named(int index) {
    return new NamedHorse(
        ids.id(index),
        HorseRecord.suffixed(nameGenerator.name(index), nameGenerator.region(index)));
  }

  @Override
  public HorseRecord horse(int index) {
    OptionalInt dam = lineage.dam(index);
    return new HorseRecord(
        ids.id(index),
        nameGenerator.name(index),
        nameGenerator.region(index),
        random.share("no dob", index) < 0.002 ? null : dob(index),
        sexCode(index),
        COLOURS.at(random.share("colour", index)),
        nameGenerator.breeder(index),
        relative(lineage.sire(index)),
        relative(dam),
        dam.isPresent() ? relative(lineage.sire(dam.getAsInt())) : null,
        coverage(index));
  }

  @Override
  public List<HorseRecord> runners(LocalDate day) {
    return schedule.runners(day, this::horse);
  }

  /** The index of the first horse born in {@code year} or later. */
  int firstBornIn(int year) {
    return birthYears.start(year);
  }

  private @Nullable ParentRef relative(OptionalInt parent) {
    if (parent.isEmpty()) {
      return null;
    }
    int index = parent.getAsInt();
    return new ParentRef(ids.number(index), nameGenerator.name(index), nameGenerator.region(index));
  }

  private ProfileAvailability coverage(int index) {
    double share = random.share("coverage", index);
    if (share >= 0.02) {
      return ProfileAvailability.DETAILED;
    }
    return share < 0.004 ? ProfileAvailability.NONE : ProfileAvailability.BASIC;
  }

  private String sexCode(int index) {
    boolean young = REFERENCE_YEAR - birthYears.yearOf(index) <= 4;
    if (!lineage.isMale(index)) {
      return young ? "F" : "M";
    }
    double share = random.share("gelded", index);
    if (share < 0.7 && !lineage.isStallion(index)) {
      return share < 0.001 ? "R" : "G";
    }
    return young ? "C" : "H";
  }

  /**
   * A day in spring, in the southern spring for southern countries; for many old horses only the
   * year.
   */
  private LocalDate dob(int index) {
    int year = birthYears.yearOf(index);
    if (year < 1990 && random.share("year only", index) < 0.3) {
      return LocalDate.of(year, 1, 1);
    }
    boolean south =
        switch (nameGenerator.region(index)) {
          case "AUS", "NZ", "SAF", "ARG", "BRZ" -> true;
          default -> false;
        };
    double middle = (random.share("dob", index) + random.share("dob again", index)) / 2;
    return LocalDate.ofYearDay(year, (south ? 213 : 15) + (int) (middle * 140));
  }

  /**
   * The youngest part of the population races; horses born from 2021 on wait until they are two.
   */
  private RunnerSchedule fixtures() {
    int first = firstRacer();
    int young = Math.max(first, birthYears.start(RunnerSchedule.FIRST_YOUNG_YEAR));
    RunnerSchedule.Builder builder =
        new RunnerSchedule.Builder(random).old(rank -> first + rank, young - first);
    for (int year = RunnerSchedule.FIRST_YOUNG_YEAR; birthYears.start(year) < size; year++) {
      int start = Math.max(first, birthYears.start(year));
      builder.young(year, rank -> start + rank, birthYears.start(year + 1) - start);
    }
    return builder.build();
  }

  private RunnerSchedule fixtures(int season) {
    int first = firstRacer();
    return new RunnerSchedule.Builder(random)
        .season(rank -> first + rank, size - first, season)
        .build();
  }

  private int firstRacer() {
    return size - (int) Math.round(size * RunnerSchedule.SHARE);
  }
}
