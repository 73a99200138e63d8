package studbook.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import studbook.model.ErrorKind;
import studbook.model.PauseCause;
import studbook.model.RunState;
import studbook.quality.CheckStatus;
import studbook.report.ReportFormat;
import studbook.report.figures.DelayExplanation;
import studbook.report.figures.ReportFixture;
import studbook.report.figures.TimeFormat;
import studbook.store.run.RunCounts;
import studbook.store.work.RunEventRepository;
import studbook.store.work.RunEventType;

/** What a report says first, and what it must not say. */
class ReportVerdictTest {

  private final ReportFixture fixture = new ReportFixture();

  private String markdown() {
    return ReportFormat.MD.write(fixture.report(), ReportFixture.CLOCK);
  }

  @Test
  void beginsWithTheVerdictAndItsReason() {
    fixture.failed(60);
    assertThat(markdown().lines().toList().get(2))
        .isEqualTo("**FAIL** · 6.00% of the requested horses failed (required: less than 5%).");
    String html = ReportFormat.HTML.write(fixture.report(), ReportFixture.CLOCK);
    assertThat(html.indexOf("class=\"verdict bad\"")).isPositive().isLessThan(html.indexOf("<dl"));
    assertThat(html).contains("<div class=\"bad\"><dt>Failed</dt><dd class=\"number\">60</dd>");
  }

  @Test
  void namesNoCriterionByItsKey() {
    assertThat(markdown()).contains("| Horses that failed").doesNotContain("| errors", "ledger");
  }

  @Test
  void aCancelledRunIsNotComparedWithItsEstimate() {
    fixture.state = RunState.CANCELLED;
    assertThat(DelayExplanation.of(fixture.report())).isEmpty();
    assertThat(markdown())
        .contains("ended before it was finished, so it is not compared with its estimate")
        .containsPattern("\\| Requests +\\| +1,020 \\| +[0-9,]+ \\| +– \\|");
  }

  @Test
  void aCancelledRunDoesNotPassForTheHorsesThatItNeverCameTo() {
    fixture.state = RunState.CANCELLED;
    fixture.status = CheckStatus.PASS;
    assertThat(ReportVerdict.of(fixture.report().validation()).word()).isEqualTo("PASS");
    fixture.counts = new RunCounts(3_000, 980, 5, 5, 10, 0, 0, 0, 970, 1_020);
    ReportVerdict verdict = ReportVerdict.of(fixture.report().validation());
    assertThat(verdict.word()).isEqualTo("INCOMPLETE");
    assertThat(verdict.tone()).isEqualTo(ReportTable.CellTone.WARNING);
    assertThat(verdict.reason()).startsWith("2,000 of 3,000 horses of the run have no outcome. ");
  }

  @Test
  void theStateOfAFinishedRunHasTheColourOfItsVerdict() {
    fixture.failed(60);
    assertThat(ReportSummary.of(fixture.report(), new TimeFormat(ReportFixture.CLOCK)).tone())
        .isEqualTo(ReportTable.CellTone.BAD);
    fixture.status = CheckStatus.PASS;
    assertThat(ReportSummary.of(fixture.report(), new TimeFormat(ReportFixture.CLOCK)).tone())
        .isEqualTo(ReportTable.CellTone.GOOD);
  }

  @Test
  void saysWhoPausedTheRun() {
    fixture.events.add(
        new RunEventRepository.RunEvent(
            ReportFixture.START.plusSeconds(300),
            RunEventType.PAUSED,
            Optional.of("by a user (anna on db1)"),
            Optional.of(PauseCause.MANUAL)));
    fixture.events.add(ReportFixture.event(500, "resumed"));
    assertThat(markdown())
        .containsPattern("\\| Paused +\\| +3 min 20 s \\| by a user \\(anna on db1\\)")
        .doesNotContain("healed");
  }

  @Test
  void groupsErrorsByMessage() {
    fixture.error(ErrorKind.SERVER_ERROR, 1_200, 0, "answered 503");
    assertThat(markdown())
        .containsPattern("\\| answered 503 +\\| Server error \\(5xx\\) +\\| +1,200 \\| +1,200 \\|");
  }
}
