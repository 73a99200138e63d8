package studbook.cli.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WholeJobTest {

  @TempDir Path folder;

  @Test
  void fillsEveryHorseFromAnEmptyDatabase() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(600, folder).imported()) {
      Result plan = fixture.cli.run("plan", "--rate", "unlimited");
      assertThat(plan.code()).isZero();
      assertThat(plan.out())
          .contains("600 horses · 0 enriched · 600 pending", "about 612 profiles");
      assertThat(fixture.simulator.statistics().arrivals()).isZero();

      Result backfill = fixture.cli.run("backfill", "--rate", "unlimited");

      assertThat(backfill.err()).isEmpty();
      assertThat(backfill.code()).isZero();
      assertThat(backfill.out()).contains("Run 1 is finished.");
      fixture.assertThatRowsEqualWhatWasServed();
      assertThat(fixture.states().values().stream().mapToLong(n -> n).sum()).isEqualTo(600);
      assertThat(fixture.states()).doesNotContainKeys("pending", "failed");
      assertThat(fixture.count("SELECT count(*) FROM ra_horses WHERE dob IS NOT NULL"))
          .isEqualTo(fixture.in("enriched"));
      fixture.assertThatRequestsAreTold("run_id = 1");
      assertThat(fixture.count("SELECT sum(requests_sent) FROM studbook.run_sample"))
          .isEqualTo(fixture.simulator.statistics().arrivals());
      assertThat(fixture.count("SELECT max(horses_completed) FROM studbook.run_sample"))
          .isEqualTo(600);
      assertThat(fixture.count("SELECT enriched_after FROM studbook.run"))
          .isEqualTo(fixture.in("enriched"));
      assertThat(fixture.count("SELECT estimated_requests FROM studbook.run")).isEqualTo(612);
    }
  }

  @Test
  void statusShowsTheTablesCounts() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(50, folder).imported()) {
      assertThat(fixture.cli.run("status").out()).contains("No run yet.");
      fixture.cli.run("backfill", "--rate", "unlimited");

      JsonNode status = JsonMapper.shared().readTree(fixture.cli.run("status", "--json").out());

      assertThat(status.get("tables").get("horses").asLong()).isEqualTo(50);
      assertThat(status.get("tables").get("enriched").asLong())
          .isEqualTo(fixture.count("SELECT count(dob) FROM ra_horses"));
      assertThat(status.get("tables").get("pedigrees").asLong())
          .isEqualTo(fixture.count("SELECT count(*) FROM ra_horse_pedigree"));
      assertThat(status.get("last_run").get("state").asString()).isEqualTo("finished");
      assertThat(status.get("last_run").get("counts").get("completed").asLong()).isEqualTo(50);
    }
  }

  @Test
  void promptsNothingWithoutWork() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(40, folder).imported()) {
      fixture.cli.run("backfill", "--rate", "unlimited");
      long asked = fixture.simulator.statistics().arrivals();

      Result again = fixture.cli.run("backfill", "--rate", "unlimited");

      assertThat(again.code()).isZero();
      assertThat(again.out()).contains("Nothing to do");
      assertThat(fixture.simulator.statistics().arrivals()).isEqualTo(asked);
    }
  }

  @Test
  void takesTheHorsesThatTheOptionsChoose() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(60, folder).imported()) {
      assertThat(fixture.cli.run("backfill", "--rate", "unlimited", "--test").out())
          .contains("Run 1 started: 10 horses.");
      assertThat(
              fixture.cli.run("backfill", "--rate", "unlimited", "--skip", "5", "--max", "7").out())
          .contains("Run 2 started: 7 horses.");
      Path ids = folder.resolve("ids.txt");
      String known = fixture.population.named(59).id();
      Files.writeString(ids, known + "\nhrs_999999999999\n");
      Result chosen =
          fixture.cli.run("backfill", "--rate", "unlimited", "--ids-file", ids.toString());
      assertThat(chosen.out()).contains("Skipped    1 of the IDs file, missing from ra_horses");
    }
  }

  @Test
  void leavesItsFilesInTheLogsFolder() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(250, folder).imported()) {
      fixture.cli.run("backfill", "--rate", "unlimited");
      Path logs = fixture.cli.home().resolve("logs");

      JsonNode checkpoint =
          JsonMapper.shared().readTree(Files.readString(logs.resolve("backfill_checkpoint.json")));

      assertThat(checkpoint.get("run").asLong()).isEqualTo(1);
      assertThat(checkpoint.get("processed").asLong()).isEqualTo(250);
      assertThat(checkpoint.get("stats").propertyNames())
          .containsExactly(
              "total",
              "processed",
              "with_pedigree",
              "without_pedigree",
              "not_found",
              "errors",
              "start_time",
              "session_start");
      assertThat(logs.resolve("backfill_pid.txt")).doesNotExist();
      try (var files = Files.list(logs)) {
        Path log = files.filter(file -> file.toString().endsWith(".log")).findFirst().orElseThrow();
        assertThat(log.getFileName().toString()).matches("backfill_\\d{8}_\\d{6}\\.log");
        assertThat(Files.readString(log)).contains("250 pending", "Run 1 · ", "Run 1 is finished.");
      }
    }
  }

  @Test
  void resumeStartsARunWhereThereIsNone() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(20, folder).imported()) {
      Result result = fixture.cli.run("backfill", "--resume", "--rate", "unlimited");
      assertThat(result.code()).as(result.err()).isZero();
      assertThat(result.out()).contains("Run 1 started: 20 horses.", "Run 1 is finished.");
    }
  }

  @Test
  void promptsBeforeItStartsOnATerminal() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(20, folder).imported()) {
      Result declined = fixture.cli.typing("maybe\nno\n").run("backfill", "--rate", "unlimited");
      assertThat(declined.code()).isZero();
      assertThat(declined.out()).contains("Start? (yes/no) Start? (yes/no) ", "Not started.");
      assertThat(fixture.simulator.statistics().arrivals()).isZero();

      Result agreed = fixture.cli.typing("yes\n").run("backfill", "--rate", "unlimited");
      assertThat(agreed.out()).contains("Run 1 is finished.");
    }
  }
}
