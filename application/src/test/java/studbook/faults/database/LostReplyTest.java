package studbook.faults.database;

import static org.assertj.core.api.Assertions.assertThat;
import static studbook.faults.proxy.PostgresProxy.value;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.cli.fixture.CliRunner.Result;
import studbook.faults.environment.Await;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.environment.WorkerProcess;
import studbook.faults.invariant.AllowedDeviations;
import studbook.faults.proxy.PostgresProxy;
import studbook.simulator.fault.FaultProfile;
import studbook.simulator.http.SimulatedEndpoint;

/** A statement is committed, and the connection is reset before its reply arrives. */
class LostReplyTest {

  private static final int HORSES = 600;
  private static final String SET_STATE = "SET state = $1";

  private static final String[] CONTINUE = {SET_STATE, value("running"), value("paused")};
  private static final String CLAIM = "SET fencing_token = c.fencing_token + 1, owner_worker_id";

  /** Horses of the second run that had a cached profile. */
  private static final String CACHED =
      """
      SELECT count(*) FROM studbook.work_item JOIN studbook.cached_profile USING (horse_id)
      WHERE run_id = 2 AND endpoint %s 'cached'
      """;

  @TempDir Path folder;

  private static String[] backfill(String... more) {
    List<String> words = new ArrayList<>(List.of("backfill", "--rate", "unlimited"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private static String[] overDays() {
    return backfill("--racecards-since", "2025-06-16", "--racecards-until", "2025-06-30");
  }

  private static void assertThatItEndedWell(Result result) {
    assertThat(result.code()).as(result.err() + result.out()).isZero();
  }

  private static void assertThatItHappened(PostgresProxy.Drop drop) {
    assertThat(drop.happened()).as("a reply was dropped after its commit").isTrue();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "1, horses",
    "2, horses",
    "3, horses",
    "1, racecard_day",
    "2, racecard_day",
    "5, racecard_day"
  })
  void ofAClaim(int execution, String kind) throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder);
        PostgresProxy proxy = PostgresProxy.to(environment.database.port())) {
      environment.reach(environment.database.through(proxy.port()));
      PostgresProxy.Drop drop = proxy.dropReply(execution, CLAIM, value(kind));
      assertThatItEndedWell(environment.startHere(overDays()).join());
      assertThatItHappened(drop);
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }

