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
import studbook.cli.Terminal.Result;
import studbook.time.SystemTime;

/** What a scheduled command leaves in logs/, call after call. */
class LogFilesTest {

  private static final String[] SCHEDULED = {
    "backfill", "--resume", "--non-interactive", "--rate", "unlimited"
  };

  @TempDir Path folder;

  @Test
  void aCallThatIsRefusedOrHasNothingToDoLeavesNoLog() throws Exception {
    try (Stable stable = new Stable(12, folder).imported()) {
      Result refused;
      try (OwnedRun _ = OwnedRun.alive(stable)) {
        refused = stable.terminal.run(SCHEDULED);
      }
      assertThat(refused.code()).isEqualTo(2);
      assertThat(refused.err()).contains("run 1 is under way");
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
    try (Stable stable = new Stable(12, folder).imported()) {
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
  void theSettingHasOneForm() {
    Result result = new Terminal(folder).with("STUDBOOK_KEEP_LOGS", "three months").run("status");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .contains("STUDBOOK_KEEP_LOGS should be a number of days, as in 90d, or forever");
  }

  private static void old(Path file, int daysMore) throws IOException {
    Files.writeString(file, "old");
    Files.setLastModifiedTime(
        file, FileTime.from(SystemTime.clock().instant().minus(Duration.ofDays(90 + daysMore))));
  }

  private static List<String> logs(Stable stable) throws IOException {
    try (Stream<Path> files = Files.list(stable.terminal.home().resolve("logs"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
