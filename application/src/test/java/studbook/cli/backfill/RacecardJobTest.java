package studbook.cli.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner;
import studbook.cli.fixture.CliRunner.Result;
import studbook.simulator.Latency;
import studbook.simulator.fault.FaultProfile;
import studbook.simulator.http.RateLimitGroup;
import studbook.simulator.http.SimulatedEndpoint;
import studbook.simulator.population.SyntheticPopulation;
import studbook.store.TestDatabase;
import studbook.time.SystemTime;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A backfill that reads racecards first. */
class RacecardJobTest {

  private static final String ROWS =
      """
      SELECT concat_ws('|', h.horse_id, h.name, h.dob, h.sex, h.sex_code, h.colour, h.colour_code, h.region,
                       p.sire_id, p.sire, p.dam_id, p.dam, p.damsire_id, p.damsire, p.breeder, p.region)
      FROM ra_horses h LEFT JOIN ra_horse_pedigree p USING (horse_id) ORDER BY h.horse_id
      """;

  @TempDir Path folder;

  private static Result backfill(BackfillFixture fixture, int days, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "backfill",
                "--racecards-since",
                "2025-06-" + "%02d".formatted(31 - days),
                "--racecards-until",
                "2025-06-30"));
    words.addAll(List.of(more));
    if (!words.contains("--rate")) {
      words.addAll(List.of("--rate", "unlimited"));
    }
    return fixture.cli.run(words.toArray(String[]::new));
  }

  private static long racecards(BackfillFixture fixture, int status) {
    return fixture.simulator.statistics().count(SimulatedEndpoint.RACECARDS, status);
  }

  private static long brought(BackfillFixture fixture) {
    return fixture.count("SELECT count(*) FROM studbook.work_item WHERE endpoint = 'racecards'");
  }

  /** The rate lets the racecards be read before all profiles are, on a busy machine, too. */
  @Test
  void fillsTheSameRowsWithAndWithoutRacecards() throws Exception {
    List<String> plain;
    try (BackfillFixture fixture =
        new BackfillFixture(2_000, Files.createDirectory(folder.resolve("plain"))).imported()) {
      fixture.cli.run("backfill", "--rate", "unlimited", "--no-racecards");
      assertThat(racecards(fixture, 200)).isZero();
      plain = fixture.list(ROWS);
    }
    try (BackfillFixture fixture =
        new BackfillFixture(2_000, Files.createDirectory(folder.resolve("swept"))).imported()) {
      Result result = backfill(fixture, 20, "--rate", "400");
      assertThat(result.code()).as(result.out() + result.err()).isZero();
      assertThat(fixture.list(ROWS)).isEqualTo(plain);
      assertThat(racecards(fixture, 200)).isEqualTo(20);
      assertThat(brought(fixture)).isGreaterThan(30);
      assertThat(result.out())
          .contains("20 days of racecards, then about ")
          .contains("Racecards: 20 requests completed %d horses.".formatted(brought(fixture)));
      assertThat(fixture.count("SELECT sum(requests_sent) FROM studbook.run_sample"))
          .isEqualTo(fixture.simulator.statistics().arrivals());
      assertThat(fixture.states()).doesNotContainKeys("pending", "failed");

      assertThat(backfill(fixture, 20, "--include-completed").out())
          .contains("racecards skipped: all days were read recently");
      assertThat(racecards(fixture, 200)).isEqualTo(20);
    }
  }

  /** Sampled rows of eight validations that came from racecards. */
  private static long sampledFromRacecards(BackfillFixture fixture) {
    long found = 0;
    for (int seed = 1; seed <= 8; seed++) {
      String said = fixture.cli.run("validate", "--json", "--seed", "" + seed).out();
      JsonNode sample = JsonMapper.shared().readTree(said).get("sample");
      assertThat(sample.get("result").asString()).isEqualTo("pass");
      for (JsonNode row : sample.get("sampled_rows")) {
        found +=
            fixture.count(
                "SELECT count(*) FROM studbook.work_item WHERE endpoint IN ('cached', 'racecards') AND horse_id = '"
                    + row.get("horse_id").asString()
                    + "'");
      }
    }
    return found;
  }

  @Test
  void aHorseThatIsImportedLaterCostsNoRequest() throws Exception {
    SyntheticPopulation population = new SyntheticPopulation(11, 3_000);
    try (BackfillFixture fixture =
        new BackfillFixture(population, folder, BackfillFixture.options()).imported()) {
      fixture.sql("DELETE FROM ra_horses WHERE right(horse_id, 1) IN ('1', '3', '5', '7', '9')");
      backfill(fixture, 14);
      long remembered =
          fixture.count(
              "SELECT count(*) FROM studbook.cached_profile WHERE length(horse_id) > 4 AND"
                  + " substr(horse_id, 5)::bigint < 500000000");
      assertThat(remembered).isPositive();

      fixture.imported();
      Result plan = fixture.cli.run("plan", "--rate", "2");
      assertThat(plan.out()).contains("%d horses from earlier racecards".formatted(remembered));
      Result again = fixture.cli.run("backfill", "--rate", "unlimited", "--no-racecards");

      assertThat(again.code()).as(again.err()).isZero();
      assertThat(fixture.count("SELECT count(*) FROM studbook.work_item WHERE endpoint = 'cached'"))
          .isEqualTo(remembered);
      fixture.assertThatRequestsAreTold("run_id = 2");
      fixture.assertThatRowsEqualWhatWasServed();
      assertThat(sampledFromRacecards(fixture)).as("of eighty rows").isPositive();
    }
  }

  @Test
  void withoutCachingNothingIsStored() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(300, folder).imported()) {
      backfill(fixture, 2, "--no-cache");
      assertThat(fixture.count("SELECT count(*) FROM studbook.cached_profile")).isZero();
      assertThat(fixture.count("SELECT count(*) FROM studbook.racecard_day")).isEqualTo(2);
    }
  }

  @Test
  void fewHorsesAreNotWorthADayUnlessDaysAreNamed() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(200, folder).imported()) {
      Result result = fixture.cli.run("backfill", "--rate", "unlimited");
      assertThat(result.out())
          .contains("racecards skipped: for so few horses", "Racecards skipped:");
      assertThat(racecards(fixture, 200)).isZero();
    }
  }

  /**
   * The end is noticed when day 14 is committed. By then the days of a full window may be claimed
   * and read as well: without a rate limit 8 days that are requested at once and 8 that wait for
   * the writer.
   */
  @Test
  void endsWhenFourteenDaysYieldFewerHorsesThanRequests() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(120, folder).imported()) {
      Result result =
          fixture.cli.run(
              "backfill",
              "--racecards-since",
              "2025-05-12",
              "--racecards-until",
              "2025-06-30",
              "--rate",
              "unlimited",
              "--no-cache");
      assertThat(result.code()).as(result.out() + result.err()).isZero();
      assertThat(racecards(fixture, 200)).as("of 50 days").isBetween(14L, 14L + 16);
      assertThat(result.out())
          .contains("Racecards stopped: the last 14 days completed fewer horses than requests.");
      assertThat(fixture.states()).doesNotContainKeys("pending", "failed");
    }
  }

  @Test
  void anAccountWithoutRacecardsFallsBackToProfilesAndSaysSo() throws Exception {
    try (BackfillFixture fixture =
        new BackfillFixture(
                1_000,
                folder,
                BackfillFixture.options()
                    .withFaults(FaultProfile.parse("401:1").only(RateLimitGroup.RACECARDS)))
            .imported()) {
      Result result = backfill(fixture, 20);
      assertThat(result.code()).as(result.out() + result.err()).isZero();
      assertThat(result.out()).contains("Racecards stopped: the API answers 401 to racecards only");
      assertThat(racecards(fixture, 401)).isBetween(1L, 10L);
      assertThat(brought(fixture)).isZero();
      fixture.assertThatRowsEqualWhatWasServed();
    }
  }

  @Test
  void missingAndBrokenDaysAreRecordedAndDoNotStopTheScan() throws Exception {
    FaultProfile faults =
        FaultProfile.parse(
            "404:0.1,422:0.1,cut:0.04,empty:0.04,html:0.04,500:0.04,close:0.03,duplicate-keys:0.03");
    try (BackfillFixture fixture =
        new BackfillFixture(
                3_000,
                folder,
                BackfillFixture.options().withFaults(faults.only(RateLimitGroup.RACECARDS)))
            .imported()) {
      Result result = backfill(fixture, 28, "--rate", "600");
      assertThat(result.code()).as(result.out() + result.err()).isZero();
      assertThat(fixture.count("SELECT count(*) FROM studbook.racecard_day")).isEqualTo(28);
      assertThat(
              fixture.count("SELECT count(*) FROM studbook.racecard_day WHERE status = 'rejected'"))
          .isPositive();
      assertThat(
              fixture.count(
                  "SELECT count(*) FROM studbook.error WHERE endpoint = 'racecards' AND horse_id IS"
                      + " NULL"))
          .isPositive();
      assertThat(brought(fixture)).isPositive();
      fixture.assertThatRowsEqualWhatWasServed();
    }
  }

  @Test
  void twoDispatchersRunConcurrentlyWithinTheirLimits() throws Exception {
    try (BackfillFixture fixture =
        new BackfillFixture(
                1_200,
                folder,
                BackfillFixture.options()
                    .withRate(300)
                    .withRacecardsRate(10)
                    .withLatency(new Latency(Duration.ofMillis(40), Duration.ZERO)))
            .imported()) {
      Result result =
          fixture.cli.run(
              "backfill",
              "--rate",
              "280",
              "--racecards-rate",
              "8",
              "--racecards-since",
              "2025-06-01",
              "--racecards-until",
              "2025-06-30");
      assertThat(result.code()).as(result.out() + result.err()).isZero();
      assertThat(result.out()).contains("280 requests/s for horses, 8 requests/s for racecards");
      long[] days = fixture.simulator.statistics().arrivalNanos(RateLimitGroup.RACECARDS);
      long[] horses = fixture.simulator.statistics().arrivalNanos(RateLimitGroup.HORSES);
      assertThat(days[0]).isLessThan(horses[horses.length - 1]);
      assertThat(horses[0]).as("side by side").isLessThan(days[days.length - 1]);
      assertThat(fixture.simulator.statistics().maxRequestsPerSecond(RateLimitGroup.RACECARDS))
          .isLessThanOrEqualTo(10);
      fixture.assertThatRowsEqualWhatWasServed();
      assertThat(fixture.states()).doesNotContainKeys("pending", "failed");
    }
  }

  @Test
  void aStoppedRunResumesItsDays() throws Exception {
    try (BackfillFixture fixture =
        new BackfillFixture(
                2_000,
                folder,
                BackfillFixture.options()
                    .withLatency(new Latency(Duration.ofMillis(250), Duration.ZERO)))
            .imported()) {
      Process process =
          fixture.cli.start(
              "backfill",
              "--rate",
              "unlimited",
              "--racecards-since",
              "2025-05-22",
              "--racecards-until",
              "2025-06-30");
      while (process.isAlive() && fixture.count("SELECT count(*) FROM studbook.racecard_day") < 3) {
        SystemTime.sleeper().sleep(Duration.ofMillis(5));
      }
      process.destroyForcibly().waitFor();
      long before = racecards(fixture, 200);
      assertThat(before).isLessThan(40);

      Result resumed = fixture.cli.run("backfill", "--resume", "--rate", "unlimited");

      assertThat(resumed.code()).as(resumed.out() + resumed.err()).isZero();
      assertThat(fixture.count("SELECT count(*) FROM studbook.racecard_day WHERE status = 'read'"))
          .isEqualTo(40);
      assertThat(racecards(fixture, 200))
          .as("again at most what was under way")
          .isLessThan(40 + 17);
      fixture.assertThatRowsEqualWhatWasServed();
    }
  }

  @Test
  void daysThatCannotBeAreRefused() {
    try (TestDatabase database = TestDatabase.fresh()) {
      CliRunner cli = new CliRunner(folder).on(database);
      assertThat(cli.run("init").code()).isZero();
      assertThat(cli.run("plan", "--racecards-since", "2022-12-31").err())
          .contains("--racecards-since must be between 2023-01-23 and ");
      assertThat(cli.run("plan", "--racecards-until", "yesterday").err())
          .contains("must be a day such as");
      assertThat(
              cli.run("plan", "--racecards-since", "2025-02-02", "--racecards-until", "2025-02-01")
                  .err())
          .contains("there is no day between");
      assertThat(cli.run("plan", "--no-racecards", "--racecards-since", "2025-02-02").code())
          .isEqualTo(2);
      assertThat(cli.run("backfill", "--resume", "--racecards-since", "2025-02-02").err())
          .contains("--racecards-since cannot be combined with --resume");
    }
  }
}
