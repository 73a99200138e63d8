package studbook.bench.scale;

import java.util.List;
import org.jdbi.v3.core.Handle;
import studbook.bench.environment.BenchEnvironment;
import studbook.bench.environment.Benchmark;
import studbook.bench.environment.Measurement;
import studbook.bench.environment.Seconds;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.Pedigree;
import studbook.store.pedigree.PedigreeLoader;

/** A million horses of 25 years: loaded and ordered, and the ancestors of one by SQL. */
public record PedigreeLoadPart() implements Benchmark {

  private static final int HORSES = 1_000_000;
  private static final int REPETITIONS = 5;
  private static final int QUERIES = 51;

  @Override
  public String name() {
    return "load";
  }

  @Override
  public List<Measurement> measure(BenchEnvironment workshop) throws InterruptedException {
    workshop.empty();
    workshop.jdbi().useHandle(PedigreeLoadPart::fill);
    AnimalTable[] loaded = new AnimalTable[1];
    double[] loads =
        Seconds.times(
            REPETITIONS,
            () -> {
              loaded[0] = new PedigreeLoader(workshop.jdbi()).load();
              Pedigree.of(loaded[0].links());
            });
    double with = usedMegabytes();
    int animals = loaded[0].size();
    loaded[0] = null;
    double retained = with - usedMegabytes();
    double[] queries = new double[QUERIES];
    workshop
        .jdbi()
        .useHandle(handle -> {
          for (int i = 0; i < QUERIES; i++) {
            queries[i] = ancestors(handle, HORSES - i);
          }
        });
    workshop.empty();
    return List.of(
        Measurement.atMost(
                "load and order %d horses from PostgreSQL".formatted(animals),
                "%.2f s",
                3,
                Seconds.median(loads))
            .with("median of " + REPETITIONS),
        Measurement.atMost("memory of the loaded horses", "%.0f MB", 200, retained),
        Measurement.atMost(
                "studbook.ancestors, 5 generations of one horse",
                "%.1f ms",
                5,
                1e3 * Seconds.median(queries))
            .with("median of " + QUERIES));
  }

  /** Sires are some thousands of the last 12 crops, dams any mares of them. */
  private static void fill(Handle handle) {
    handle.execute(
        """
        INSERT INTO ra_horses (horse_id, name, sex_code, dob, colour_code)
        SELECT 'hrs_' || (400000 + i), initcap(translate(to_hex(i * 2654435761), '0123456789', 'ghijklmnop')) || ' Of Somewhere (IRE)',
               CASE i % 2 WHEN 0 THEN 'M' ELSE 'H' END, DATE '1998-02-01' + (i / 110)::integer, 'B'
        FROM generate_series(1::bigint, ?) i
        """,
        HORSES);
    handle.execute(
        """
        INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire, dam_id, dam, damsire_id, damsire)
        SELECT 'hrs_' || (400000 + i), 'sir_' || (400000 + sire), 'Sire ' || sire || ' (GB)', 'dam_' || (400000 + dam), 'Dam ' || dam || ' (IRE)',
               'dsi_' || (400000 + sire / 2 * 2 + 1), 'Damsire (USA)'
        FROM (SELECT i, ((i - 120000 - hashint8(i) % 50000) / 400) * 400 + 1 AS sire,
                     (i - 160000 - hashint8(i * 31) % 100000) / 2 * 2 AS dam
              FROM generate_series(300001::bigint, ?) i) born
        """,
        HORSES);
    handle.execute("VACUUM (ANALYZE) ra_horses, ra_horse_pedigree");
  }

  private static double ancestors(Handle handle, int horse) {
    long began = studbook.time.SystemTime.ticker().nanos();
    handle
        .createQuery("SELECT count(*) FROM studbook.ancestors(:horse, 5)")
        .bind("horse", "hrs_" + (400_000 + horse))
        .mapTo(Integer.class)
        .one();
    return Seconds.since(began);
  }

  private static double usedMegabytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / 1e6;
  }
}
