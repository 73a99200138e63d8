package studbook.bench.environment;

import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;
import studbook.embeddedpg.EmbeddedServer;
import studbook.security.Secret;
import studbook.simulator.population.NamedHorse;
import studbook.simulator.population.Population;
import studbook.store.connection.DatabaseAddress;
import studbook.store.database.Database;
import studbook.store.database.Schema;

/**
 * The environment of measurements: a folder, an embedded PostgreSQL as users have it, durable,
 * running from open to close, and the program's processes. Closing ends everything that it started
 * and removes the folder.
 */
public final class BenchEnvironment implements AutoCloseable {

  public static final String ACCOUNT = "simulator";

  /** The launcher's own. */
  public static final List<String> JAVA_OPTIONS =
      List.of(
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+ExitOnOutOfMemoryError",
          "-Djdk.httpclient.redirects.retrylimit=1");

  /** A migration takes three at once. */
  private static final int CONNECTIONS = 4;

  private static final Duration SIMULATOR_MAY_TAKE = Duration.ofSeconds(30);
  private static final Pattern BASE_URL = Pattern.compile("RACING_API_BASE_URL=(\\S+)");

  private final Path root;
  private final Path folder;
  private final EmbeddedServer server;
  private final Database database;
  private final List<ChildProcess> processes = new CopyOnWriteArrayList<>();
  private final AtomicInteger outputs = new AtomicInteger();

  private BenchEnvironment(Path root, Path folder, EmbeddedServer server, Database database) {
    this.root = root;
    this.folder = folder;
    this.server = server;
    this.database = database;
  }

  /**
   * Starts a server for one benchmark.
   *
   * @param root the project's folder; the workshop is below its target, on a real disk
   */
  public static BenchEnvironment open(Path root) throws IOException {
    Path folder =
        Files.createTempDirectory(Files.createDirectories(root.resolve("target")), "bench-");
    EmbeddedServer server = EmbeddedServer.join(folder.resolve("home"), System.err::println);
    BenchEnvironment workshop =
        new BenchEnvironment(root, folder, server, connect(server, server.jdbcUrl()));
    try {
      new Schema(workshop.database).migrateIfNeeded();
      return workshop;
    } catch (RuntimeException e) {
      workshop.close();
      throw e;
    }
  }

  private static Database connect(EmbeddedServer server, String jdbcUrl) {
    return Database.open(
        new DatabaseAddress(
            jdbcUrl,
            Secret.of(server.username()),
            Optional.of(Secret.of(server.password())),
            "the embedded PostgreSQL"),
        CONNECTIONS);
  }

  /** More connections, which search these schemas. */
  public Database connect(String searchPath) {
    String url = server.jdbcUrl();
    return connect(server, url + (url.contains("?") ? "&" : "?") + "currentSchema=" + searchPath);
  }

  public Path folder() {
    return folder;
  }

  public Jdbi jdbi() {
    return database.jdbi();
  }

  /** Empties all tables. */
  public void empty() {
    jdbi()
        .useHandle(handle -> {
          handle.execute(
              """
              TRUNCATE ra_horses, ra_horse_pedigree, studbook.worker, studbook.run, studbook.run_event,
                       studbook.work_item, studbook.chunk, studbook.error, studbook.rate_limit,
                       studbook.run_sample, studbook.run_field, studbook.racecard_day, studbook.cached_profile,
                       studbook.confirmation, studbook.change, studbook.review, studbook.ancestor,
                       studbook.pedigree_figures
              """);
          handle.execute("CHECKPOINT");
        });
  }

  /** Empties all tables and puts the bare horses of {@code population} in. */
  public void populate(Population population) {
    populate(rows -> write(population, rows));
  }

  /** Empties all tables and puts these horses in. */
  public void populate(Stream<NamedHorse> horses) {
    populate(rows -> {
      for (Iterator<NamedHorse> each = horses.iterator(); each.hasNext(); ) {
        write(each.next(), rows);
      }
    });
  }

