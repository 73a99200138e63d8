package studbook.faults.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import studbook.cli.fixture.CliRunner;
import studbook.cli.fixture.CliRunner.Result;
import studbook.crashtest.CrashPoint;
import studbook.faults.invariant.AllowedDeviations;
import studbook.faults.invariant.ArrivalStalls;
import studbook.faults.invariant.Invariants;
import studbook.faults.invariant.OutputScanner;
import studbook.faults.invariant.UserTables;
import studbook.faults.invariant.WorkItemSnapshot;
import studbook.simulator.Latency;
import studbook.simulator.Simulator;
import studbook.simulator.SimulatorOptions;
import studbook.simulator.http.SimulatedEndpoint;
import studbook.simulator.population.Population;
import studbook.simulator.population.ProfileAvailability;
import studbook.simulator.population.SyntheticPopulation;
import studbook.store.TestDatabase;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The environment of a fault test: a simulated API, a user's tables in a database, and processes.
 * Closing ends every process that was started here.
 */
public final class FaultTestEnvironment implements AutoCloseable {

  public final Simulator simulator;
  public final CliRunner cli;
  public final DatabaseLocation database;

  private final Population population;
  private final ArrivalStalls stalls = ArrivalStalls.start();
  private final Runnable ending;
  private final UserTables before;
  private final List<WorkerProcess> processes = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> requestsBefore = new HashMap<>();

  private FaultTestEnvironment(
      Population population,
      Path folder,
      SimulatorOptions options,
      DatabaseLocation database,
      Runnable ending) {
    this.population = population;
    this.database = database;
    this.ending = ending;
    this.simulator = Simulator.start(options, population);
    this.cli = new CliRunner(folder).asking(simulator);
    reach(database);
    UserTables.make(jdbi(), population);
    this.before = UserTables.look(jdbi());
  }

  /** In a database of the tests' server. */
  public static FaultTestEnvironment open(int horses, Path folder, SimulatorOptions options) {
    return open(synthetic(horses), folder, options);
  }

  /** In a database of the tests' server, with the caller's horses at the API. */
  public static FaultTestEnvironment open(
      Population population, Path folder, SimulatorOptions options) {
    TestDatabase database = TestDatabase.fresh();
    return new FaultTestEnvironment(
        population, folder, options, DatabaseLocation.of(database), database::close);
  }

  static Population synthetic(int horses) {
    return new SyntheticPopulation(11, horses);
  }

  public static FaultTestEnvironment open(int horses, Path folder) {
    return open(horses, folder, options());
  }

  /** In a database of the test's own. */
  public static FaultTestEnvironment open(
      int horses, Path folder, SimulatorOptions options, DatabaseLocation database) {
    return new FaultTestEnvironment(synthetic(horses), folder, options, database, () -> {});
  }

  /** An API with a latency of some 30 ms, so that a few requests are always in flight. */
  public static SimulatorOptions options() {
    return SimulatorOptions.unlimited(CliRunner.USERNAME, CliRunner.PASSWORD)
        .withLatency(new Latency(Duration.ofMillis(30), Duration.ofMillis(10)));
  }

  /** From now on processes reach the database by this address. */
  public FaultTestEnvironment reach(DatabaseLocation address) {
    cli.with("DATABASE_URL", address.url());
    return this;
  }

  /** Bypasses proxies between the processes and the database. */
  public Jdbi jdbi() {
    return database.jdbi();
  }

  public long count(String query) {
    return jdbi().withHandle(handle -> handle.select(query).mapTo(Long.class).one());
  }

  public void sql(String statement) {
    jdbi().useHandle(handle -> handle.execute(statement));
  }

  /** Ends the sessions that processes have; returns how many they were. */
  public long killSessions() {
    return count(
        """
        SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'studbook'
        """);
  }

  public long arrivals() {
    return simulator.statistics().arrivals();
  }

  public long completed() {
    return count("SELECT count(*) FROM studbook.work_item WHERE state <> 'pending'");
  }

