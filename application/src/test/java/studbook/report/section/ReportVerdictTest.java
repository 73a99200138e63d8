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

  private final ReportFixture draft = new ReportFixture();

  private String markdown() {
    return ReportFormat.MD.write(draft.report(), ReportFixture.CLOCK);
  }

  @Test
  void beginsWithTheVerdictAndItsReason() {
    draft.failed(60);
    assertThat(markdown().lines().toList().get(2))
        .isEqualTo("**FAIL** · 6.00% of the requested horses failed (required: less than 5%).");
    String html = ReportFormat.HTML.write(draft.report(), ReportFixture.CLOCK);
    assertThat(html.indexOf("class=\"verdict bad\"")).isPositive().isLessThan(html.indexOf("<dl"));
    assertThat(html).contains("<div class=\"bad\"><dt>Failed</dt><dd class=\"number\">60</dd>");
  }

  @Test
  void namesNoCriterionByItsKey() {
    assertThat(markdown()).contains("| Horses that failed").doesNotContain("| errors", "ledger");
  }

  @Test
  void aCancelledRunIsNotComparedWithItsEstimate() {
    draft.state = RunState.CANCELLED;
    assertThat(DelayExplanation.of(draft.report())).isEmpty();
    assertThat(markdown())
        .contains("ended before it was finished, so it is not compared with its estimate")
        .containsPattern("\\| Requests +\\| +1,020 \\| +[0-9,]+ \\| +– \\|");
  }

  @Test
  void aCancelledRunDoesNotPassForTheHorsesThatItNeverCameTo() {
    draft.state = RunState.CANCELLED;
    draft.result = CheckStatus.PASS;
    assertThat(ReportVerdict.of(draft.report().validation()).word()).isEqualTo("PASS");
    draft.tally = new RunCounts(3_000, 980, 5, 5, 10, 0, 0, 0, 970, 1_020);
    ReportVerdict verdict = ReportVerdict.of(draft.report().validation());
    assertThat(verdict.word()).isEqualTo("INCOMPLETE");
    assertThat(verdict.tone()).isEqualTo(ReportTable.CellTone.WARNING);
    assertThat(verdict.reason()).startsWith("2,000 of 3,000 horses of the run have no outcome. ");
  }

  @Test
  void theStateOfAFinishedRunHasTheColourOfItsVerdict() {
    draft.failed(60);
    assertThat(ReportSummary.of(draft.report(), new TimeFormat(ReportFixture.CLOCK)).tone())
        .isEqualTo(ReportTable.CellTone.BAD);
    draft.result = CheckStatus.PASS;
    assertThat(ReportSummary.of(draft.report(), new TimeFormat(ReportFixture.CLOCK)).tone())
        .isEqualTo(ReportTable.CellTone.GOOD);
  }

  @Test
  void saysWhoPausedTheRun() {
    draft.events.add(
        new RunEventRepository.RunEvent(
            ReportFixture.START.plusSeconds(300),
            RunEventType.PAUSED,
            Optional.of("by a user (anna on db1)"),
            Optional.of(PauseCause.MANUAL)));
    draft.events.add(ReportFixture.event(500, "resumed"));
    assertThat(markdown())
        .containsPattern("\\| Paused +\\| +3 min 20 s \\| by a user \\(anna on db1\\)")
        .doesNotContain("healed");
  }

  @Test
  void groupsErrorsByMessage() {
    draft.error(ErrorKind.SERVER_ERROR, 1_200, 0, "answered 503");
    assertThat(markdown())
        .containsPattern("\\| answered 503 +\\| Server error \\(5xx\\) +\\| +1,200 \\| +1,200 \\|");
  }
}
