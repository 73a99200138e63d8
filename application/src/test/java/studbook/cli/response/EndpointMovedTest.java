package studbook.cli.response;

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
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;
import studbook.simulator.Latency;
import studbook.simulator.SimulatorOptions;
import studbook.simulator.fault.FaultProfile;
import studbook.simulator.population.HorseRecord;
import studbook.simulator.population.NamedHorse;
import studbook.simulator.population.Population;
import studbook.simulator.population.ProfileAvailability;
import studbook.simulator.population.SyntheticPopulation;
import studbook.time.SystemTime;

/** 404s and rejected rows that are too many to be true. */
class EndpointMovedTest {

  @TempDir Path folder;

  /** Horses that all have a detailed profile with a date of birth. */
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

  private static boolean isPaused(BackfillFixture fixture, String cause) {
    return fixture.count(
            "SELECT count(*) FROM studbook.run WHERE state = 'paused' AND pause_cause = '"
                + cause
                + "'")
        == 1;
  }

  @Test
  void aMovedEndpointPausesTheRunUntilItWorksAgain() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(300, folder).imported()) {
      Process backfill = fixture.cli.start("backfill", "--no-racecards", "--rate", "100");
      try {
        waitUntil(() -> fixture.in("enriched") > 50);
        fixture.simulator.setFaults(FaultProfile.parse("404:1"));
        waitUntil(() -> isPaused(fixture, "endpoint"));
        long arrivals = fixture.simulator.statistics().arrivals();
        assertThat(fixture.cli.run("status").out())
            .contains("404 for a horse that it has returned before", "RACING_API_BASE_URL");
        waitUntil(() -> fixture.simulator.statistics().arrivals() > arrivals);
        fixture.simulator.setFaults(FaultProfile.NONE);
        fixture.cli.run("resume");

        assertThat(backfill.waitFor(40, SECONDS)).isTrue();
        assertThat(backfill.exitValue()).isZero();
        assertThat(fixture.simulator.statistics().faultCount("404")).isGreaterThan(20);
        fixture.assertThatRowsEqualWhatWasServed();
      } finally {
        backfill.destroyForcibly();
      }
    }
  }

  @Test
  void unknownHorsesAreAcceptedWhenACanaryIsFound() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(60, folder).imported()) {
      fixture.sql(
          "INSERT INTO ra_horses (horse_id, name) SELECT 'hrs_9' || i, 'Nobody' FROM"
              + " generate_series(100000, 100199) i");
      Result result = fixture.cli.run("backfill", "--no-racecards", "--rate", "unlimited");
      assertThat(result.code()).as(result.err()).isZero();
      assertThat(fixture.in("not_found")).isGreaterThanOrEqualTo(200);
      fixture.assertThatRequestsAreTold("run_id = 1");
      assertThat(fixture.in("pending")).isZero();
      assertThat(fixture.list("SELECT event FROM studbook.run_event ORDER BY occurred_at"))
          .doesNotContain("paused");
    }
  }

  @Test
  void random404sOfAQuarterCompleteNoExistingHorse() throws Exception {
    SimulatorOptions options = BackfillFixture.options().withFaults(FaultProfile.parse("404:0.25"));
    try (BackfillFixture fixture = existing(400, options).imported()) {
      Result result = fixture.cli.run("backfill", "--no-racecards", "--rate", "200");
      assertThat(result.code()).as(result.err()).isZero();
      assertThat(fixture.simulator.statistics().faultCount("404")).isGreaterThan(80);
      assertThat(fixture.states()).containsOnlyKeys("enriched");
      fixture.assertThatRowsEqualWhatWasServed();
      fixture.assertThatRequestsAreTold("run_id = 1");
    }
  }

  @Test
  void persistentRandom404sPauseTheRun() throws Exception {
    SimulatorOptions options =
        BackfillFixture.options()
            .withFaults(FaultProfile.parse("404:0.4"))
            .withLatency(new Latency(Duration.ofMillis(60), Duration.ZERO));
    try (BackfillFixture fixture = existing(2_000, options).imported()) {
      CompletableFuture<Result> backfill =
          CompletableFuture.supplyAsync(
              () -> fixture.cli.faster(40).run("backfill", "--no-racecards", "--rate", "unlimited"),
              task -> Thread.ofPlatform().daemon().start(task));
      waitUntil(() -> isPaused(fixture, "endpoint"));
      assertThat(fixture.cli.run("status").out())
          .containsPattern(
              "404 at random: \\d{3} horses were found when they were requested again");
      fixture.simulator.setFaults(
          FaultProfile.NONE); // a probe finds out, perhaps before a person could
      assertThat(backfill.get(40, SECONDS).code()).isZero();
      assertThat(fixture.states()).containsOnlyKeys("enriched");
      fixture.assertThatRowsEqualWhatWasServed();
    }
  }

  private BackfillFixture existing(int horses, SimulatorOptions options) {
    return new BackfillFixture(new Existing(new SyntheticPopulation(11, horses)), folder, options);
  }

  @Test
  void aHealthyRunSendsNoExtraRequests() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(1_000, folder).imported()) {
      Result result = fixture.cli.run("backfill", "--no-racecards", "--rate", "unlimited");
      assertThat(result.code()).as(result.err()).isZero();
      long withoutDetails = fixture.in("basic") + fixture.in("not_found");
      assertThat(withoutDetails).isBetween(10L, 40L);
      fixture.assertThatRequestsAreTold("run_id = 1");
      assertThat(fixture.count("SELECT sum(request_count) FROM studbook.work_item"))
          .isEqualTo(1_000 + withoutDetails);
    }
  }

  @Test
  void aKnownHorseIsRequestedAgainAfterA404() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(60, folder).imported()) {
      fixture.cli.run("backfill", "--no-racecards", "--rate", "unlimited");
      String known =
          fixture
              .list("SELECT min(horse_id) FROM studbook.work_item WHERE state = 'enriched'")
              .getFirst();
      fixture.sql("UPDATE ra_horses SET dob = NULL WHERE horse_id = '" + known + "'");
      fixture.sql("DELETE FROM studbook.cached_profile");
      fixture.simulator.setFaults(FaultProfile.parse("404:1").onlyFirst(2).onlyFor(known));
      assertThat(fixture.cli.run("backfill", "--no-racecards", "--rate", "unlimited").code())
          .isZero();
      assertThat(
              fixture.list(
                  "SELECT state || ' ' || request_count FROM studbook.work_item WHERE run_id = 2 AND horse_id = '"
                      + known
                      + "'"))
          .containsExactly("enriched 3");
    }
  }

  @Test
  void aFew404sAreAccepted() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(1, folder)) {
      fixture.cli.run("init");
      fixture.sql("INSERT INTO ra_horses (horse_id, name) VALUES ('hrs_1', 'A'), ('hrs_2', 'B')");
      Result result = fixture.cli.run("backfill", "--rate", "unlimited");
      assertThat(result.code()).as(result.err()).isZero();
      assertThat(fixture.in("not_found")).isEqualTo(2);
    }
  }

  @Test
  void aSchemaThatRefusesManyRowsPausesUntilAPersonHasLooked() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(400, folder).imported()) {
      fixture.sql(
          "ALTER TABLE ra_horse_pedigree ADD CONSTRAINT no_odd CHECK (right(horse_id, 1) NOT IN"
              + " ('1', '3'))");
      Process backfill = fixture.cli.start("backfill", "--no-racecards", "--rate", "50");
      try {
        waitUntil(() -> isPaused(fixture, "rejections"));
        assertThat(fixture.cli.run("status").out()).contains("no_odd", "`studbook resume`");
        long pending = fixture.in("pending");
        assertThat(pending).isPositive();
        fixture.sql("ALTER TABLE ra_horse_pedigree DROP CONSTRAINT no_odd");
        assertThat(fixture.cli.run("resume").code()).isZero();
        assertThat(backfill.waitFor(40, SECONDS)).isTrue();
        assertThat(backfill.exitValue()).as("some were refused").isEqualTo(1);
        assertThat(fixture.in("pending")).isZero();
        assertThat(
                fixture.count(
                    "SELECT count(*) FROM studbook.work_item WHERE error_kind <> 'database_rejected'"))
            .isZero();
      } finally {
        backfill.destroyForcibly();
      }
    }
  }
}
