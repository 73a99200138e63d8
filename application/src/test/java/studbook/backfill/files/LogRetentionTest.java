package studbook.backfill.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogRetentionTest {

  private static final Instant NOW = Instant.parse("2026-06-30T12:00:00Z");

  @TempDir private Path folder;

  @Test
  void theLastTwentyOfEachKindStayHoweverOldTheyAre() throws Exception {
    for (int i = 0; i < 30; i++) {
      file("backfill_20250101_1200%02d.log".formatted(i), 200 - i);
      file("worker_20250101_1200%02d_77.log".formatted(i), 200 - i);
      file("report_20250101_1200%02d_run%d.md".formatted(i, i), 200 - i);
      file("report_20250101_1200%02d_run%d.html".formatted(i, i), 200 - i);
    }
    new LogRetention(Optional.of(Duration.ofDays(90))).prune(new LogDirectory(folder), NOW);
    assertThat(names())
        .hasSize(80)
        .contains("backfill_20250101_120010.log", "report_20250101_120029_run29.html")
        .doesNotContain("backfill_20250101_120009.log", "worker_20250101_120009_77.log");
  }

  @Test
  void whatIsYoungerStaysHoweverManyThereAre() throws Exception {
    for (int i = 0; i < 50; i++) {
      file("backfill_20260601_1200%02d.log".formatted(i), i < 25 ? 89 : 91);
    }
    new LogRetention(Optional.of(Duration.ofDays(90))).prune(new LogDirectory(folder), NOW);
    assertThat(names()).hasSize(25);
  }

  @Test
  void filesOfOtherNamesAndLinksAreNeverTouched() throws Exception {
    List<String> others =
        List.of(
            "backfill_20250101_120000.log.gz",
            "backfill_notes.log",
            "backfill_checkpoint.json",
            "backfill_errors.json",
            "report_20250101_120000_run1.xlsx",
            "cron.log",
            "my_report_20250101_120000_run1.md");
    for (String name : others) {
      file(name, 900);
    }
    Path target = Files.createDirectory(folder.resolve("elsewhere")).resolve("kept.log");
    Files.writeString(target, "kept");
    for (int i = 10; i < 40; i++) {
      Files.createSymbolicLink(folder.resolve("backfill_20240101_1200%d.log".formatted(i)), target);
      Files.createDirectory(folder.resolve("worker_20240101_1200%d_1.log".formatted(i)));
    }
    new LogRetention(Optional.of(Duration.ZERO)).prune(new LogDirectory(folder), NOW);
    assertThat(names()).hasSize(others.size() + 61).containsAll(others);
    assertThat(target).hasContent("kept");
  }

  @Test
  void foreverRemovesNothing() throws Exception {
    for (int i = 0; i < 30; i++) {
      file("backfill_20250101_1200%02d.log".formatted(i), 900);
    }
    new LogRetention(Optional.empty()).prune(new LogDirectory(folder), NOW);
    assertThat(names()).hasSize(30);
  }

  private void file(String name, int daysOld) throws Exception {
    Path file = Files.writeString(folder.resolve(name), "x");
    Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofDays(daysOld))));
  }

  private List<String> names() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