  /** Empties all tables and puts horses with these ids in. */
  public void populate(Collection<String> ids) {
    populate(rows -> {
      for (String id : ids) {
        rows.write(id + ",Somebody\n");
      }
    });
  }

  private interface Rows {
    void write(BufferedWriter rows) throws IOException;
  }

  private void populate(Rows horses) {
    empty();
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      try (BufferedWriter rows =
          new BufferedWriter(
              new OutputStreamWriter(
                  new PGCopyOutputStream(
                      connection.unwrap(PGConnection.class),
                      "COPY ra_horses (horse_id, name) FROM STDIN (FORMAT csv)"),
                  StandardCharsets.UTF_8))) {
        horses.write(rows);
      }
      statement.execute("ANALYZE ra_horses");
      statement.execute("CHECKPOINT");
    } catch (SQLException e) {
      throw new IllegalStateException("the horses cannot be loaded", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes id and name of every horse as CSV. */
  public static void write(Population population, BufferedWriter rows) throws IOException {
    for (int index = 0; index < population.size(); index++) {
      write(population.named(index), rows);
    }
  }

  private static void write(NamedHorse horse, BufferedWriter rows) throws IOException {
    rows.write(horse.id());
    rows.write(",\"");
    rows.write(horse.name());
    rows.write("\"\n");
  }

  /** A value that a query gives. */
  public double number(String query) {
    return jdbi().withHandle(handle -> handle.createQuery(query).mapTo(Double.class).one());
  }

  /** Starts {@code studbook} as a user does, by the launcher. */
  public ChildProcess studbook(String... arguments) {
    return studbook(Map.of(), arguments);
  }

  public ChildProcess studbook(Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(root.resolve("studbook").toString());
    command.addAll(List.of(arguments));
    return start(command, environment);
  }

  /** Starts {@code studbook backfill} against an API. */
  public ChildProcess backfill(URI api, Map<String, String> environment, String... arguments) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(account(api));
    List<String> words = new ArrayList<>(List.of("backfill", "--non-interactive"));
    words.addAll(List.of(arguments));
    return studbook(all, words.toArray(String[]::new));
  }

  /** The environment that names an API and the account there. */
  public static Map<String, String> account(URI api) {
    return Map.of(
        "RACING_API_BASE_URL", api.toString(),
        "RACING_API_USERNAME", ACCOUNT,
        "RACING_API_PASSWORD", ACCOUNT);
  }

  /** A simulator in its own process. */
  public record Api(ChildProcess running, URI base) implements AutoCloseable {
    @Override
    public void close() {
      running.close();
    }
  }

  public Api simulator(int horses) throws InterruptedException {
    ChildProcess running =
        studbook("simulate", "--horses", Integer.toString(horses), "--rate", "unlimited");
    Waiting.until(
        "the simulator", SIMULATOR_MAY_TAKE, () -> BASE_URL.matcher(running.output()).find());
    Matcher matcher = BASE_URL.matcher(running.output());
    if (!matcher.find()) {
      throw new IllegalStateException("the simulator names no address");
    }
    return new Api(running, URI.create(matcher.group(1)));
  }

  /** Java with the launcher's options. */
  public List<String> java(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JAVA_OPTIONS);
    command.addAll(List.of(arguments));
    return command;
  }

  /** Starts a command in the environment's folder, without the user's settings. */
  public ChildProcess start(List<String> command, Map<String, String> environment) {
    Path output = folder.resolve("output-" + outputs.incrementAndGet() + ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(output.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name ->
            name.startsWith("RACING_API_")
                || name.equals("STUDBOOK_HOME")
                || name.equals("DATABASE_URL")
                || name.startsWith("SUPABASE_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("STUDBOOK_HOME", folder.resolve("home").toString());
    builder.environment().putAll(environment);
    try {
      ChildProcess running = new ChildProcess(builder.start(), output);
      processes.add(running);
      return running;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    processes.forEach(ChildProcess::close);
    database.close();
    server.close();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
