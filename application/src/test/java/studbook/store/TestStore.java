package studbook.store;

import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import studbook.model.ErrorKind;
import studbook.model.HorseId;
import studbook.model.HorseStatus;
import studbook.model.Parent;
import studbook.model.Profile;
import studbook.model.ProfileParents;
import studbook.ratelimit.RateLimitKey;
import studbook.store.connection.DatabaseAddress;
import studbook.store.database.Database;
import studbook.store.database.Schema;
import studbook.store.outcome.ErrorEntry;
import studbook.store.outcome.Outcome;
import studbook.store.outcome.OutcomeRepository;
import studbook.store.outcome.WriteResult;
import studbook.store.run.HorseSelection;
import studbook.store.run.ProcessIdentity;
import studbook.store.run.RunCounts;
import studbook.store.run.RunRepository;
import studbook.store.run.RunStateRepository;
import studbook.store.run.WorkerRepository;
import studbook.store.work.ChunkRepository;
import studbook.store.work.Lease;
import studbook.store.work.RacecardLease;
import studbook.time.Rate;
import studbook.time.SystemTime;

/** A migrated database with a worker that is this process, and short ways to set a scene. */
public final class TestStore implements AutoCloseable {

  public static final HorseSelection ALL = HorseSelection.ALL;
  public static final RunRepository.RunConfig TOLD =
      new RunRepository.RunConfig(
          "test", new Rate(2), List.of("RACING_API_RATE=2"), Optional.empty());
  public static final RateLimitKey ACCOUNT =
      RateLimitKey.of(URI.create("https://api.example.org/v1"), "somebody", "all");

  public final TestDatabase server;
  final Database database;
  public final Jdbi jdbi;
  public final UUID me = UUID.randomUUID();
  public final RunRepository runRepository;
  public final RunStateRepository runStates;
  public final ChunkRepository chunks;
  public final OutcomeRepository outcomeRepository;
  public final WorkerRepository workerRepository;
  private final Map<UUID, Set<Lease>> inHand = new ConcurrentHashMap<>();

  private TestStore(TestDatabase server, String before) {
    this.server = server;
    this.database = Database.open(DatabaseAddress.parse(server.libpqUri()), 10);
    this.jdbi = database.jdbi();
    if (!before.isEmpty()) {
      jdbi.useHandle(handle -> handle.createScript(before).execute());
    }
    new Schema(database).migrateIfNeeded();
    this.runRepository = new RunRepository(jdbi);
    this.runStates = new RunStateRepository(jdbi);
    this.chunks = new ChunkRepository(jdbi);
    this.outcomeRepository = new OutcomeRepository(jdbi);
    this.workerRepository = new WorkerRepository(jdbi);
    register(me, ProcessIdentity.mine());
  }

  public static TestStore fresh() {
    return over("");
  }

  /** Over tables that {@code before} makes, as a user's database has them. */
  public static TestStore over(String before) {
    return new TestStore(TestDatabase.fresh(), before);
  }

  /** Of the pool. */
  public DataSource dataSource() {
    return database.dataSource();
  }

  /** Empties every table, for the next test: quicker than another database. */
  public void reset() {
    sql(
        """
        TRUNCATE ra_horses, ra_horse_pedigree, studbook.worker, studbook.run, studbook.run_event,
          studbook.work_item, studbook.chunk, studbook.error, studbook.rate_limit, studbook.run_sample, studbook.run_field,
          studbook.racecard_day, studbook.cached_profile, studbook.scheduled_task, studbook.job_occurrence,
          studbook.job_switch, studbook.api_drift, studbook.notification,
          studbook.confirmation, studbook.change, studbook.review, studbook.ancestor,
          studbook.pedigree_figures,
          studbook.dashboard_user,
          studbook.dashboard_session,
          studbook.api_token,
          studbook.operator_action, studbook.check_result,
          studbook.pedigree_check, studbook.finding CASCADE
        """);
    register(me, ProcessIdentity.mine());
  }

  public void register(UUID id, ProcessIdentity process) {
    workerRepository.register(id, process, "test", ACCOUNT, new Rate(2), Optional.empty(), _ -> {});
  }

  /** A process that this one can see has ended. */
  public UUID registerDead() {
    UUID id = UUID.randomUUID();
    register(id, new ProcessIdentity("here", 1, ProcessIdentity.mine().started() + "0"));
    return id;
  }