  /**
   * Horses with a detailed profile that was asked for and is not completed. One that was not found
   * is completed only once the answers after it tell that 404s can be believed.
   */
  public List<String> askedForInVain() {
    return pendingHorses().stream()
        .filter(horse -> simulator.statistics().requestCount(SimulatedEndpoint.PRO, horse) > 0)
        .filter(horse ->
            population.horse(horse).orElseThrow().availability() == ProfileAvailability.DETAILED)
        .toList();
  }

  /**
   * Requests since the last call for horses without an outcome: in flight, or answered and not
   * committed, when a process died. They may be repeated.
   */
  public long lostRequests() {
    Map<String, Integer> now = new HashMap<>();
    for (String horse : pendingHorses()) {
      now.put(
          horse,
          simulator.statistics().requestCount(SimulatedEndpoint.PRO, horse)
              + simulator.statistics().requestCount(SimulatedEndpoint.STANDARD, horse));
    }
    long lost =
        now.entrySet().stream()
            .mapToLong(horse -> horse.getValue() - requestsBefore.getOrDefault(horse.getKey(), 0))
            .sum();
    requestsBefore.putAll(now);
    return lost;
  }

  private List<String> pendingHorses() {
    return jdbi()
        .withHandle(handle ->
            handle
                .select("SELECT horse_id FROM studbook.work_item WHERE state = 'pending'")
                .mapTo(String.class)
                .list());
  }

  public String runState() {
    return jdbi()
        .withHandle(handle ->
            handle
                .select("SELECT state FROM studbook.run ORDER BY run_id DESC LIMIT 1")
                .mapTo(String.class)
                .one());
  }

  /** Whether the database does not answer, or says that the run is paused. */
  public boolean isPaused() {
    try {
      return runState().equals("paused");
    } catch (JdbiException e) {
      return true;
    }
  }

  /** The processes that {@code workers --json} lists. */
  public List<JsonNode> workers() {
    Result result = cli.run("workers", "--json");
    List<JsonNode> workers = new ArrayList<>();
    JsonMapper.shared().readTree(result.out()).get("workers").forEach(workers::add);
    return workers;
  }

  /** The causes of the run's pauses in order. */
  public List<String> pauses() {
    return jdbi()
        .withHandle(handle ->
            handle
                .select(
                    "SELECT cause FROM studbook.run_event WHERE event = 'paused' ORDER BY occurred_at")
                .mapTo(String.class)
                .list());
  }

  /** Waits for this many requests. */
  public void awaitArrivals(long many) throws InterruptedException {
    Await.until(many + " requests", () -> arrivals() >= many);
  }

  /**
   * Waits for a time without requests: those that were granted before may still arrive. Fails if
   * requests keep arriving for five seconds.
   *
   * @param span how long that time is
   * @param probes how many requests may arrive in it
   */
  public void assertThatRequestsCease(Duration span, int probes) throws InterruptedException {
    Await.quiet("requests", span, probes, this::arrivals);
  }

  /**
   * Starts a command in this JVM, on its own thread: the common pool is the HTTP client's. It fails
   * with the state of the run if it has not ended after a minute and a half.
   */
  public CompletableFuture<Result> startHere(String... arguments) {
    CompletableFuture<Result> result = new CompletableFuture<>();
    Thread thread = new Thread(() -> result.completeAsync(() -> cli.run(arguments), Runnable::run));
    thread.setDaemon(true);
    thread.start();
    return result
        .orTimeout(90, TimeUnit.SECONDS)
        .exceptionallyAsync(
            error -> {
              throw new AssertionError(String.join(" ", arguments) + ": " + describe(), error);
            },
            command -> Thread.ofPlatform().daemon().start(command));
  }

  private String describe() {
    Result status = cli.run("status");
    return "%d requests arrived; status says:%n%s%s"
        .formatted(arrivals(), status.out(), status.err());
  }

  /** Starts a process. */
  public WorkerProcess start(String... arguments) throws IOException {
    return start(List.of(), arguments);
  }

  /**
   * Starts a worker that waits for a run. A run that starts now has its help from the beginning,
   * and not only when another JVM has started.
   */
  public WorkerProcess startWaitingWorker(String rate) throws IOException, InterruptedException {
    Result init = cli.run("init");
    assertThat(init.code()).as(init.err()).isZero();
    WorkerProcess process = start("worker", "--once", "--rate", rate);
    Await.until("a worker without work", () -> process.out().contains("Waiting for a run."));
    return process;
  }

