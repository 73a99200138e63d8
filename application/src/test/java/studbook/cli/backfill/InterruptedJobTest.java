package studbook.cli.backfill;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;
import studbook.simulator.Latency;
import studbook.simulator.http.SimulatedEndpoint;
import studbook.simulator.population.ProfileAvailability;
import studbook.time.SystemTime;

/** A backfill in a separate process that is killed, stopped, or started twice. */
class InterruptedJobTest {

  private static final int HORSES = 400;
  private static final String RATE = "100";

  @TempDir Path folder;

  private BackfillFixture openFixture() throws Exception {
    Latency latency = new Latency(Duration.ofMillis(40), Duration.ofMillis(20));
    return new BackfillFixture(HORSES, folder, BackfillFixture.options().withLatency(latency))
        .imported();
  }

  private static void waitUntil(BooleanSupplier condition) throws InterruptedException {
    long deadline = SystemTime.ticker().nanos() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(SystemTime.ticker().nanos()).as("waited for 30 s").isLessThan(deadline);
      SystemTime.sleeper().sleep(Duration.ofMillis(5));
    }
  }

  @Test
  void resumesFromTheLastCommitAfterAKill() throws Exception {
    try (BackfillFixture fixture = openFixture()) {
      Process backfill = fixture.cli.start("backfill", "--rate", RATE);
      waitUntil(() -> fixture.simulator.statistics().arrivals() > HORSES / 3);
      backfill.destroyForcibly().waitFor();
      long completed =
          fixture.count("SELECT count(*) FROM studbook.work_item WHERE state <> 'pending'");
      assertThat(completed).isBetween(1L, HORSES - 1L);
      long uncommitted = fixture.simulator.statistics().arrivals() - completed;

      Result resumed = fixture.cli.run("backfill", "--resume", "--rate", RATE);

      assertThat(resumed.code()).as(resumed.err()).isZero();
      assertThat(resumed.out())
          .contains(
              "Run 1 continues: %d of %d completed, none is requested again."
                  .formatted(completed, HORSES))
          .contains("Run 1 is finished.");
      assertThat(fixture.states()).doesNotContainKeys("pending", "failed");
      fixture.assertThatRowsEqualWhatWasServed();
      assertThat(fixture.simulator.statistics().repeatedRequests(1000))
          .as("only what was answered or in flight, and not committed")
          .hasSizeLessThanOrEqualTo(Math.toIntExact(uncommitted));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT", "HUP"})
  void stopsWithinFiveSecondsOfASignalAndResumes(String signal) throws Exception {
    try (BackfillFixture fixture = openFixture()) {
      Process backfill = fixture.cli.start("backfill", "--rate", RATE);
      waitUntil(() -> fixture.simulator.statistics().arrivals() > HORSES / 4);
      new ProcessBuilder("kill", "-s", signal, String.valueOf(backfill.pid())).start().waitFor();
      assertThat(backfill.waitFor(5, SECONDS)).isTrue();

      assertThat(backfill.exitValue()).isEqualTo(3);
      assertThat(Files.readString(folder.resolve("out.txt")))
          .contains("Run 1 is stopped; `studbook backfill --resume` continues with the other");
      assertThat(fixture.cli.run("status").out()).contains("Run 1 (stopped");
      assertThat(fixture.simulator.statistics().repeatedRequests(1000)).isEmpty();
      assertThatWhatWasAskedForIsSettled(fixture);
      Result resumed = fixture.cli.run("backfill", "--resume", "--rate", "unlimited");
      assertThat(resumed.code()).as(resumed.err()).isZero();
      fixture.assertThatRequestsAreTold("state IN ('enriched', 'no_dob')");
      fixture.assertThatRowsEqualWhatWasServed();
    }
  }

  @Test
  void aStopWaitsUntilALockedTableIsFree() throws Exception {
    try (BackfillFixture fixture = openFixture()) {
      Process backfill = fixture.cli.start("backfill", "--rate", RATE);
      waitUntil(() -> fixture.simulator.statistics().arrivals() > HORSES / 4);
      fixture
          .jdbi()
          .useTransaction(handle -> {
            handle.execute("LOCK TABLE ra_horses IN EXCLUSIVE MODE");
            backfill.destroy();
            handle.execute("SELECT pg_sleep(1.8)");
          });
      assertThat(backfill.waitFor(5, SECONDS)).isTrue();

      assertThat(backfill.exitValue()).isEqualTo(3);
      assertThatWhatWasAskedForIsSettled(fixture);
      assertThat(fixture.horsesRequestedTwice()).isEmpty();
    }
  }

  /** Except horses that were not found, if no horse was found after them. */
  private static void assertThatWhatWasAskedForIsSettled(BackfillFixture fixture) {
    assertThat(fixture.list("SELECT horse_id FROM studbook.work_item WHERE state = 'pending'"))
        .filteredOn(
            horse -> fixture.simulator.statistics().requestCount(SimulatedEndpoint.PRO, horse) > 0)
        .allMatch(horse ->
            fixture.population.horse(horse).orElseThrow().availability()
                != ProfileAvailability.DETAILED);
  }

  @Test
  void aSecondBackfillReportsTheActiveOne() throws Exception {
    try (BackfillFixture fixture = openFixture()) {
      Process first = fixture.cli.start("backfill", "--rate", RATE);
      try {
        waitUntil(() -> fixture.simulator.statistics().arrivals() > 10);
        for (String[] again :
            new String[][] {
              {"backfill", "--rate", RATE}, {"backfill", "--resume", "--rate", RATE}
            }) {
          Result second = fixture.cli.run(again);
          assertThat(second.code()).isEqualTo(2);
          assertThat(second.err())
              .contains("run 1 is already active on host", "process " + first.pid());
        }
        Result other = fixture.cli.run("backfill", "--rate", "50");
        assertThat(other.code()).isEqualTo(2);
        assertThat(first.waitFor(30, SECONDS)).isTrue();
        assertThat(first.exitValue()).isZero();
        fixture.assertThatRowsEqualWhatWasServed();
        assertThat(fixture.horsesRequestedTwice()).isEmpty();
      } finally {
        first.destroyForcibly();
      }
    }
  }

  @Test
  void aNewPlanTakesThePlaceOfADeadRun() throws Exception {
    try (BackfillFixture fixture = openFixture()) {
      Process backfill = fixture.cli.start("backfill", "--rate", RATE);
      waitUntil(() -> fixture.simulator.statistics().arrivals() > 40);
      backfill.destroyForcibly().waitFor();

      Result unasked = fixture.cli.run("backfill", "--rate", "unlimited");
      assertThat(unasked.code()).isEqualTo(2);
      assertThat(unasked.err())
          .contains("run 1 is not finished", "add --resume to continue it, or --yes to replace it");
      assertThat(fixture.list("SELECT state FROM studbook.run")).containsExactly("running");

      Result planned = fixture.cli.run("backfill", "--yes", "--rate", "unlimited");

      assertThat(planned.out()).contains("Run 1 is not finished. The new run replaces it");
      assertThat(planned.out()).contains("Run 2 is finished.");
      assertThat(
              fixture.count(
                  "SELECT count(*) FROM studbook.run WHERE run_id = 1 AND state = 'superseded'"))
          .isEqualTo(1);
      fixture.assertThatRowsEqualWhatWasServed();
    }
  }
}
