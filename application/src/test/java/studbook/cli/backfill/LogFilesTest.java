package studbook.cli.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner;
import studbook.cli.fixture.CliRunner.Result;
import studbook.cli.fixture.PlannedRunFixture;
import studbook.simulator.fault.FaultProfile;
import studbook.time.SystemTime;

/** The files that repeated scheduled commands leave in logs/. */
class LogFilesTest {

  private static final String[] SCHEDULED = {
    "backfill", "--resume", "--non-interactive", "--rate", "unlimited"
  };

  @TempDir Path folder;

  @Test
  void aCallThatIsRefusedOrHasNothingToDoLeavesNoLog() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(12, folder).imported()) {
      Result refused;
      try (PlannedRunFixture _ = PlannedRunFixture.alive(fixture)) {
        refused = fixture.cli.run(SCHEDULED);
      }
      assertThat(refused.code()).isEqualTo(2);
      assertThat(refused.err()).contains("run 1 is already active");
      assertThat(logs(fixture)).containsExactly("backfill_errors.json");
      assertThat(fixture.cli.home().resolve("logs/backfill_errors.json")).hasContent("[]");

      fixture.sql("UPDATE studbook.run SET state = 'cancelled'");
      assertThat(fixture.cli.run(SCHEDULED).code()).isZero();
      List<String> after = logs(fixture);
      assertThat(after).filteredOn(name -> name.endsWith(".log")).hasSize(1);
      Result nothing = fixture.cli.run(SCHEDULED);
      assertThat(nothing.out()).contains("Nothing to do");
      assertThat(logs(fixture)).isEqualTo(after);
      assertThat(fixture.cli.home().resolve("logs/backfill_errors.json")).hasContent("[]");
    }
  }

  @Test
  void aRunRemovesOldLogsAndReportsAsTheSettingSays() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(12, folder).imported()) {
      Path logs = Files.createDirectories(fixture.cli.home().resolve("logs"));
      for (int day = 10; day < 35; day++) {
        old(logs.resolve("backfill_202401%d_120000.log".formatted(day)), day);
      }
      fixture.cli.with("STUDBOOK_KEEP_LOGS", "300d");
      fixture.cli.run("backfill", "--max", "4", "--rate", "unlimited");
      assertThat(logs(fixture)).filteredOn(name -> name.startsWith("backfill_2024")).hasSize(25);

      fixture.cli.with("STUDBOOK_KEEP_LOGS", "");
      assertThat(fixture.cli.run(SCHEDULED).code()).isZero();

      assertThat(logs(fixture))
          .filteredOn(name -> name.endsWith(".log"))
          .hasSize(20)
          .contains("backfill_20240110_120000.log")
          .doesNotContain("backfill_20240134_120000.log");
    }
  }

  @Test
  void failedHorsesAreSkippedByTheNextCalls() throws Exception {
    try (BackfillFixture fixture =
        new BackfillFixture(30, folder).imported().failEveryThird("500:1")) {
      assertThat(fixture.cli.run(SCHEDULED).code()).isEqualTo(1);
      long arrived = fixture.simulator.statistics().arrivals();
      List<String> files = logs(fixture);

      for (int call = 0; call < 3; call++) {
        Result waiting = fixture.cli.run(SCHEDULED);
        assertThat(waiting.code()).as(waiting.err()).isZero();
        assertThat(waiting.out())
            .contains(
                "Skipped    10 failed recently, retried ",
                "(`studbook retry --run 1` retries them now)",
                "Nothing to do now: the other horses are enriched or completed.");
      }

      assertThat(fixture.simulator.statistics().arrivals()).isEqualTo(arrived);
      assertThat(logs(fixture)).isEqualTo(files);
      assertThat(fixture.count("SELECT count(*) FROM studbook.run")).isEqualTo(1);
      assertThat(fixture.cli.run("plan", "--json").out()).contains("\"waiting\" : 10");
      fixture.sql("UPDATE studbook.work_item SET completed_at = completed_at - interval '61 min'");
      fixture.simulator.setFaults(FaultProfile.NONE);
      assertThat(fixture.cli.run(SCHEDULED).out()).contains("Run 2 started: 10 horses.");
    }
  }

  @Test
  void eachResumeNamesTheOther() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(12, folder).imported();
        PlannedRunFixture run = PlannedRunFixture.alive(fixture)) {
      assertThat(fixture.cli.run("resume").err()).contains("`studbook backfill --resume`");
      assertThat(run.runStates.pauseByPerson(run.run.id(), "anna")).isTrue();
      assertThat(fixture.cli.run(SCHEDULED).err()).contains("paused: `studbook resume`");
    }
  }

  @Test
  void theSettingHasOneForm() {
    Result result = new CliRunner(folder).with("STUDBOOK_KEEP_LOGS", "three months").run("status");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .contains("STUDBOOK_KEEP_LOGS should be a number of days such as 90d, or forever");
  }

  private static void old(Path file, int daysMore) throws IOException {
    Files.writeString(file, "old");
    Files.setLastModifiedTime(
        file, FileTime.from(SystemTime.clock().instant().minus(Duration.ofDays(90 + daysMore))));
  }

  private static List<String> logs(BackfillFixture fixture) throws IOException {
    try (Stream<Path> files = Files.list(fixture.cli.home().resolve("logs"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
