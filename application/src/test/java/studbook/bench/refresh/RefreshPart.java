package studbook.bench.refresh;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import studbook.bench.environment.BenchEnvironment;
import studbook.bench.environment.Benchmark;
import studbook.bench.environment.Measurement;
import studbook.bench.refresh.SimulatedYears.Night;
import studbook.simulator.population.Population;
import studbook.simulator.population.SyntheticPopulation;
import studbook.store.database.Database;
import studbook.store.table.RefreshIntervals;

/**
 * The requests that keep the reference population fresh, by a refresh each night on a virtual
 * clock, from the night after one backfill: the first year, in which the horses of that night are
 * due together, and the second, which is like all later ones.
 */
public record RefreshPart(RefreshIntervals intervals) implements Benchmark {

  private static final int HORSES = 111_430;
  private static final int YEAR = 365;
  private static final int YEARS = 2;
  private static final double HOUR = 2 * 3600;

  /** The population's cohorts repeat after a thousand days of races. */
  private static final LocalDate BACKFILL = LocalDate.of(2025, 12, 1);

  /** A refresh reads the racecards of yesterday and of tomorrow. */
  private static final int RACECARDS = 2 * YEAR;

  /** Every horse every six months. */
  private static final double BASELINE = 2.0 * HORSES;

  @Override
  public String name() {
    return "refresh";
  }

  @Override
  public List<Measurement> measure(BenchEnvironment workshop) {
    Population population = new SyntheticPopulation(1, HORSES);
    VirtualClock clock = new VirtualClock(workshop.jdbi());
    FilledPopulation.write(workshop, population, SimulatedYears.instant(BACKFILL), BACKFILL);
    List<Night> nights;
    try (Database database = workshop.connect(VirtualClock.SEARCH_PATH)) {
      nights =
          new SimulatedYears(population, intervals, database.jdbi(), clock)
              .run(BACKFILL.plusDays(1), YEARS * YEAR);
    }
    clock.remove();
    workshop.empty();
    List<Measurement> figures = new ArrayList<>();
    for (int year = 0; year < YEARS; year++) {
      figures.addAll(
          figures(
              "refresh, %s, year %d: ".formatted(text(intervals), year + 1),
              nights.subList(year * YEAR, (year + 1) * YEAR)));
    }
    return figures;
  }

  private static String text(RefreshIntervals intervals) {
    return "%d/%d/%d months"
        .formatted(
            intervals.raced().toTotalMonths(),
            intervals.others().toTotalMonths(),
            intervals.old().toTotalMonths());
  }

  private static List<Measurement> figures(String name, List<Night> nights) {
    long due = nights.stream().mapToLong(Night::due).sum();
    long requests = due + RACECARDS;
    double fullest = nights.stream().mapToLong(Night::due).max().orElseThrow() / HOUR;
    double late =
        nights.stream()
            .mapToDouble(night -> night.days() + night.due() / HOUR / 24)
            .max()
            .orElseThrow();
    return List.of(
        Measurement.atMost(
                name + "share of the requests of each horse every 6 months",
                "%.2f",
                0.5,
                requests / BASELINE)
            .with(
                String.format(
                    Locale.ROOT,
                    "%,d requests, %d of them racecards, which confirmed %,d times",
                    requests,
                    RACECARDS,
                    nights.stream().mapToLong(Night::raced).sum())),
        Measurement.below(
                name + "hours of an average day at 2/s", "%.2f h", 1, requests / HOUR / YEAR)
            .with(Measurement.text("fullest day %.2f h", fullest)),
        Measurement.atMost(
            name + "days between the end of a horse's interval and its confirmation, at most",
            "%.1f",
            0,
            late));
  }
}
