package studbook.cli;

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
import studbook.cli.CliRunner.Result;
import studbook.simulator.fault.FaultProfile;
import studbook.time.SystemTime;

/** What a scheduled command leaves in logs/, call after call. */
class LogFilesTest {

  private static final String[] SCHEDULED = {
    "backfill", "--resume", "--non-interactive", "--rate", "unlimited"
  };

  @TempDir Path folder;

  @Test
  void aCallThatIsRefusedOrHasNothingToDoLeavesNoLog() throws Exception {
    try (BackfillFixture stable = new BackfillFixture(12, folder).imported()) {
      Result refused;
      try (PlannedRunFixture _ = PlannedRunFixture.alive(stable)) {
        refused = stable.terminal.run(SCHEDULED);
      }
      assertThat(refused.code()).isEqualTo(2);
      assertThat(refused.err()).contains("run 1 is already active");
      assertThat(logs(stable)).containsExactly("backfill_errors.json");
      assertThat(stable.terminal.home().resolve("logs/backfill_errors.json")).hasContent("[]");

      stable.sql("UPDATE studbook.run SET state = 'cancelled'");
      assertThat(stable.terminal.run(SCHEDULED).code()).isZero();
      List<String> after = logs(stable);
      assertThat(after).filteredOn(name -> name.endsWith(".log")).hasSize(1);
      Result nothing = stable.terminal.run(SCHEDULED);
      assertThat(nothing.out()).contains("Nothing to do");
      assertThat(logs(stable)).isEqualTo(after);
      assertThat(stable.terminal.home().resolve("logs/backfill_errors.json")).hasContent("[]");
    }
  }

  @Test
  void aRunRemovesOldLogsAndReportsAsTheSettingSays() throws Exception {
    try (BackfillFixture stable = new BackfillFixture(12, folder).imported()) {
      Path logs = Files.createDirectories(stable.terminal.home().resolve("logs"));
      for (int day = 10; day < 35; day++) {
        old(logs.resolve("backfill_202401%d_120000.log".formatted(day)), day);
      }
      stable.terminal.with("STUDBOOK_KEEP_LOGS", "300d");
      stable.terminal.run("backfill", "--max", "4", "--rate", "unlimited");
      assertThat(logs(stable)).filteredOn(name -> name.startsWith("backfill_2024")).hasSize(25);

      stable.terminal.with("STUDBOOK_KEEP_LOGS", "");
      assertThat(stable.terminal.run(SCHEDULED).code()).isZero();

      assertThat(logs(stable))
          .filteredOn(name -> name.endsWith(".log"))
          .hasSize(20)
          .contains("backfill_20240110_120000.log")
          .doesNotContain("backfill_20240134_120000.log");
    }
  }

  @Test
  void failedHorsesAreSkippedByTheNextCalls() throws Exception {
    try (BackfillFixture stable =
        new BackfillFixture(30, folder).imported().failEveryThird("500:1")) {
      assertThat(stable.terminal.run(SCHEDULED).code()).isEqualTo(1);
      long arrived = stable.simulator.statistics().arrivals();
      List<String> files = logs(stable);

      for (int call = 0; call < 3; call++) {
        Result waiting = stable.terminal.run(SCHEDULED);
        assertThat(waiting.code()).as(waiting.err()).isZero();
        assertThat(waiting.out())
            .contains(
                "Skipped    10 failed recently, retried ",
                "(`studbook retry --run 1` retries them now)",
                "Nothing to do now: the other horses are enriched or completed.");
      }

      assertThat(stable.simulator.statistics().arrivals()).isEqualTo(arrived);
      assertThat(logs(stable)).isEqualTo(files);
      assertThat(stable.count("SELECT count(*) FROM studbook.run")).isEqualTo(1);
      assertThat(stable.terminal.run("plan", "--json").out()).contains("\"waiting\" : 10");
      stable.sql("UPDATE studbook.work_item SET completed_at = completed_at - interval '61 min'");
      stable.simulator.behave(FaultProfile.NONE);
      assertThat(stable.terminal.run(SCHEDULED).out()).contains("Run 2 started: 10 horses.");
    }
  }

  @Test
  void eachResumeNamesTheOther() throws Exception {
    try (BackfillFixture stable = new BackfillFixture(12, folder).imported();
        PlannedRunFixture run = PlannedRunFixture.alive(stable)) {
      assertThat(stable.terminal.run("resume").err()).contains("`studbook backfill --resume`");
      assertThat(run.control.pauseByPerson(run.run.id(), "anna")).isTrue();
      assertThat(stable.terminal.run(SCHEDULED).err()).contains("paused: `studbook resume`");
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

  private static List<String> logs(BackfillFixture stable) throws IOException {
    try (Stream<Path> files = Files.list(stable.terminal.home().resolve("logs"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
