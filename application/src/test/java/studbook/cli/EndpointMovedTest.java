package studbook.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.CliRunner.Result;
import studbook.simulator.Latency;
import studbook.simulator.SimulatorOptions;
import studbook.simulator.fault.FaultProfile;
import studbook.simulator.population.HorseRecord;
import studbook.simulator.population.NamedHorse;
import studbook.simulator.population.Population;
import studbook.simulator.population.ProfileAvailability;
import studbook.simulator.population.SyntheticPopulation;
import studbook.time.SystemTime;

/** Answers and refusals that are too many to be believed. */
class EndpointMovedTest {

  @TempDir Path folder;

  /** Horses of which each has a detailed profile with a date of birth. */
  private record Existing(Population all) implements Population {

    @Override
    public int size() {
      return all.size();
    }

    @Override
    public HorseRecord horse(int index) {
      HorseRecord horse = all.horse(index);
      return new HorseRecord(
          horse.id(),
          horse.name(),
          horse.region(),
          horse.dob() == null ? LocalDate.of(2015, 3, 4) : horse.dob(),
          horse.sexCode(),
          horse.colour(),
          horse.breeder(),
          horse.sire(),
          horse.dam(),
          horse.damsire(),
          ProfileAvailability.DETAILED);
    }

    @Override
    public NamedHorse named(int index) {
      return all.named(index);
    }

    @Override
    public OptionalInt indexOf(String id) {
      return all.indexOf(id);
    }

    @Override
    public List<HorseRecord> runners(LocalDate day) {
      return List.of();
    }
  }

