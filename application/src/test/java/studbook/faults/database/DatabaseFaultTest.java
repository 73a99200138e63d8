package studbook.faults.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.CliRunner.Result;
import studbook.faults.environment.Await;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.environment.LimitedRole;
import studbook.faults.invariant.AllowedDeviations;
import studbook.faults.invariant.Invariants;
import studbook.time.SystemTime;

/** A database that kills sessions, refuses writes, is busy, or is changed meanwhile. */
class DatabaseFaultTest {

  private static final int HORSES = 400;

  @TempDir Path folder;

  private static CompletableFuture<Result> backfill(FaultTestEnvironment environment) {
    return environment.startHere("backfill", "--rate", "100");
  }

  private static void assertThatItEndedWell(Result result) {
    assertThat(result.code()).as(result.err() + result.out()).isZero();
  }

  @Test
  void allItsSessionsAreKilledAgainAndAgain() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder)) {
      CompletableFuture<Result> run = backfill(environment);
      long killed = 0;
      for (int time = 1; time <= 4; time++) {
        environment.awaitArrivals(50L * time);
        killed += environment.killSessions();
      }
      assertThat(killed).as("sessions that were killed").isGreaterThanOrEqualTo(4);
      assertThatItEndedWell(run.join());
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }

  /**
   * Some writes fail, each with another error: the next try is the same batch, and no request is
   * repeated.
   */
  @Test
  void writesFailForAWhile() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(200, folder)) {
      environment.sql("CREATE SEQUENCE tries");
      environment.sql(
          """
          CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS $$
          DECLARE
            states text[] := ARRAY['40001', '40P01', '55P03', '57014', '53100', '53200', '53300', '57P03'];
            try bigint := nextval('tries');
          BEGIN
            IF try >= 40 AND try < 40 + cardinality(states) THEN
              RAISE EXCEPTION 'staged' USING ERRCODE = states[try - 39];
            END IF;
            RETURN NEW;
          END $$
          """);
      environment.sql(
          "CREATE TRIGGER fails BEFORE UPDATE ON ra_horses FOR EACH ROW EXECUTE FUNCTION fails()");

      assertThatItEndedWell(environment.cli.run("backfill", "--rate", "100"));

      assertThat(environment.count("SELECT last_value FROM tries")).as("fired").isGreaterThan(48);
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }

  /** Each with another state, of outages and of wrong statements alike. */
  @Test
  void someRowsAreRefusedEachWithAnotherState() throws Exception {
    List<String> states =
        List.of(
            "55000", "40001", "40P01", "55P03", "57014", "53400", "25006", "58030", "08000",
            "42883", "0A000", "XX000", "54001", "23514");
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(200, folder)) {
      List<String> wanted = environment.tablesBefore().wanted();
      environment.sql("CREATE TABLE bad (horse_id text, state text)");
      for (int i = 0; i < states.size(); i++) {
        environment.sql(
            "INSERT INTO bad VALUES ('%s', '%s')".formatted(wanted.get(20 + 3 * i), states.get(i)));
      }
      environment.sql(
          """
          CREATE FUNCTION refuses() RETURNS trigger LANGUAGE plpgsql AS $$
          DECLARE bad bad;
          BEGIN
            SELECT * INTO bad FROM bad WHERE horse_id = NEW.horse_id;
            IF FOUND THEN RAISE EXCEPTION 'staged' USING ERRCODE = bad.state; END IF;
            RETURN NEW;
          END $$
          """);
      environment.sql(
          "CREATE TRIGGER refuses BEFORE UPDATE ON ra_horses FOR EACH ROW EXECUTE FUNCTION refuses()");

      Result result = environment.cli.run("backfill", "--rate", "100");

      assertThat(result.code()).as(result.err() + result.out()).isEqualTo(1);
      assertThat(
              environment.count(
                  """
                  SELECT count(*) FROM studbook.work_item JOIN bad USING (horse_id)
                  WHERE work_item.state = 'failed' AND error_kind = 'database_rejected'
                    AND error_message LIKE '%staged (SQLSTATE ' || bad.state || ')'
                  """))
          .as(
              "horses that have their own state as the reason; those without a date of birth change nothing")
          .isBetween(10L, 14L);
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT.failures(states.size()));
    }
  }

  @Test
  void aRowIsLockedLongerThanTheUsersLockTimeout() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder)) {
      environment.sql(
          "ALTER DATABASE %s SET lock_timeout = '150ms'"
              .formatted(environment.database.database()));
      String last = environment.tablesBefore().wanted().getLast();
      CompletableFuture<Result> run;
      try (var other = environment.jdbi().open()) {
        other.begin();
        other.execute("SELECT FROM ra_horses WHERE horse_id = ? FOR UPDATE", last);
        run = backfill(environment);
        Await.until(
            "a pause",
            () ->
                environment.count(
                            "SELECT count(*) FROM information_schema.columns WHERE column_name = 'pause_cause'")
                        == 1
                    && environment.pauses().contains("database"));
        other.rollback();
      }
      assertThatItEndedWell(run.join());
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }

  @Test
  void itBecomesReadOnlyForAWhile() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder)) {
      CompletableFuture<Result> run = backfill(environment);
      environment.awaitArrivals(80);
      String name = environment.database.database();
      environment.sql("ALTER DATABASE %s SET default_transaction_read_only = on".formatted(name));
      assertThat(environment.killSessions()).isPositive();
      environment.assertThatRequestsCease(Duration.ofSeconds(2), 0);
      assertThat(run).isNotDone();
      assertThat(environment.cli.run("status").out()).contains("aused", "read-only");
      Result pause = environment.cli.run("pause");
      assertThat(pause.code()).isEqualTo(2);
      assertThat(pause.err())
          .contains("the database is unavailable", "read-only")
          .doesNotContain("Exception", "internal error");
      environment
          .jdbi()
          .useHandle(handle -> {
            handle.execute("SET default_transaction_read_only = off");
            handle.execute("ALTER DATABASE %s RESET default_transaction_read_only".formatted(name));
          });
      environment.killSessions();
      long healed = SystemTime.ticker().nanos();
      assertThatItEndedWell(run.join());
      assertThat(environment.invariants().rateIsBackAfter(healed, 100))
          .isLessThan(Duration.ofSeconds(60));
      assertThat(environment.pauses()).contains("database");
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }

  /** 53300: the role may have no more connections, and all are cut. */
  @Test
  void itTakesNoConnectionsForAWhile() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder);
        LimitedRole role = LimitedRole.in(environment)) {
      environment.reach(role.place());
      CompletableFuture<Result> run = backfill(environment);
      environment.awaitArrivals(80);
      environment.sql("ALTER ROLE %s CONNECTION LIMIT 0".formatted(role.name()));
      assertThat(environment.killSessions()).isPositive();
      environment.assertThatRequestsCease(Duration.ofSeconds(1), 0);
      environment.sql("ALTER ROLE %s CONNECTION LIMIT -1".formatted(role.name()));
      assertThatItEndedWell(run.join());
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }

  @Test
  void horsesAreDeletedAndFilledByOthersMeanwhile() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(HORSES, folder)) {
      CompletableFuture<Result> run = backfill(environment);
      environment.awaitArrivals(60);
      long deleted =
          environment.count(
              """
              WITH gone AS (
                DELETE FROM ra_horses WHERE horse_id IN
                  (SELECT horse_id FROM studbook.work_item WHERE state = 'pending' ORDER BY horse_id DESC LIMIT 7) RETURNING 1)
              SELECT count(*) FROM gone
              """);
      long filled =
          environment.count(
              """
              WITH filled AS (
                UPDATE ra_horses SET dob = '1888-08-08' WHERE horse_id IN
                  (SELECT i.horse_id FROM studbook.work_item i JOIN ra_horses USING (horse_id)
                   WHERE state = 'pending' ORDER BY horse_id DESC LIMIT 9) RETURNING 1)
              SELECT count(*) FROM filled
              """);
      assertThatItEndedWell(run.join());

      assertThat(deleted).isEqualTo(7);
      assertThat(filled).isEqualTo(9);
      Invariants after = environment.invariants();
      assertThat(after.workItems().counts())
          .containsEntry("missing", 7L)
          .containsEntry("already_filled", 9L);
      assertThat(
              environment.count(
                  "SELECT count(*) FROM ra_horses WHERE dob = '1888-08-08' AND sex IS NULL"))
          .as("nothing overwritten")
          .isEqualTo(9);
      environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
    }
  }
}