  /** A process of another host. */
  public UUID registerElsewhere() {
    UUID id = UUID.randomUUID();
    register(id, new ProcessIdentity("elsewhere", 4711, "boot/1"));
    return id;
  }

  public void horses(String... ids) {
    sql(
        "INSERT INTO ra_horses (horse_id, name) SELECT i, 'Horse ' || i FROM unnest(?) i",
        (Object) ids);
  }

  /** {@code hrs_1} to {@code hrs_count}. */
  public void horses(int count) {
    sql(
        "INSERT INTO ra_horses (horse_id, name) SELECT 'hrs_' || i, 'Horse ' || i FROM"
            + " generate_series(1, ?) i",
        count);
  }

  public int sql(String statement, @Nullable Object... values) {
    return jdbi.withHandle(handle -> handle.execute(statement, values));
  }

  public @Nullable String value(String query, @Nullable Object... values) {
    return jdbi.withHandle(handle ->
        handle
            .select("SELECT (" + query + ")::text", values)
            .mapTo(String.class)
            .findOne()
            .orElse(null));
  }

  /** The one row of a query; NULLs stand in it as such. */
  public Map<String, Object> row(String query, @Nullable Object... values) {
    return jdbi.withHandle(handle -> handle.select(query, values).mapToMap().one());
  }

  public Map<String, Object> horse(String id) {
    return row(
        "SELECT name, sex, sex_code, dob::text, colour, colour_code, region FROM ra_horses WHERE"
            + " horse_id = ?",
        id);
  }

  public Map<String, Object> pedigree(String id) {
    return row(
        """
        SELECT sire_id, sire, dam_id, dam, damsire_id, damsire, breeder, region
        FROM ra_horse_pedigree WHERE horse_id = ?
        """,
        id);
  }

  /** Plans a run of {@link #me}; one that was under way is stopped first. */
  public long plan() {
    runRepository
        .unfinished()
        .ifPresent(run -> runStates.leave(run.id(), me, Optional.empty(), "for the next scene"));
    return owned(runRepository.plan(me, TOLD, ALL)).id();
  }

  public static RunRepository.RunRow owned(RunRepository.StartResult start) {
    return switch (start) {
      case RunRepository.StartResult.RunStarted(RunRepository.RunRow run, boolean _) -> run;
      case RunRepository.StartResult.AlreadyRunning alreadyRunning ->
          throw new AssertionError("taken by " + alreadyRunning.run().owner());
    };
  }

  /** Plans a run and leases its first piece. */
  public Lease lease() {
    return claim(plan(), me).orElseThrow();
  }

  /** Claims a range for a worker that keeps in hand what it claimed here before. */
  public Optional<Lease> claim(long run, UUID worker) {
    Optional<Lease> lease = chunks.claim(run, worker, inHand(run, worker));
    lease.ifPresent(inHand.computeIfAbsent(worker, _ -> ConcurrentHashMap.newKeySet())::add);
    return lease;
  }

  /** The same for a day. */
  public Optional<RacecardLease> claimDay(long run, UUID worker) {
    Optional<RacecardLease> day = chunks.claimDay(run, worker, inHand(run, worker));
    day.map(RacecardLease::lease)
        .ifPresent(inHand.computeIfAbsent(worker, _ -> ConcurrentHashMap.newKeySet())::add);
    return day;
  }

  private Set<Lease> inHand(long run, UUID worker) {
    return inHand.getOrDefault(worker, Set.of()).stream()
        .filter(lease -> lease.run() == run)
        .collect(Collectors.toSet());
  }

  public List<WriteResult> write(Outcome... batch) {
    return outcomeRepository.write(List.of(batch), List.of());
  }

  /**
   * {@code kind state horse} of each, in the order of their ids: {@code RowWritten enriched hrs_1}.
   */
  public static List<String> described(List<WriteResult> completed) {
    List<String> described = new ArrayList<>();
    for (WriteResult result : completed) {
      String state =
          result instanceof WriteResult.RowWritten written ? written.status().text() + " " : "";
      described.add(
          result.outcome().horse() + " " + result.getClass().getSimpleName() + " " + state);
    }
    return described.stream().map(String::strip).sorted().toList();
  }

  public String state(long run, String horse) {
    return String.valueOf(
        value(
            "SELECT state FROM studbook.work_item WHERE run_id = ? AND horse_id = ?", run, horse));
  }

