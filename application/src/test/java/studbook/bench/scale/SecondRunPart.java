package studbook.bench.scale;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import studbook.bench.environment.BenchEnvironment;
import studbook.bench.environment.Benchmark;
import studbook.bench.environment.ChildProcess;
import studbook.bench.environment.Measurement;
import studbook.bench.environment.Seconds;
import studbook.simulator.Simulator;
import studbook.simulator.SimulatorOptions;
import studbook.simulator.population.Population;
import studbook.simulator.population.SyntheticPopulation;
import studbook.text.HumanFormat;
import studbook.time.SystemTime;

/**
 * A run as a user's first one is, and the same as the second: all statistics are those of a
 * finished run, so the planner believes that the new run has no rows. The horses a second must be
 * the same.
 *
 * @param many horses of the largest database
 */
public record SecondRunPart(int many) implements Benchmark {

  private static final int[] SIZES = {111_430, 10_000_000};

  /** Long enough for steady work, at either size. */
  private static final int WORKED = 40_000;

  private static final Duration MAY_TAKE = Duration.ofMinutes(10);

  private static final String SETTLED =
      """
      SELECT COALESCE(sum(enriched + no_dob + basic + not_found + failed + already_filled + missing), 0)
      FROM studbook.chunk WHERE run_id = (SELECT max(run_id) FROM studbook.run)
      """;

  @Override
  public String name() {
    return "second";
  }

  @Override
  public List<Measurement> measure(BenchEnvironment workshop) throws InterruptedException {
    List<Measurement> figures = new ArrayList<>();
    for (int horses : SIZES) {
      if (horses <= many) {
        Population population = new SyntheticPopulation(1, horses);
        workshop.populate(population);
        double first = perSecond(workshop, population);
        finish(workshop);
        double second = perSecond(workshop, population);
        String of = " of " + HumanFormat.count(horses) + " horses: horses a second";
        figures.add(Measurement.known("first run" + of, Measurement.text("%,.0f", first)));
        figures.add(
            Measurement.atLeast("second run after ANALYZE" + of, "%,.0f", 0.9 * first, second));
      }
    }
    workshop.empty();
    return figures;
  }

  /** From the first completed horses to {@link #WORKED}, by the simulator in this process. */
  private static double perSecond(BenchEnvironment workshop, Population population)
      throws InterruptedException {
    SimulatorOptions options =
        SimulatorOptions.unlimited(BenchEnvironment.ACCOUNT, BenchEnvironment.ACCOUNT);
    try (Simulator simulator = Simulator.start(options, population);
        ChildProcess backfill =
            workshop.backfill(
                simulator.baseUri(), Map.of(), "--no-racecards", "--rate", "unlimited")) {
      long before = (long) workshop.number("SELECT COALESCE(max(run_id), 0) FROM studbook.run");
      backfill.peakUntil(
          "a run's first horses",
          MAY_TAKE,
          () ->
              workshop.number("SELECT COALESCE(max(run_id), 0) FROM studbook.run") > before
                  && workshop.number(SETTLED) > 0);
      double completed = workshop.number(SETTLED);
      long began = SystemTime.ticker().nanos();
      backfill.peakUntil(
          HumanFormat.count(WORKED) + " completed horses",
          MAY_TAKE,
          () -> workshop.number(SETTLED) >= WORKED);
      double perSecond = (workshop.number(SETTLED) - completed) / Seconds.since(began);
      backfill.kill();
      return perSecond;
    }
  }

  /**
   * Completes the rest of the run inside the database, clears the horses' columns again, and
   * updates the statistics, as the autovacuum would.
   */
  private static void finish(BenchEnvironment workshop) {
    workshop
        .jdbi()
        .useHandle(handle -> {
          handle.execute(
              """
              UPDATE studbook.work_item SET state = 'enriched', endpoint = 'pro', http_status = 200, request_count = 1,
                completed_at = clock_timestamp()
              WHERE state = 'pending'
              """);
          handle.execute(
              "UPDATE studbook.chunk SET open = false, enriched = horse_count WHERE open AND kind = 'horses'");
          handle.execute(
              "UPDATE studbook.run SET state = 'finished', ended_at = clock_timestamp()");
          handle.execute("UPDATE ra_horses SET dob = NULL WHERE dob IS NOT NULL");
          handle.execute("DELETE FROM ra_horse_pedigree");
          handle.execute(
              "DELETE FROM studbook.work_item WHERE state IN ('no_dob', 'basic', 'not_found')");
          handle.execute("VACUUM (ANALYZE)");
          handle.execute("CHECKPOINT");
        });
  }
}