  /** The claim was answered; the horses of its chunk never arrive. */
  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void ofTheReadingOfAChunk(int execution) throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder);
        PostgresProxy proxy = PostgresProxy.to(environment.database.port())) {
      environment.reach(environment.database.through(proxy.port()));
      PostgresProxy.Drop drop =
          proxy.dropReply(execution, "SELECT i.horse_id", "studbook.chunk", "'pending'");
      assertThatItEndedWell(environment.startHere(backfill()).join());
      assertThatItHappened(drop);
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void ofTheOutcomesOfProfiles(int execution) throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder);
        PostgresProxy proxy = PostgresProxy.to(environment.database.port())) {
      environment.reach(environment.database.through(proxy.port()));
      PostgresProxy.Drop drop = proxy.dropReply(execution, "INSERT INTO ra_horse_pedigree AS p");
      assertThatItEndedWell(environment.startHere(backfill("--no-racecards")).join());
      assertThatItHappened(drop);
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }

  @Test
  void ofTheClaimOfCachedProfiles() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder);
        PostgresProxy proxy = PostgresProxy.to(environment.database.port())) {
      List<String> first = new ArrayList<>(List.of(overDays()));
      first.addAll(List.of("--max", "10"));
      assertThatItEndedWell(environment.cli.run(first.toArray(String[]::new)));
      environment.sql(
          """
          INSERT INTO ra_horses (horse_id, name)
          SELECT horse_id, name FROM studbook.cached_profile
          WHERE horse_id NOT IN (SELECT horse_id FROM ra_horses) LIMIT 50
          """);
      environment.reach(environment.database.through(proxy.port()));
      PostgresProxy.Drop drop = proxy.dropReply(1, CLAIM, value("cached"));
      assertThatItEndedWell(environment.startHere(backfill()).join());
      assertThatItHappened(drop);
      assertThat(environment.count(CACHED.formatted("=")))
          .as("completed without a request")
          .isGreaterThanOrEqualTo(50);
      assertThat(environment.count(CACHED.formatted("<>"))).isZero();
      assertThat(
              environment.count("SELECT count(*) FROM studbook.work_item WHERE state = 'pending'"))
          .isZero();
    }
  }

  static Stream<Arguments> statements() {
    return Stream.of(
        Arguments.of("outcomes of a day", 1, new String[] {"INSERT INTO studbook.racecard_day"}),
        Arguments.of("the closing of a range", 1, new String[] {"SET open = false", "NOT EXISTS"}),
        Arguments.of(
            "the end of the scan", 1, new String[] {"SET open = false", "kind = 'racecard_day'"}),
        Arguments.of(
            "a heartbeat", 1, new String[] {"SET last_heartbeat_at = clock_timestamp(), run_id"}),
        Arguments.of(
            "the renewal of leases",
            1,
            new String[] {"SET lease_expires_at = clock_timestamp() + "}),
        Arguments.of("a sample", 3, new String[] {"INSERT INTO studbook.run_sample"}),
        Arguments.of("what the answers held", 1, new String[] {"INSERT INTO studbook.run_field"}),
        Arguments.of("the end of the run", 1, new String[] {SET_STATE, value("finished")}),
        Arguments.of("a sign-off", 1, new String[] {"SET last_heartbeat_at = '-infinity'"}),
        Arguments.of(
            "the giving back of leases", 1, new String[] {"SET lease_expires_at = '-infinity'"}));
  }

  /** Each is repeated or known to be done; nothing is done twice. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("statements")
  void ofAStatementInTheMiddleOfARun(String name, int execution, String[] fragments)
      throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder);
        PostgresProxy proxy = PostgresProxy.to(environment.database.port())) {
      environment.reach(environment.database.through(proxy.port()));
      PostgresProxy.Drop drop = proxy.dropReply(execution, fragments);
      assertThatItEndedWell(environment.startHere(overDays()).join());
      assertThatItHappened(drop);
      assertThat(
              environment.count(
                  "SELECT max(response_count) FROM studbook.run_field WHERE endpoint = 'pro'"))
          .as("answers with a detailed profile")
          .isEqualTo(environment.simulator.statistics().count(SimulatedEndpoint.PRO, 200));
      assertThat(environment.count("SELECT sum(requests_sent) FROM studbook.run_sample"))
          .as("requests in the samples")
          .isEqualTo(environment.arrivals());
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }

  /** Whether it began is not known here; the run that was planned is continued or superseded. */
  @ParameterizedTest
  @ValueSource(strings = {"INSERT INTO studbook.worker", "INSERT INTO studbook.run\n"})
  void ofTheStartOfARun(String statement) throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(60, folder);
        PostgresProxy proxy = PostgresProxy.to(environment.database.port())) {
      environment.reach(environment.database.through(proxy.port()));
      PostgresProxy.Drop drop = proxy.dropReply(1, statement);
      Result first = environment.startHere(backfill("--non-interactive")).join();
      assertThatItHappened(drop);
      if (first.code() != 0) {
        assertThatItSaysThatTheDatabaseWasTheReason(first);
        assertThatItEndedWell(environment.startHere(backfill("--non-interactive")).join());
      }
      assertThat(environment.runState()).isEqualTo("finished");
      assertThat(environment.count("SELECT count(*) FROM studbook.run WHERE state = 'running'"))
          .isZero();
      assertThat(environment.invariants().workItems().counts()).containsEntry("pending", 0L);
    }
  }

  /** A command for a person reports the error, and to repeat it does no harm. */
  @ParameterizedTest
  @CsvSource({
    "pause, pause_cause = 'manual', paused",
    "cancel --non-interactive, SET state = $1, cancelled"
  })
  void ofACommand(String command, String statement, String state) throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder);
        PostgresProxy proxy = PostgresProxy.to(environment.database.port())) {
      CompletableFuture<Result> run = environment.startHere("backfill", "--rate", "20");
      environment.awaitArrivals(5);
      environment.reach(environment.database.through(proxy.port()));
      PostgresProxy.Drop drop = proxy.dropReply(1, statement);
      Result first = environment.cli.run(command.split(" "));
      assertThatItHappened(drop);
      assertThatItSaysThatTheDatabaseWasTheReason(first);
      Result second = environment.cli.run(command.split(" "));
      assertThat(second.err() + second.out()).doesNotContain("Exception", "internal error");
      assertThat(environment.runState()).isEqualTo(state);
      environment.cli.run("cancel", "--non-interactive");
      run.join();
    }
  }

  /** A user's command is repeated by the user; the paused run is not affected. */
  @Test
  void ofAResumeByAPerson() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(60, folder);
        PostgresProxy proxy = PostgresProxy.to(environment.database.port())) {
      CompletableFuture<Result> run = environment.startHere("backfill", "--rate", "20");
      environment.awaitArrivals(5);
      assertThatItEndedWell(environment.cli.run("pause"));
      environment.reach(environment.database.through(proxy.port()));
      PostgresProxy.Drop drop = proxy.dropReply(1, CONTINUE);
      Result first = environment.cli.run("resume");
      assertThatItHappened(drop);
      assertThatItSaysThatTheDatabaseWasTheReason(first);
      assertThatItEndedWell(run.join());
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }

  static Stream<Arguments> statementsOfAPause() {
    return Stream.of(
        Arguments.of("pause", new String[] {"SET state = 'paused', reason"}),
        Arguments.of("probe", new String[] {"SET probe_count = probe_count + 1"}),
        Arguments.of("continue", CONTINUE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("statementsOfAPause")
  void ofAPauseThatEndsByItself(String name, String[] fragments) throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(60, folder);
        PostgresProxy proxy = PostgresProxy.to(environment.database.port())) {
      environment.reach(environment.database.through(proxy.port()));
      PostgresProxy.Drop drop = proxy.dropReply(1, fragments);
      CompletableFuture<Result> run = environment.startHere("backfill", "--rate", "20");
      environment.awaitArrivals(5);
      environment.simulator.setFaults(FaultProfile.always(401));
      Await.until("a pause", environment::isPaused);
      environment.simulator.setFaults(FaultProfile.NONE);
      assertThatItEndedWell(run.join());
      assertThatItHappened(drop);
      assertThat(environment.pauses())
          .as("the API's pause, and the outage of the database")
          .containsOnlyOnce("credentials")
          .isSubsetOf("credentials", "database");
      environment.assertThatInvariantsHold(
          AllowedDeviations.STRICT.askedAgain(
              environment.simulator.statistics().faultCount("401") + 1));
    }
  }

  /** Another process of the run becomes its owner: it is handed over, or the owner has died. */
  @ParameterizedTest
  @ValueSource(strings = {"TERM", "KILL"})
  void ofANewOwner(String signal) throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(300, folder);
        PostgresProxy proxy = PostgresProxy.to(environment.database.port())) {
      environment.reach(environment.database.through(proxy.port()));
      WorkerProcess helper = environment.startWaitingWorker("30");
      WorkerProcess owner = environment.start("backfill", "--rate", "30", "--non-interactive");
      Await.until(
          "two processes",
          () -> environment.count("SELECT count(*) FROM studbook.worker WHERE run_id = 1") == 2);
      PostgresProxy.Drop drop = proxy.dropReply(1, "UPDATE studbook.run SET owner_worker_id");
      owner.signal(signal);
      owner.exitCode(Duration.ofSeconds(10));
      assertThat(helper.exitCode(Duration.ofSeconds(60))).as(helper.err()).isZero();
      assertThatItHappened(drop);
      assertThat(environment.runState()).isEqualTo("finished");
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT.askedAgain(30));
    }
  }

  /** Horses that the lost commit inserted are not inserted again, and the others are. */
  @Test
  void ofADiscovery() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(30_000, folder);
        PostgresProxy proxy = PostgresProxy.to(environment.database.port())) {
      environment.cli.run("init");
      environment.sql("TRUNCATE ra_horses, ra_horse_pedigree");
      environment.reach(environment.database.through(proxy.port()));
      PostgresProxy.Drop drop = proxy.dropReply(1, "INSERT INTO ra_horses");
      String[] discover = {"discover", "--rate", "unlimited", "--days", "2"};
      Result first = environment.cli.run(discover);
      assertThatItHappened(drop);
      assertThatItSaysThatTheDatabaseWasTheReason(first);
      long inserted = environment.count("SELECT count(*) FROM ra_horses");
      assertThat(inserted).as("horses of the first day").isPositive();
      Result second = environment.cli.run(discover);
      assertThatItEndedWell(second);
      assertThat(second.out()).contains(" runners, 0 inserted, ");
      assertThat(environment.count("SELECT count(*) FROM ra_horses")).isGreaterThan(inserted);
    }
  }

  @Test
  void ofAnImport() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(10, folder);
        PostgresProxy proxy = PostgresProxy.to(environment.database.port())) {
      Path csv =
          Files.writeString(folder.resolve("more.csv"), "horse_id,name\nhrs_999999999,New\n");
      environment.cli.run("init");
      environment.reach(environment.database.through(proxy.port()));
      PostgresProxy.Drop drop = proxy.dropReply(1, "INSERT INTO ra_horses");
      Result first = environment.cli.run("import", csv.toString());
      assertThatItHappened(drop);
      assertThatItSaysThatTheDatabaseWasTheReason(first);
      Result second = environment.cli.run("import", csv.toString());
      assertThatItEndedWell(second);
      assertThat(
              environment.count("SELECT count(*) FROM ra_horses WHERE horse_id = 'hrs_999999999'"))
          .isEqualTo(1);
    }
  }

  private static void assertThatItSaysThatTheDatabaseWasTheReason(Result result) {
    assertThat(result.code()).as(result.err() + result.out()).isEqualTo(2);
    assertThat(result.err()).contains("database").doesNotContain("Exception", "nothing was loaded");
  }
}
