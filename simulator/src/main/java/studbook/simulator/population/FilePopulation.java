package studbook.simulator.population;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import studbook.simulator.population.random.SeededRandom;

/**
 * Horses of a CSV file, all with a detailed profile; 45% are on racecards. The whole file is in
 * memory.
 */
public final class FilePopulation implements Population {

  private static final double SHARE = 0.45;

  private final List<HorseRecord> horses;
  private final Map<String, Integer> indexes = new HashMap<>();
  private final RunnerSchedule schedule;

  private FilePopulation(List<HorseRecord> horses) {
    this.horses = List.copyOf(horses);
    for (int index = 0; index < horses.size(); index++) {
      indexes.put(horses.get(index).id(), index);
    }
    this.schedule = fixtures();
  }

  /**
   * Reads a file with the column {@code horse_id} and any of {@code name, sex_code, dob,
   * colour_code, region, sire_id, sire, dam_id, dam, damsire_id, damsire, breeder}, in any order.
   *
   * @throws IllegalArgumentException with the first invalid line
   * @throws java.io.UncheckedIOException if the file cannot be read
   */
  public static FilePopulation read(Path file) {
    return new FilePopulation(new HorseFile(file).read());
  }

  @Override
  public int size() {
    return horses.size();
  }

  @Override
  public HorseRecord horse(int index) {
    return horses.get(index);
  }

  @Override
  public NamedHorse named(int index) {
    return new NamedHorse(horse(index).id(), horse(index).fullName());
  }

  @Override
  public OptionalInt indexOf(String id) {
    Integer index = indexes.get(id);
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  @Override
  public List<HorseRecord> runners(LocalDate day) {
    return schedule.runners(day, this::horse);
  }

  private RunnerSchedule fixtures() {
    SeededRandom random = new SeededRandom(0);
    int[] racing =
        IntStream.range(0, size()).filter(index -> random.share("racing", index) < SHARE).toArray();
    Map<Integer, int[]> byYear = new TreeMap<>();
    IntStream.of(racing)
        .map(this::year)
        .distinct()
        .forEach(year ->
            byYear.put(year, IntStream.of(racing).filter(index -> year(index) == year).toArray()));
    RunnerSchedule.Builder builder = new RunnerSchedule.Builder(random);
    byYear.forEach((year, members) -> {
      if (year < RunnerSchedule.FIRST_YOUNG_YEAR) {
        builder.old(rank -> members[rank], members.length);
      } else {
        builder.young(year, rank -> members[rank], members.length);
      }
    });
    return builder.build();
  }

  /** The year of birth; all horses that could race on the first day count as one year. */
  private int year(int index) {
    LocalDate dob = horse(index).dob();
    int oldest = RunnerSchedule.FIRST_YOUNG_YEAR - 1;
    return dob == null ? oldest : Math.max(oldest, dob.getYear());
  }
}
