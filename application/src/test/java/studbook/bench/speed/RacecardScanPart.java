package studbook.bench.speed;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import studbook.bench.environment.BenchEnvironment;
import studbook.bench.environment.Benchmark;
import studbook.bench.environment.ChildProcess;
import studbook.bench.environment.Measurement;
import studbook.bench.environment.Seconds;
import studbook.bench.environment.Waiting;

/**
 * Horses a second through the scan without a limit, from body to committed row, every runner wanted
 * and days rendered beforehand; beside it the same days read and decoded only, in turns. A scan's
 * time is that of the database: from the event {@code planned} to its last day.
 */
public record RacecardScanPart() implements Benchmark {

  private static final int DAYS = 100;
  private static final int PAIRS = 3;
  private static final Duration MAY_TAKE = Duration.ofMinutes(5);

  @Override
  public String name() {
    return "racecards";
  }

  @Override
  public List<Measurement> measure(BenchEnvironment workshop)
      throws IOException, InterruptedException {
    double[] scans = new double[PAIRS];
    double[] bares = new double[PAIRS];
    try (RenderedDays days = RenderedDays.render(workshop.folder().resolve("days"), DAYS)) {
      for (int pair = 0; pair < PAIRS; pair++) {
        scans[pair] = scan(workshop, days);
        bares[pair] = bare(workshop, days);
      }
      String of =
          String.format(
              Locale.ROOT,
              "median of %d, %,d horses on %d days of %.1f MB",
              PAIRS,
              days.horses().size(),
              DAYS,
              days.bytes() / 1e6 / DAYS);
      return List.of(
          Measurement.atLeast(
                  "racecard scan, unlimited: horses a second, body to committed row",
                  "%,.0f",
                  10_000,
                  Seconds.median(scans))
              .with(of + ": " + all(scans)),
          Measurement.known(
              "racecard scan, unlimited: the same days read and decoded only",
              Measurement.text("%,.0f", Seconds.median(bares)) + " (" + all(bares) + ")"));
    }
  }

  private static String all(double[] values) {
    return Arrays.stream(values)
        .mapToObj(value -> Measurement.text("%.0f", value))
        .collect(Collectors.joining(" "));
  }

  private static double scan(BenchEnvironment workshop, RenderedDays days)
      throws InterruptedException {
    workshop.populate(days.horses());
    try (ChildProcess backfill =
        workshop.backfill(
            days.base(),
            Map.of(),
            "--rate",
            "unlimited",
            "--racecards-since",
            RenderedDays.FIRST.toString(),
            "--racecards-until",
            days.last().toString())) {
      Waiting.until(
          "the last day",
          MAY_TAKE,
          () ->
              !backfill.isAlive()
                  || workshop.number("SELECT count(*) FROM studbook.racecard_day") == DAYS);
      backfill.kill();
    }
    return workshop.number("SELECT sum(horses_completed) FROM studbook.racecard_day")
        / workshop.number(
            """
            SELECT extract(epoch FROM max(d.read_at) - max(e.occurred_at))
            FROM studbook.racecard_day d, studbook.run_event e WHERE e.event = 'planned'
            """);
  }

  private static double bare(BenchEnvironment workshop, RenderedDays days)
      throws InterruptedException {
    List<String> command =
        workshop.java(
            "-cp",
            System.getProperty("java.class.path"),
            BaselineDays.class.getName(),
            days.base().toString(),
            RenderedDays.FIRST.toString(),
            days.last().toString());
    try (ChildProcess bare = workshop.start(command, Map.of())) {
      bare.endsWith(0, MAY_TAKE);
      return days.horses().size() / Double.parseDouble(bare.output().strip());
    }
  }
}
