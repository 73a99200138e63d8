package studbook.faults.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.CliRunner;
import studbook.cli.fixture.CliRunner.Result;
import studbook.faults.environment.Await;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.environment.SmallRacecards;
import studbook.faults.invariant.AllowedDeviations;
import studbook.store.TestDatabase;

/**
 * A constraint of the user's that rejects many rows, wherever they come from: the run pauses, and
 * responses that were not written yet are written after the schema is fixed and the run resumed.
 */
@Timeout(120)
class RejectedRowsTest {

  /** Requests in flight at the rate of the test, with unconfirmed results. */
  private static final int IN_FLIGHT = 40;

  private static final LocalDate LAST = SmallRacecards.GELDED;

  private static final String REJECTED =
      "SELECT count(*) FROM studbook.work_item WHERE error_kind = 'database_rejected'";

  @TempDir Path folder;

  @Test
  void rowsOfProfiles() throws Exception {
    try (FaultTestEnvironment environment = FaultTestEnvironment.open(400, folder)) {
      environment.sql("ALTER TABLE ra_horses ADD CONSTRAINT no_bays CHECK (colour_code <> 'B')");
      CompletableFuture<Result> run = environment.startHere("backfill", "--rate", "60");
      environment.awaitArrivals(1);
      Await.until("a pause", environment::isPaused);
      assertThat(environment.pauses()).containsExactly("rejections");
      assertThat(environment.cli.run("status").out()).contains("no_bays");
      environment.assertThatRequestsCease(Duration.ofSeconds(2), 0);
      long asked = environment.arrivals();
      long rejected = environment.count(REJECTED);
      // A batch with rejected rows is written in halves, in which time answers wait: at most 200.
      assertThat(asked).as("rows with 20 bays, and what waited").isLessThan(60 + 200 + IN_FLIGHT);
      assertThat(environment.count("SELECT sum(probe_count) FROM studbook.run")).isZero();
      environment.sql("ALTER TABLE ra_horses DROP CONSTRAINT no_bays");

      assertThat(environment.cli.run("resume").code()).isZero();

      Result result = run.join();
      assertThat(result.code()).as(result.err()).isEqualTo(1);
      assertThat(environment.count(REJECTED + " AND error_message LIKE '%no_bays%'"))
          .as("none of the answers that waited")
          .isEqualTo(rejected)
          .isBetween(20L, asked);
      environment.assertThatInvariantsHold(
          AllowedDeviations.STRICT.askedAgain(3).failures(Math.toIntExact(rejected)));
    }
  }

  /** An API of small racecards, and a database with horses that may not be fillies. */
  private final class Racecards implements AutoCloseable {

    final SmallRacecards api = new SmallRacecards();
    final TestDatabase database = TestDatabase.fresh();
    final CliRunner cli =
        new CliRunner(folder)
            .on(database)
            .with("RACING_API_BASE_URL", api.base().toString())
            .with("RACING_API_USERNAME", CliRunner.USERNAME)
            .with("RACING_API_PASSWORD", CliRunner.PASSWORD);

    Racecards() throws IOException {
      assertThat(cli.run("init").code()).isZero();
      importHorse(SmallRacecards.EVERYDAY_HORSE);
    }

    void importRunners(int days) {
      IntStream.range(0, days)
          .mapToObj(LAST::minusDays)
          .map(SmallRacecards::horseOf)
          .forEach(this::importHorse);
    }

    private void importHorse(String horse) {
      sql("INSERT INTO ra_horses (horse_id, name) VALUES ('" + horse + "', 'Runner')");
    }

    void sql(String statement) {
      Jdbi.create(database.dataSource()).useHandle(handle -> handle.execute(statement));
    }

    long count(String query) {
      return Jdbi.create(database.dataSource())
          .withHandle(handle -> handle.select(query).mapTo(Long.class).one());
    }

    long fillies() {
      return count("SELECT count(*) FROM ra_horses WHERE sex_code = 'F'");
    }

    /** Runs with a constraint that is dropped once the run has been paused for it. */
    void backfillWithAConstraintAtFirst(String... command) throws Exception {
      sql("ALTER TABLE ra_horses ADD CONSTRAINT no_fillies CHECK (sex_code <> 'F')");
      Process run = cli.start(command);
      try {
        Await.until(
            "a pause",
            () -> count("SELECT count(*) FROM studbook.run WHERE pause_cause = 'rejections'") == 1);
        sql("ALTER TABLE ra_horses DROP CONSTRAINT no_fillies");
        assertThat(cli.run("resume").code()).isZero();
        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).as("some horses failed").isEqualTo(1);
      } finally {
        run.destroyForcibly().waitFor();
      }
    }

    @Override
    public void close() {
      api.close();
      database.close();
    }
  }

  @Test
  void rowsOfRacecardDays() throws Exception {
    try (Racecards racecards = new Racecards()) {
      racecards.importRunners(90);

      racecards.backfillWithAConstraintAtFirst(
          "backfill",
          "--rate",
          "30",
          "--racecards-since",
          LAST.minusDays(89).toString(),
          "--racecards-until",
          LAST.toString());

      assertThat(racecards.count(REJECTED)).isBetween(20L, 45L);
      assertThat(racecards.fillies()).isEqualTo(90 - racecards.count(REJECTED));
    }
  }

  @Test
  void rowsOfCachedProfiles() throws Exception {
    try (Racecards racecards = new Racecards()) {
      racecards.importRunners(120);
      racecards.sql(
          """
          INSERT INTO studbook.cached_profile
            (horse_id, racecard_date, name, dob, sex, sex_code, colour, breeder, sire_id, sire, dam_id, dam, damsire_id, damsire)
          SELECT horse_id, '2025-06-01', 'Runner', '2022-03-04', 'filly', 'F', 'b', 'A Breeder',
                 'sir_9', 'Far Shore', 'dam_8', 'Old Mill', 'dsi_7', 'Grey Quay'
          FROM ra_horses
          """);

      racecards.backfillWithAConstraintAtFirst("backfill", "--rate", "unlimited", "--no-racecards");

      assertThat(racecards.count(REJECTED)).as("one batch").isEqualTo(100);
      assertThat(racecards.fillies()).isEqualTo(21);
      assertThat(racecards.cli.run("retry").code()).isZero();
      assertThat(racecards.fillies()).isEqualTo(121);
      assertThat(racecards.api.arrivals()).as("no request").isEmpty();
    }
  }
}
