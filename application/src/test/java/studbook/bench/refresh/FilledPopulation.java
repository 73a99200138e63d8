package studbook.bench.refresh;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import studbook.bench.environment.BenchEnvironment;
import studbook.simulator.population.HorseRecord;
import studbook.simulator.population.Population;

/** The tables as a backfill leaves them: every horse was confirmed in one night. */
final class FilledPopulation {

  private static final int BATCH = 5_000;

  private FilledPopulation() {}

  /** Fills the empty tables with {@code population}, confirmed at {@code now}. */
  static void write(
      BenchEnvironment workshop, Population population, Instant now, LocalDate today) {
    workshop.empty();
    Map<String, LocalDate> raced = new HashMap<>();
    for (LocalDate day = today.minusMonths(12); day.isBefore(today); day = day.plusDays(1)) {
      for (HorseRecord runner : population.runners(day)) {
        raced.put(runner.id(), day);
      }
    }
    for (int first = 0; first < population.size(); first += BATCH) {
      List<HorseRecord> horses =
          IntStream.range(first, Math.min(population.size(), first + BATCH))
              .mapToObj(population::horse)
              .toList();
      workshop.jdbi().useTransaction(handle -> write(handle, horses, now, raced));
    }
    workshop
        .jdbi()
        .useHandle(handle -> handle.execute("VACUUM (ANALYZE) ra_horses, studbook.confirmation"));
  }

  private static void write(
      Handle handle, List<HorseRecord> horses, Instant now, Map<String, LocalDate> raced) {
    handle
        .createUpdate(
            """
            WITH given AS (
              SELECT g.horse_id, g.name, NULLIF(g.dob, '')::date AS dob, NULLIF(g.raced, '')::date AS raced
              FROM unnest(:ids, :names, :births, :raced) g (horse_id, name, dob, raced)
            ), written AS (
              INSERT INTO ra_horses (horse_id, name, dob) SELECT horse_id, name, dob FROM given
            )
            INSERT INTO studbook.confirmation (horse_id, confirmed_at, source, racecard_date)
            SELECT horse_id, :now, 'pro', raced FROM given
            """)
        .bindArray("ids", String.class, texts(horses, HorseRecord::id))
        .bindArray("names", String.class, texts(horses, HorseRecord::name))
        .bindArray(
            "births", String.class, texts(horses, horse -> Objects.toString(horse.dob(), "")))
        .bindArray(
            "raced",
            String.class,
            texts(horses, horse -> Objects.toString(raced.get(horse.id()), "")))
        .bind("now", now)
        .execute();
  }

  private static List<String> texts(List<HorseRecord> horses, Function<HorseRecord, String> value) {
    return horses.stream().map(value).toList();
  }
}
