package studbook.cli.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;
import studbook.simulator.fault.FaultProfile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All faults of single responses at once. */
class FaultStormTest {

  private static final String STORM =
      "500:0.04,502:0.02,503:0.02,504:0.02,cut:0.03,close:0.03,html:0.03,empty:0.02,null:0.02,array:0.02,"
          + "deep:0.01,duplicate-keys:0.02,wrong-id:0.03,invalid-utf8:0.02,redirect:0.02,gzip:0.02";

  @TempDir Path folder;

  @Test
  void everyHorseHasOneOutcomeAndEveryFaultIsRecorded() throws Exception {
    FaultProfile faults = FaultProfile.parse(STORM);
    try (BackfillFixture fixture =
        new BackfillFixture(400, folder, BackfillFixture.options().withFaults(faults)).imported()) {
      Result result = fixture.cli.run("backfill", "--rate", "unlimited", "--timeout", "2s");

      assertThat(result.code()).as(result.err()).isIn(0, 1);
      assertThat(
              fixture.simulator.statistics().faultCount().values().stream().mapToLong(n -> n).sum())
          .as("faults that fired")
          .isGreaterThan(80);
      assertThat(fixture.in("pending")).isZero();
      assertThat(fixture.states().values().stream().mapToLong(n -> n).sum()).isEqualTo(400);
      assertThat(fixture.in("failed")).as("three attempts each").isLessThan(80);
      long fired =
          fixture.simulator.statistics().faultCount().values().stream().mapToLong(n -> n).sum();
      long recorded =
          fixture.count(
              """
              SELECT count(*) FROM studbook.error WHERE kind IN
                ('timeout', 'connection', 'server_error', 'malformed', 'wrong_id', 'too_large')
              """);
      assertThat(recorded)
          .as(
              "each fault is a row of the error log; only a 404 that was cut off says enough as it"
                  + " is")
          .isBetween(fired - fixture.simulator.statistics().faultCount("cut"), fired);
      assertThat(
              fixture.count(
                  "SELECT count(*) FROM ra_horses h JOIN studbook.work_item i USING (horse_id) WHERE"
                      + " i.state = 'failed' AND h.dob IS NOT NULL"))
          .as("nothing half written")
          .isZero();
    }
  }

  @Test
  void failedHorsesAreInTheFilesAndCanBeRetried() throws Exception {
    try (BackfillFixture fixture =
        new BackfillFixture(60, folder).imported().failEveryThird("500:0.6")) {
      Result first = fixture.cli.run("backfill", "--rate", "unlimited");
      assertThat(first.code()).isEqualTo(1);
      long failed = fixture.in("failed");
      assertThat(failed).isPositive();
      Path logs = fixture.cli.home().resolve("logs");
      List<String> ids = Files.readAllLines(logs.resolve("failed_horse_ids.txt"));
      assertThat(ids).hasSize((int) failed);
      JsonNode errors =
          JsonMapper.shared().readTree(Files.readString(logs.resolve("backfill_errors.json")));
      assertThat(errors.size()).isEqualTo((int) failed);
      assertThat(errors.get(0).propertyNames())
          .containsExactly("timestamp", "horse_id", "error", "kind", "attempts");
      assertThat(errors.get(0).get("kind").asString()).isEqualTo("server_error");
      assertThat(errors.get(0).get("attempts").asLong())
          .as("three, and those that were given back while the API seemed to be down")
          .isGreaterThanOrEqualTo(3)
          .isEqualTo(
              fixture.count(
                  "SELECT request_count FROM studbook.work_item WHERE horse_id = '%s'"
                      .formatted(errors.get(0).get("horse_id").asString())));

      fixture.simulator.setFaults(FaultProfile.NONE);
      fixture.sql("UPDATE studbook.work_item SET completed_at = completed_at - interval '2 h'");
      Result second = fixture.cli.run("backfill", "--rate", "unlimited");

      assertThat(second.code()).isZero();
      assertThat(second.out()).contains("Run 2 started: " + failed + " horse");
      fixture.assertThatRowsEqualWhatWasServed();
    }
  }

  @Test
  void throttlingChargesNoHorse() throws Exception {
    // Only of horses that were not requested before: a canary's 429 is no row of the error log.
    FaultProfile throttled = FaultProfile.parse("429:0.05").onlyFirst(1);
    try (BackfillFixture fixture =
        new BackfillFixture(60, folder, BackfillFixture.options().withFaults(throttled))
            .imported()) {
      Result result = fixture.cli.run("backfill", "--rate", "500");

      assertThat(result.code()).as(result.err()).isZero();
      assertThat(fixture.simulator.statistics().count(429)).isPositive();
      assertThat(fixture.count("SELECT count(*) FROM studbook.error WHERE kind = 'throttled'"))
          .isEqualTo(fixture.simulator.statistics().count(429));
      fixture.assertThatRowsEqualWhatWasServed();
    }
  }

  @Test
  void wrongCredentialsEndTheBackfillBeforeAnyHorseIsCharged() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(30, folder).imported()) {
      // Slow enough that each response arrives before the next request is sent.
      Result result =
          fixture.cli.with("RACING_API_PASSWORD", "wrong").run("backfill", "--rate", "4");

      assertThat(result.code()).isEqualTo(2);
      assertThat(result.err())
          .contains("rejected the credentials (401)", "RACING_API_USERNAME", "RACING_API_PASSWORD");
      assertThat(fixture.in("pending")).isEqualTo(30);
      assertThat(fixture.simulator.statistics().arrivals())
          .as("two, one sent before a canary was looked for, one after, one that had its permit")
          .isLessThanOrEqualTo(5);
    }
  }
}