  /** The tally as the pieces tell it and as the ledger's rows and the tables do. */
  public void assertTallyIsTheLedger(long run) {
    RunCounts counts = runRepository.counts(run);
    Map<String, Object> counted =
        row(
            """
            SELECT count(*) AS horse_count, count(*) FILTER (WHERE state = 'enriched') AS enriched,
                   count(*) FILTER (WHERE state = 'no_dob') AS no_dob,
                   count(*) FILTER (WHERE state = 'basic') AS basic,
                   count(*) FILTER (WHERE state = 'not_found') AS not_found,
                   count(*) FILTER (WHERE state = 'failed') AS failed,
                   count(*) FILTER (WHERE state = 'already_filled') AS already_filled,
                   count(*) FILTER (WHERE state = 'missing') AS missing,
                   count(*) FILTER (WHERE has_pedigree) AS pedigrees,
                   COALESCE(sum(request_count), 0)::bigint AS request_count
            FROM studbook.work_item WHERE run_id = ?
            """,
            run);
    RunCounts ledger =
        new RunCounts(
            number(counted, "horse_count"),
            number(counted, "enriched"),
            number(counted, "no_dob"),
            number(counted, "basic"),
            number(counted, "not_found"),
            number(counted, "failed"),
            number(counted, "already_filled"),
            number(counted, "missing"),
            number(counted, "pedigrees"),
            number(counted, "request_count"));
    if (!counts.equals(ledger)) {
      throw new AssertionError("the chunks say " + counts + ", the work items say " + ledger);
    }
  }

  private static long number(Map<String, Object> row, String column) {
    return (Long) Objects.requireNonNull(row.get(column));
  }

  /** Returns as soon as a session of this database waits for a lock of another. */
  public void awaitSomebodyWaitsForALock() throws InterruptedException {
    long deadline = SystemTime.ticker().nanos() + Duration.ofSeconds(30).toNanos();
    while (SystemTime.ticker().nanos() < deadline) {
      if (!"0"
          .equals(
              value(
                  "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND"
                      + " wait_event_type = 'Lock'"))) {
        return;
      }
      SystemTime.sleeper().sleep(Duration.ofMillis(5));
    }
    throw new AssertionError("nobody waited for a lock");
  }

  @Override
  public void close() {
    database.close();
    server.close();
  }

  public static final Outcome.RequestTrace TRACE =
      new Outcome.RequestTrace("pro", 200, 1, Duration.ofMillis(150));

  public static Outcome enriched(Lease lease, String horse) {
    return outcome(lease, horse, HorseStatus.ENRICHED, full());
  }

  public static Outcome outcome(Lease lease, String horse, HorseStatus status, Profile profile) {
    return new Outcome(
        lease, new HorseId(horse), status, Optional.of(profile), Optional.empty(), TRACE);
  }

  public static Outcome notFound(Lease lease, String horse) {
    return new Outcome(
        lease,
        new HorseId(horse),
        HorseStatus.NOT_FOUND,
        Optional.empty(),
        Optional.empty(),
        new Outcome.RequestTrace("standard", 404, 2, Duration.ofMillis(90)));
  }

  public static Outcome failed(Lease lease, String horse) {
    return new Outcome(
        lease,
        new HorseId(horse),
        HorseStatus.FAILED,
        Optional.empty(),
        Optional.of(
            new Outcome.OutcomeFailure(ErrorKind.TIMEOUT, "no complete response within 30 s")),
        new Outcome.RequestTrace("pro", 0, 3, Duration.ofSeconds(30)));
  }

  public static ErrorEntry error(long run, String message) {
    return new ErrorEntry(
        run,
        Optional.of(new HorseId("hrs_1")),
        ErrorKind.TIMEOUT,
        Optional.of("pro"),
        0,
        1,
        Duration.ofSeconds(30),
        message);
  }

  public static Profile full() {
    return profile(LocalDate.of(2018, 3, 4), pedigree(901));
  }

  public static Profile profile(@Nullable LocalDate dob, ProfileParents pedigree) {
    return new Profile(dob, "mare", "M", "bay", "B", "ire", "A Breeder", pedigree);
  }

  public static final Profile BLANK =
      new Profile(null, null, null, null, null, null, null, ProfileParents.UNKNOWN);

  public static ProfileParents pedigree(int number) {
    return new ProfileParents(
        new Parent("sir_" + number, "Sire " + number + " (GB)"),
        new Parent("dam_" + number, "Dam " + number + " (IRE)"),
        new Parent("dsi_" + number, "Damsire " + number + " (FR)"));
  }
}