  /** Starts a process that dies at its {@code pass}th passing of {@code point}. */
  public WorkerProcess doomed(CrashPoint point, int pass, String... arguments) throws IOException {
    return start(List.of("-D%s=%s:%d".formatted(CrashPoint.PROPERTY, point, pass)), arguments);
  }

  /** Starts a process with the launcher's options that runs out of memory in its work. */
  public WorkerProcess starving(CrashPoint point, int pass, String... arguments)
      throws IOException {
    assertThat(Files.readString(Path.of("studbook"))).contains("-XX:+ExitOnOutOfMemoryError");
    return start(
        List.of(
            "-Xmx64m",
            "-XX:+ExitOnOutOfMemoryError",
            "-D%s=%s:%d:memory".formatted(CrashPoint.PROPERTY, point, pass)),
        arguments);
  }

  /** Starts a process with options of the JVM. */
  public WorkerProcess start(List<String> options, String... arguments) throws IOException {
    String name = nextName();
    return started(name, cli.start(name, options, arguments));
  }

  /** Starts a process that another command runs, with the rest of that command's arguments. */
  public WorkerProcess startBehind(List<String> before, String... arguments) throws IOException {
    String name = nextName();
    return started(name, cli.startBehind(before, name, arguments));
  }

  private String nextName() {
    return "process" + (processes.size() + 1) + "-";
  }

  private WorkerProcess started(String name, Process process) {
    WorkerProcess started =
        new WorkerProcess(
            process,
            cli.folder().resolve(name + "out.txt"),
            cli.folder().resolve(name + "err.txt"));
    processes.add(started);
    return started;
  }

  /** Takes the run to its end as fast as it goes. */
  public void finish() {
    Result result = cli.run("backfill", "--resume", "--rate", "unlimited");
    assertThat(result.code()).as(result.err() + result.out()).isZero();
  }

  /** Fails if an invariant is violated. */
  public void assertThatInvariantsHold(AllowedDeviations terms) {
    assertThat(invariants().violations(terms)).isEmpty();
  }

  /** The user's tables as they are now. */
  public UserTables tables() {
    return UserTables.look(jdbi());
  }

  /** The user's tables before the first run. */
  public UserTables tablesBefore() {
    return before;
  }

  /** The time for which the simulated API stood still with its machine. */
  public Duration stalled() {
    return stalls.total();
  }

  /** Reads what the invariants are checked on. */
  public Invariants invariants() {
    reach(database);
    List<Invariants.View> views =
        List.of(
            view("status --json", "last_run"),
            view("report --json", "run"),
            view("monitor --once --json", "run"));
    return new Invariants(
        population,
        simulator.statistics(),
        stalls,
        before,
        UserTables.look(jdbi()),
        jdbi().inTransaction(WorkItemSnapshot::read),
        charged(),
        views,
        Stream.concat(
                OutputScanner.files(cli.folder()).stream(), OutputScanner.tables(jdbi()).stream())
            .toList(),
        OutputScanner.secrets(database.password()));
  }

  private Map<String, Long> charged() {
    return jdbi()
        .withHandle(handle ->
            handle
                .select(
                    """
                    SELECT horse_id, count(*) AS n FROM studbook.error
                    WHERE horse_id IS NOT NULL AND kind NOT IN ('throttled', 'unauthorised', 'rejected_value')
                    GROUP BY horse_id
                    """)
                .map((row, context) -> Map.entry(row.getString("horse_id"), row.getLong("n")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private Invariants.View view(String command, String part) {
    Result result = cli.run(command.split(" "));
    assertThat(result.code()).as(command + result.err()).isIn(0, 1);
    JsonNode figures = JsonMapper.shared().readTree(result.out()).get(part).get("counts");
    return new Invariants.View(command, figures);
  }

  @Override
  public void close() {
    processes.forEach(WorkerProcess::close);
    simulator.close();
    stalls.close();
    ending.run();
  }
}
