package studbook.bench.pedigree;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;
import studbook.bench.environment.BenchEnvironment;
import studbook.bench.environment.Benchmark;
import studbook.bench.environment.ChildProcess;
import studbook.bench.environment.Measurement;
import studbook.bench.environment.Seconds;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.Pedigree;
import studbook.store.pedigree.PedigreeLoader;
import studbook.text.HumanFormat;

/**
 * The pedigrees of simulated Thoroughbreds in a database: how long it takes to load and to order
 * them, what the SQL function of ancestors takes, and whole commands.
 *
 * @param horses of both tables
 */
public record PedigreeCommandsPart(int horses) implements Benchmark {

  private static final long SEED = 1;
  private static final int REPETITIONS = 5;

  /** Many stallions of the simulation are old; each of their foals is a finding. */
  private static final int FINDINGS = 1;

  private static final Map<String, String> LARGE_HEAP = Map.of("STUDBOOK_JAVA_OPTS", "-Xmx512m");

  private static final int YOUNGEST = 2025;
  private static final int SIRES = 500;
  private static final int GENERATIONS = 5;
  private static final int LOOKED_UP = 300;
  private static final Duration MAY_TAKE = Duration.ofMinutes(10);

  @Override
  public String name() {
    return "ancestry";
  }

  @Override
  public List<Measurement> measure(BenchEnvironment workshop) throws InterruptedException {
    fill(workshop);
    String of = HumanFormat.count(horses) + " horses in the database: ";
    List<Measurement> figures = new ArrayList<>();
    double[] loads =
        Seconds.times(
            REPETITIONS, () -> Pedigree.of(new PedigreeLoader(workshop.jdbi()).load().links()));
    figures.add(
        Measurement.atMost(of + "load and order", "%.2f s", 3, Seconds.median(loads))
            .with(Measurement.text("median of 5, first %.2f s", loads[0])));
    figures.add(
        Measurement.atMost(
            of + "memory of the loaded and ordered pedigree", "%.0f MB", 200, memory(workshop)));
    figures.add(
        Measurement.atMost(
            of + "studbook.ancestors of 5 generations, median of 300 horses",
            "%.1f ms",
            5,
            1e3 * ancestors(workshop)));
    String horse = "hrs_" + (horses - 1);
    figures.add(command(workshop, of, 0, "pedigree", "show", horse));
    figures.add(command(workshop, of, 0, "pedigree", "inbreeding", horse));
    figures.add(command(workshop, of, 0, "pedigree", "lines", horse));
    figures.add(command(workshop, of, 0, "pedigree", "population"));
    figures.add(command(workshop, of, LARGE_HEAP, FINDINGS, "pedigree", "check"));
    figures.add(command(workshop, of, 0, "pedigree", "inbreeding", "--all"));
    figures.add(command(workshop, of, 0, "pedigree", "inbreeding", "--all"));
    Path sires = list(workshop, "sires.txt", 0);
    Path dams = list(workshop, "dams.txt", 1);
    figures.add(
        command(
            workshop,
            of,
            0,
            "pedigree",
            "mating",
            "--sires",
            sires.toString(),
            "--dams",
            dams.toString()));
    workshop.empty();
    return figures;
  }

  /** In 10^6 bytes, after a collection. */
  private static double memory(BenchEnvironment workshop) {
    long before = usedBytes();
    AnimalTable table = new PedigreeLoader(workshop.jdbi()).load();
    Pedigree pedigree = Pedigree.of(table.links());
    double used = (usedBytes() - before) / 1e6;
    if (pedigree.size() != table.size()) {
      throw new IllegalStateException("horses are missing");
    }
    return used;
  }

  private static long usedBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private void fill(BenchEnvironment workshop) {
    workshop.empty();
    ParentLinks links = ThoroughbredPedigree.of(horses, SEED);
    workshop
        .jdbi()
        .useHandle(handle -> {
          copy(
              handle,
              "COPY ra_horses (horse_id, name, sex_code, dob) FROM STDIN",
              horse ->
                  "hrs_%d\tHorse %d\t%s\t%d-03-01\n"
                      .formatted(
                          horse,
                          horse,
                          horse % 2 == 0 ? "H" : "M",
                          ThoroughbredPedigree.birthYear(horse, horses, YOUNGEST)));
          copy(
              handle,
              "COPY ra_horse_pedigree (horse_id, sire_id, sire, dam_id, dam) FROM STDIN",
              horse ->
                  "hrs_%d\t%s\t%s\n"
                      .formatted(
                          horse,
                          parent("sir_", links.sire(horse)),
                          parent("dam_", links.dam(horse))));
          handle.execute("VACUUM ANALYZE ra_horses, ra_horse_pedigree");
        });
  }

  private static String parent(String prefix, int parent) {
    return parent == ParentLinks.UNKNOWN
        ? "\\N\t\\N"
        : "%s%d\tHorse %d".formatted(prefix, parent, parent);
  }

  private interface Row {
    String of(int horse);
  }

  private void copy(Handle handle, String statement, Row row) {
    Connection connection = handle.getConnection();
    try (BufferedWriter rows =
        new BufferedWriter(
            new OutputStreamWriter(
                new PGCopyOutputStream(connection.unwrap(PGConnection.class), statement),
                StandardCharsets.UTF_8))) {
      for (int horse = 0; horse < horses; horse++) {
        rows.write(row.of(horse));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the horses cannot be loaded", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private double ancestors(BenchEnvironment workshop) throws InterruptedException {
    int[] some = new Random(SEED).ints(LOOKED_UP, horses / 2, horses).toArray();
    double[] seconds = new double[some.length];
    for (int i = 0; i < some.length; i++) {
      String horse = "hrs_" + some[i];
      seconds[i] =
          Seconds.of(() ->
              workshop
                  .jdbi()
                  .useHandle(handle ->
                      handle
                          .createQuery("SELECT * FROM studbook.ancestors(:horse, :generations)")
                          .bind("horse", horse)
                          .bind("generations", GENERATIONS)
                          .mapToMap()
                          .list()));
    }
    return Seconds.median(seconds);
  }

  /** Of the last crops. */
  private Path list(BenchEnvironment workshop, String name, int sex) {
    String ids =
        IntStream.range(horses - 20 * SIRES, horses)
            .filter(horse -> horse % 2 == sex)
            .limit(SIRES)
            .mapToObj(horse -> "hrs_" + horse + "\n")
            .collect(Collectors.joining());
    try {
      return Files.writeString(workshop.folder().resolve(name), ids);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Measurement command(
      BenchEnvironment workshop, String of, int code, String... arguments)
      throws InterruptedException {
    return command(workshop, of, Map.of(), code, arguments);
  }

  private static Measurement command(
      BenchEnvironment workshop,
      String of,
      Map<String, String> environment,
      int code,
      String... arguments)
      throws InterruptedException {
    OptionalLong[] memory = new OptionalLong[1];
    double seconds =
        Seconds.of(() -> {
          try (ChildProcess running = workshop.studbook(environment, arguments)) {
            memory[0] = running.peakUntil("the end of it", MAY_TAKE, () -> false);
            running.endsWith(code, MAY_TAKE);
          }
        });
    String shown =
        String.join(" ", arguments).replaceAll("hrs_\\d+", "HORSE").replaceAll("/\\S+/", "");
    return Measurement.known(of + shown + ", whole process", Measurement.text("%.2f s", seconds))
        .with(memory[0].isPresent() ? "resident " + memory[0].getAsLong() + " MB" : "");
  }
}
