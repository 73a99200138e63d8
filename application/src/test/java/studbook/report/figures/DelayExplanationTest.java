package studbook.report.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static studbook.report.figures.ReportFixture.START;
import static studbook.report.figures.ReportFixture.event;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import studbook.model.PauseCause;
import studbook.model.RunState;
import studbook.store.work.RunEventRepository;
import studbook.store.work.RunEventType;

class DelayExplanationTest {

  @Test
  void aPauseByAPersonNamesThePerson() {
    ReportFixture fixture = new ReportFixture();
    fixture.whole = Duration.ofMinutes(25);
    fixture.events.add(event(400, "planned"));
    fixture.events.add(
        new RunEventRepository.RunEvent(
            START.plusSeconds(400),
            RunEventType.PAUSED,
            Optional.of("by a user (anna on db1)"),
            Optional.of(PauseCause.MANUAL)));
    fixture.events.add(event(900, "resumed"));
    assertThat(DelayExplanation.of(fixture.report()))
        .contains("For 8 min 20 s it was paused: by a user (anna on db1).");
    fixture.state = RunState.CANCELLED;
    assertThat(DelayExplanation.of(fixture.report()))
        .as("a part of a run has no estimate")
        .isEmpty();
  }
}
