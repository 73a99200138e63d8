package studbook.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import studbook.backfill.progress.ProgressSnapshot;
import studbook.store.racecard.RacecardScanProgress;
import studbook.store.run.RunCounts;
import studbook.store.statistics.Bottleneck;

class ProgressBarTest {

  private static final String REASON =
      "The database rejected 20 of 61 rows: fix the schema, then run `studbook resume`";

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private ProgressBar bar(boolean terminal) {
    return new ProgressBar(
        new PrintStream(printed, true, StandardCharsets.UTF_8),
        Runnable::run,
        terminal,
        () -> 80,
        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
  }

  private static ProgressSnapshot snapshot(Optional<String> pause) {
    return new ProgressSnapshot(
        7,
        new RunCounts(1_000, 41, 0, 0, 0, 20, 0, 0, 41, 61),
        3.6,
        Optional.of(Duration.ofMinutes(5)),
        pause,
        Bottleneck.STARTING,
        RacecardScanProgress.NONE);
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aTerminalShowsTheReasonOfAPauseBrokenBetweenWords() {
    ProgressBar bar = bar(true);
    bar.onTick(snapshot(Optional.empty()));
    bar.onTick(snapshot(Optional.of(REASON)));
    bar.onTick(snapshot(Optional.of(REASON)));
    bar.onTick(snapshot(Optional.empty()));

    assertThat(printed().lines())
        .containsSequence(
            "Run 7 is paused: The database rejected 20 of 61 rows: fix the schema, then run",
            "`studbook resume`")
        .contains("Run 7 continues.")
        .filteredOn(line -> line.startsWith("Run 7 is paused"))
        .hasSize(1);
    assertThat(printed()).contains("6% · 61 of 1,000 · paused · 20 failed");
  }

  @Test
  void aLogShowsItInTheLineOfTheRun() {
    bar(false).onTick(snapshot(Optional.of(REASON)));
    assertThat(printed()).contains("Run 7 · 61 of 1,000").endsWith("paused: " + REASON + "\n");
  }
}
