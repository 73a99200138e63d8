package studbook.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import studbook.model.RunState;
import studbook.store.statistics.Bottleneck;
import studbook.text.AnsiStyle;

class ScreenRendererTest {

  private static final ScreenRenderer PICTURE =
      new ScreenRenderer(AnsiStyle.PLAIN, MonitorFixture.CLOCK, Duration.ofSeconds(60));

  private static String shown(MonitorSnapshot snapshot) {
    return String.join("\n", PICTURE.lines(snapshot, 80, 24));
  }

  @Test
  void everythingFitsIntoEightyByTwentyFour() {
    assertThat(shown(new MonitorFixture().sight()))
        .containsSubsequence(
            "Studbook · run 7 · running",
            "as of 12:00:00 GMT",
            "▕███",
            "23.3%",
            "Total                111,394",
            "Completed             26,000   23.3%",
            "Remaining             85,394   76.7%",
            "Enriched              23,000   88.5%",
            "With pedigree         24,100   92.7%",
            "Without                  410    1.6%",
            "Not found              1,470    5.7%",
            "Failed                    20    0.1%",
            "Rate             4.8 horses/s now · 4.8 on average over 1 h 30 min of work",
            "Limit used       98.0% of 5/s now · 98.0% on average · at most 5 in one second",
            "Limited by       the rate limit · 120 responses 429",
            "Time             2 h elapsed · 5 h remaining · ETA 17:00 GMT",
            "Database horses      111,430",
            "Enriched              23,036   20.7%",
            "Need enrichment       88,394   79.3%",
            "Pedigrees             24,120   21.6%",
            "4.8▕███",
            "0▕███",
            "10:00 GMT",
            "horses/s",
            "12:00 GMT",
            "Newest errors  Horse",
            "11:59 GMT      hrs_1  server_error   503  answered 503",
            "hrs_5",
            "q quit");
  }

  @Test
  void sixtyColumnsShowOneColumnWithAllFigures() {
    assertThat(String.join("\n", PICTURE.lines(new MonitorFixture().sight(), 60, 30)))
        .containsSubsequence(
            "Total                111,394",
            "\nCompleted             26,000   23.3%",
            "\nRemaining             85,394   76.7%",
            "\nEnriched              23,000   88.5%",
            "\nWith pedigree         24,100   92.7%",
            "\nWithout                  410    1.6%",
            "\nNot found              1,470    5.7%",
            "\nFailed                    20    0.1%",
            "\nDatabase horses      111,430",
            "\nPedigrees             24,120   21.6%");
  }

  /** A label and its figures on one line of the screen. */
  @ParameterizedTest
  @CsvSource({"60,34", "80,24", "120,24", "160,24"})
  void noWidthCostsALabelItsFigures(int width, int height) {
    String shown = String.join("\n", PICTURE.lines(new MonitorFixture().sight(), width, height));
    for (String figure :
        List.of(
            "Total +111,394",
            "Completed +26,000 +23\\.3%",
            "Remaining +85,394 +76\\.7%",
            "Enriched +23,000 +88\\.5%",
            "With pedigree +24,100 +92\\.7%",
            "Without +410 +1\\.6%",
            "Not found +1,470 +5\\.7%",
            "Failed +20 +0\\.1%",
            "Database horses +111,430",
            "Enriched +23,036 +20\\.7%",
            "Need enrichment +88,394 +79\\.3%",
            "Pedigrees +24,120 +21\\.6%",
            "Rate +4\\.8 horses/s now",
            "Limit used +98\\.0% of 5/s now")) {
      assertThat(shown).containsPattern(figure);
    }
  }

  @Test
  void isAsHighAsTheWindowAndNoWider() {
    for (int width = 20; width <= 200; width += 9) {
      for (int height = 1; height <= 70; height++) {
        for (MonitorSnapshot snapshot :
            List.of(
                new MonitorFixture().sight(),
                new MonitorFixture().state(RunState.PAUSED, "because ".repeat(40)).sight(),
                new MonitorFixture().errors().sight(),
                MonitorFixture.noRun(),
                MonitorSnapshot.NOTHING_YET)) {
          List<String> lines = PICTURE.lines(snapshot, width, height);
          assertThat(lines).hasSize(height);
          if (width >= 80) {
            assertThat(lines.stream().mapToInt(String::length).max().orElse(0))
                .isLessThanOrEqualTo(width);
          }
        }
      }
    }
  }

  @Test
  void aLargerWindowGetsALargerChartAndMoreErrors() {
    List<String> small = PICTURE.lines(new MonitorFixture().sight(), 80, 24);
    List<String> large = PICTURE.lines(new MonitorFixture().sight(), 120, 50);
    assertThat(large.stream().filter(line -> line.contains("▕█")).count())
        .isGreaterThan(small.stream().filter(line -> line.contains("▕█")).count() + 5);
    assertThat(small.stream().filter(line -> line.contains("answered 503")).count()).isEqualTo(5);
    assertThat(large.stream().filter(line -> line.contains("answered 503")).count())
        .isGreaterThan(8);
  }

  @Test
  void showsTheReasonOfAPauseAndHowToResume() {
    assertThat(
            shown(
                new MonitorFixture().state(RunState.PAUSED, "The Racing API answers 401").sight()))
        .contains("run 7 · paused", "The Racing API answers 401", "4.8 horses/s on average")
        .doesNotContain("ETA", "remaining ·", "now");
    assertThat(shown(new MonitorFixture().state(RunState.STOPPED, "stopped by a signal").sight()))
        .contains(
            "run 7 · stopped 12:00 GMT",
            "`studbook backfill --resume` continues with the remaining",
            "no active process");
    assertThat(shown(new MonitorFixture().state(RunState.FINISHED, null).sight()))
        .contains("run 7 · finished 12:00 GMT")
        .doesNotContain("--resume");
    assertThat(shown(new MonitorFixture().dead().sight()))
        .contains("process died", "`studbook backfill --resume` continues it");
    assertThat(shown(MonitorFixture.noRun()))
        .contains("No run yet", "as soon as it starts", "Database horses");
  }

