package studbook.faults.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.CliRunner;
import studbook.cli.fixture.CliRunner.Result;
import studbook.faults.environment.Await;
import studbook.faults.environment.SmallRacecards;
import studbook.store.TestDatabase;

/** Racecard days that hang, are refused, or are requested at a wrong address. */
@Timeout(120)
class RacecardFaultTest {

  private static final int RATE = 30;
  private static final LocalDate LAST = SmallRacecards.GELDED;

  @TempDir Path folder;

  private SmallRacecards api;
  private TestDatabase database;
  private CliRunner cli;

  @BeforeEach
  void open() throws IOException {
    api = new SmallRacecards();
    database = TestDatabase.fresh();
    cli =
        new CliRunner(folder)
            .on(database)
            .with("RACING_API_BASE_URL", api.base().toString())
            .with("RACING_API_USERNAME", CliRunner.USERNAME)
            .with("RACING_API_PASSWORD", CliRunner.PASSWORD);
    assertThat(cli.run("init").code()).isZero();
  }

  @AfterEach
  void close() {
    api.close();
    database.close();
  }

  /** The runners of {@code days} days, and {@code others} horses that never run. */
  private void horses(int days, int others) {
    List<String> ids = new ArrayList<>(List.of(SmallRacecards.EVERYDAY_HORSE));
    for (int i = 0; i < days; i++) {
      ids.add(SmallRacecards.horseOf(LAST.minusDays(i)));
    }
    for (int i = 0; i < others; i++) {
      ids.add("hrs_" + (5_000_000 + i));
    }
    jdbi()
        .useHandle(handle ->
            handle.execute(
                "INSERT INTO ra_horses (horse_id, name) SELECT i, 'Runner' FROM unnest(?) i",
                (Object) ids.toArray(String[]::new)));
  }

  private Jdbi jdbi() {
    return Jdbi.create(database.dataSource());
  }

  private String value(String query) {
    return jdbi()
        .withHandle(
            handle -> handle.select("SELECT (" + query + ")::text").mapTo(String.class).one());
  }

  private Result backfill(int days, int rate) {
    return cli.run(
        "backfill",
        "--rate",
        Integer.toString(rate),
        "--racecards-since",
        LAST.minusDays(days - 1).toString(),
        "--racecards-until",
        LAST.toString());
  }

  private Duration longestGap() {
    List<Long> arrivals = api.arrivals();
    long longest = 0;
    for (int i = 1; i < arrivals.size(); i++) {
      longest = Math.max(longest, arrivals.get(i) - arrivals.get(i - 1));
    }
    return Duration.ofNanos(longest);
  }

  @Test
  void whileADayHangsOtherDaysAreRead() {
    horses(120, 60);
    api.hang(Set.of(LAST.minusDays(3), LAST.minusDays(40), LAST.minusDays(41)));
    cli.with("RACING_API_TIMEOUT", "8s");

    Result result = backfill(120, RATE);

    assertThat(result.code()).as(result.out() + result.err()).isZero();
    assertThat(longestGap()).isLessThan(Duration.ofSeconds(2));
    assertThat(api.daysRequested()).isEqualTo(120);
    assertThat(value("SELECT count(*) FROM ra_horses WHERE dob IS NULL")).isEqualTo("0");
  }

  @Test
  void whereAllDaysHangProfilesAreRequested() {
    horses(100, 60);
    api.hangAlways();
    cli.with("RACING_API_TIMEOUT", "20s");

    Result result = backfill(100, RATE);

    assertThat(result.code()).as(result.out() + result.err()).isZero();
    assertThat(longestGap()).isLessThan(Duration.ofSeconds(8));
    assertThat(value("SELECT count(*) FROM ra_horses WHERE dob IS NULL")).isEqualTo("0");
  }

  @Test
  void ofTwoDaysTheNewerWinsAlthoughItCameLast() {
    horses(20, 1);
    api.hang(Set.of(LAST));
    cli.with("RACING_API_TIMEOUT", "2s");

    Result result = backfill(20, 10);

    assertThat(result.code()).as(result.out() + result.err()).isZero();
    assertThat(value("SELECT sex FROM ra_horses WHERE horse_id = 'hrs_1'")).isEqualTo("gelding");
  }

  @Test
  void racecardsThatOnlyAnswer404FallBackToProfilesWithASentence() {
    horses(40, 10);
    api.refuseDays(404);

    Result result = backfill(40, 50);

    assertThat(result.code()).as(result.out() + result.err()).isZero();
    assertThat(result.out()).contains("Racecards stopped: the API answers 404 to racecards only");
    assertThat(api.daysRequested()).isLessThan(15);
    assertThat(value("SELECT count(*) FROM ra_horses WHERE dob IS NULL")).isEqualTo("0");
  }

  @Test
  void daysThatAreNeverAnsweredWellEndTheScanAndNotTheRun() {
    horses(150, 200);
    api.refuseDays(500);

    Result result = backfill(150, 50);

    assertThat(result.code()).as(result.out() + result.err()).isZero();
    assertThat(result.out()).contains("days in a row could not be read");
    assertThat(api.daysRequested()).isLessThan(75);
  }

  @Test
  void aBaseUrlWithoutItsVersionMarksNoDayRead() throws Exception {
    horses(30, 60);
    cli.with("RACING_API_BASE_URL", api.host().toString());
    Process lost =
        cli.start(
            "backfill",
            "--rate",
            "100",
            "--racecards-since",
            LAST.minusDays(29).toString(),
            "--racecards-until",
            LAST.toString());
    try {
      Await.until("a pause", () -> api.arrivals().size() > 30 && state().equals("paused"));
    } finally {
      lost.destroy();
      assertThat(lost.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(value("SELECT count(*) FROM studbook.work_item WHERE state <> 'pending'"))
        .isEqualTo("0");

    cli.with("RACING_API_BASE_URL", api.base().toString());
    Result resumed = cli.run("backfill", "--resume", "--rate", "20");

    assertThat(resumed.code()).as(resumed.out() + resumed.err()).isZero();
    assertThat(value("SELECT count(*) FROM studbook.racecard_day WHERE status = 'read'"))
        .isEqualTo("30");
    assertThat(value("SELECT count(*) FROM ra_horses WHERE dob IS NULL")).isEqualTo("0");
  }

  private String state() {
    return value("SELECT max(state) FROM studbook.run");
  }
}