  private static void waitUntil(BooleanSupplier condition) throws InterruptedException {
    long deadline = SystemTime.ticker().nanos() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(SystemTime.ticker().nanos()).as("waited for 30 s").isLessThan(deadline);
      SystemTime.sleeper().sleep(Duration.ofMillis(10));
    }
  }

  private static boolean isPaused(BackfillFixture stable, String cause) {
    return stable.count(
            "SELECT count(*) FROM studbook.run WHERE state = 'paused' AND pause_cause = '"
                + cause
                + "'")
        == 1;
  }

  @Test
  void aMovedEndpointPausesTheRunUntilItWorksAgain() throws Exception {
    try (BackfillFixture stable = new BackfillFixture(300, folder).imported()) {
      Process backfill = stable.terminal.start("backfill", "--no-racecards", "--rate", "100");
      try {
        waitUntil(() -> stable.in("enriched") > 50);
        stable.simulator.behave(FaultProfile.parse("404:1"));
        waitUntil(() -> isPaused(stable, "endpoint"));
        long arrivals = stable.simulator.statistics().arrivals();
        assertThat(stable.terminal.run("status").out())
            .contains("404 for a horse that it has returned before", "RACING_API_BASE_URL");
        waitUntil(() -> stable.simulator.statistics().arrivals() > arrivals);
        stable.simulator.behave(FaultProfile.NONE);
        stable.terminal.run("resume");

        assertThat(backfill.waitFor(40, SECONDS)).isTrue();
        assertThat(backfill.exitValue()).isZero();
        assertThat(stable.simulator.statistics().fired("404")).isGreaterThan(20);
        stable.assertThatRowsEqualWhatWasServed();
      } finally {
        backfill.destroyForcibly();
      }
    }
  }

  @Test
  void unknownHorsesAreAcceptedWhenACanaryIsFound() throws Exception {
    try (BackfillFixture stable = new BackfillFixture(60, folder).imported()) {
      stable.sql(
          "INSERT INTO ra_horses (horse_id, name) SELECT 'hrs_9' || i, 'Nobody' FROM"
              + " generate_series(100000, 100199) i");
      Result result = stable.terminal.run("backfill", "--no-racecards", "--rate", "unlimited");
      assertThat(result.code()).as(result.err()).isZero();
      assertThat(stable.in("not_found")).isGreaterThanOrEqualTo(200);
      stable.assertThatRequestsAreTold("run_id = 1");
      assertThat(stable.in("pending")).isZero();
      assertThat(stable.list("SELECT event FROM studbook.run_event ORDER BY occurred_at"))
          .doesNotContain("paused");
    }
  }

  @Test
  void random404sOfAQuarterCompleteNoExistingHorse() throws Exception {
    SimulatorOptions options = BackfillFixture.options().withFaults(FaultProfile.parse("404:0.25"));
    try (BackfillFixture stable = existing(400, options).imported()) {
      Result result = stable.terminal.run("backfill", "--no-racecards", "--rate", "200");
      assertThat(result.code()).as(result.err()).isZero();
      assertThat(stable.simulator.statistics().fired("404")).isGreaterThan(80);
      assertThat(stable.states()).containsOnlyKeys("enriched");
      stable.assertThatRowsEqualWhatWasServed();
      stable.assertThatRequestsAreTold("run_id = 1");
    }
  }

  @Test
  void persistentRandom404sPauseTheRun() throws Exception {
    SimulatorOptions options =
        BackfillFixture.options()
            .withFaults(FaultProfile.parse("404:0.4"))
            .withLatency(new Latency(Duration.ofMillis(60), Duration.ZERO));
    try (BackfillFixture stable = existing(2_000, options).imported()) {
      CompletableFuture<Result> backfill =
          CompletableFuture.supplyAsync(
              () ->
                  stable
                      .terminal
                      .faster(40)
                      .run("backfill", "--no-racecards", "--rate", "unlimited"),
              task -> Thread.ofPlatform().daemon().start(task));
      waitUntil(() -> isPaused(stable, "endpoint"));
      assertThat(stable.terminal.run("status").out())
          .containsPattern(
              "404 at random: \\d{3} horses were found when they were requested again");
      stable.simulator.behave(
          FaultProfile.NONE); // a probe finds out, perhaps before a person could
      assertThat(backfill.get(40, SECONDS).code()).isZero();
      assertThat(stable.states()).containsOnlyKeys("enriched");
      stable.assertThatRowsEqualWhatWasServed();
    }
  }

  private BackfillFixture existing(int horses, SimulatorOptions options) {
    return new BackfillFixture(new Existing(new SyntheticPopulation(11, horses)), folder, options);
  }

  @Test
  void aHealthyRunSendsNoExtraRequests() throws Exception {
    try (BackfillFixture stable = new BackfillFixture(1_000, folder).imported()) {
      Result result = stable.terminal.run("backfill", "--no-racecards", "--rate", "unlimited");
      assertThat(result.code()).as(result.err()).isZero();
      long withoutDetails = stable.in("basic") + stable.in("not_found");
      assertThat(withoutDetails).isBetween(10L, 40L);
      stable.assertThatRequestsAreTold("run_id = 1");
      assertThat(stable.count("SELECT sum(request_count) FROM studbook.work_item"))
          .isEqualTo(1_000 + withoutDetails);
    }
  }

  @Test
  void aKnownHorseIsRequestedAgainAfterA404() throws Exception {
    try (BackfillFixture stable = new BackfillFixture(60, folder).imported()) {
      stable.terminal.run("backfill", "--no-racecards", "--rate", "unlimited");
      String known =
          stable
              .list("SELECT min(horse_id) FROM studbook.work_item WHERE state = 'enriched'")
              .getFirst();
      stable.sql("UPDATE ra_horses SET dob = NULL WHERE horse_id = '" + known + "'");
      stable.sql("DELETE FROM studbook.cached_profile");
      stable.simulator.behave(FaultProfile.parse("404:1").onlyFirst(2).onlyFor(known));
      assertThat(stable.terminal.run("backfill", "--no-racecards", "--rate", "unlimited").code())
          .isZero();
      assertThat(
              stable.list(
                  "SELECT state || ' ' || request_count FROM studbook.work_item WHERE run_id = 2 AND horse_id = '"
                      + known
                      + "'"))
          .containsExactly("enriched 3");
    }
  }

  @Test
  void aFew404sAreAccepted() throws Exception {
    try (BackfillFixture stable = new BackfillFixture(1, folder)) {
      stable.terminal.run("init");
      stable.sql("INSERT INTO ra_horses (horse_id, name) VALUES ('hrs_1', 'A'), ('hrs_2', 'B')");
      Result result = stable.terminal.run("backfill", "--rate", "unlimited");
      assertThat(result.code()).as(result.err()).isZero();
      assertThat(stable.in("not_found")).isEqualTo(2);
    }
  }

  @Test
  void aSchemaThatRefusesManyRowsPausesUntilAPersonHasLooked() throws Exception {
    try (BackfillFixture stable = new BackfillFixture(400, folder).imported()) {
      stable.sql(
          "ALTER TABLE ra_horse_pedigree ADD CONSTRAINT no_odd CHECK (right(horse_id, 1) NOT IN"
              + " ('1', '3'))");
      Process backfill = stable.terminal.start("backfill", "--no-racecards", "--rate", "50");
      try {
        waitUntil(() -> isPaused(stable, "rejections"));
        assertThat(stable.terminal.run("status").out()).contains("no_odd", "`studbook resume`");
        long pending = stable.in("pending");
        assertThat(pending).isPositive();
        stable.sql("ALTER TABLE ra_horse_pedigree DROP CONSTRAINT no_odd");
        assertThat(stable.terminal.run("resume").code()).isZero();
        assertThat(backfill.waitFor(40, SECONDS)).isTrue();
        assertThat(backfill.exitValue()).as("some were refused").isEqualTo(1);
        assertThat(stable.in("pending")).isZero();
        assertThat(
                stable.count(
                    "SELECT count(*) FROM studbook.work_item WHERE error_kind <> 'database_rejected'"))
            .isZero();
      } finally {
        backfill.destroyForcibly();
      }
    }
  }
}