  @Test
  void namesThePhaseAndALoweredLimit() {
    MonitorSnapshot snapshot =
        new MonitorFixture()
            .racecards(1_402, 312)
            .lowered(MonitorFixture.NOW.minusSeconds(240), MonitorFixture.NOW.plusSeconds(360))
            .sight();
    for (int width : new int[] {60, 80, 120}) {
      String shown = String.join("\n", PICTURE.lines(snapshot, width, 34));
      assertThat(shown)
          .contains(
              "Phase            racecards, 312 of 1,402 days left",
              "Limited by       the reduced rate limit",
              "Limit reduced    to 3.5/s from 11:56 GMT to 12:06 GMT");
    }
    assertThat(shown(snapshot)).contains("Phase", "to 3.5/s", "Newest errors");
    assertThat(new TextRenderer(MonitorFixture.CLOCK).lines(snapshot))
        .contains(
            "  Phase         racecards, 312 of 1,402 days left",
            "  Limit reduced to 3.5/s from 11:56 GMT to 12:06 GMT");
    assertThat(shown(new MonitorFixture().sight()))
        .contains("Phase            profiles, one request");
    assertThat(shown(new MonitorFixture().state(RunState.FINISHED, null).sight()))
        .doesNotContain("Phase");
  }

  @Test
  void aNarrowWindowBreaksWhatIsLongInsteadOfCuttingIt() {
    List<String> lines = PICTURE.lines(new MonitorFixture().sight(), 60, 40);
    assertThat(String.join("\n", lines))
        .containsPattern("ETA \\d\\d:\\d\\d GMT")
        .doesNotContain("…");
    assertThat(lines).allMatch(line -> line.length() <= 60);
  }

  @Test
  void theBottleneckIsWhatItIs() {
    assertThat(
            shown(
                new MonitorFixture()
                    .bound(Bottleneck.RATE_LIMIT)
                    .state(RunState.PAUSED, "x")
                    .sight()))
        .contains("Limited by       the pause");
    assertThat(shown(new MonitorFixture().bound(Bottleneck.LAST_RESPONSES).sight()))
        .contains("the last responses; nothing else can be requested now");
    assertThat(shown(new MonitorFixture().bound(Bottleneck.NO_FREE_WORK).sight()))
        .contains("all remaining work is in progress");
    assertThat(shown(new MonitorFixture().bound(Bottleneck.RETRIES).sight()))
        .contains("retries that are not due yet");
    assertThat(
            shown(
                new MonitorFixture()
                    .lowered(MonitorFixture.START, MonitorFixture.START.plusSeconds(600))
                    .sight()))
        .contains("Limited by       the rate limit");
  }

  @Test
  void staleFiguresAreMarkedWithTheReason() {
    MonitorSnapshot away =
        new MonitorFixture()
            .sight()
            .old(
                new MonitorSnapshot.DatabaseGap(
                    "Connection refused", MonitorFixture.NOW.plusSeconds(9)));
    MonitorSnapshot longer =
        away.old(
            new MonitorSnapshot.DatabaseGap(
                "Connection refused", MonitorFixture.NOW.plusSeconds(99)));
    assertThat(shown(longer))
        .contains(
            "STALE, as of 12:00:00 GMT",
            "The database is unavailable since 12:00:09 GMT",
            "refused",
            "Completed             26,000");
  }

  @Test
  void textFromOutsideReachesNoTerminal() {
    String hostile = "\u001B[2J\u001B]0;owned\u0007\u009B31m\r\nfalse line\u202E";
    MonitorSnapshot snapshot =
        new MonitorFixture()
            .state(RunState.PAUSED, hostile)
            .errors(MonitorFixture.error(MonitorFixture.NOW, "hrs_1", 0, hostile))
            .sight();
    MonitorSnapshot away =
        snapshot.old(new MonitorSnapshot.DatabaseGap(hostile, MonitorFixture.NOW));
    for (String line : PICTURE.lines(away, 200, 30)) {
      assertThat(line).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
    }
    for (String line : new TextRenderer(MonitorFixture.CLOCK).lines(away)) {
      assertThat(line).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
    }
  }

  @Test
  void plainLinesSayTheSame() {
    assertThat(new TextRenderer(MonitorFixture.CLOCK).lines(new MonitorFixture().sight()))
        .contains(
            "Run 7, running, as of 12:00:00 GMT",
            "  Completed     26,000 (23.3%) of 111,394 · 85,394 remaining",
            "  Pedigree      with 24,100 (92.7%) · without 410 (1.6%)",
            "  Not found     1,470 (5.7%)",
            "  Failed        20 (0.1%)",
            "  Rate          4.8 horses/s now · 4.8 on average over 1 h 30 min of work",
            "  Time          2 h elapsed · 5 h remaining · ETA 17:00 GMT",
            "  Newest error  11:59 GMT hrs_1 server_error 503: answered 503")
        .hasSize(17);
    assertThat(
            new TextRenderer(MonitorFixture.CLOCK)
                .lines(new MonitorSnapshot(Optional.empty(), Optional.empty())))
        .isEmpty();
  }
}
