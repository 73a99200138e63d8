package studbook.report;

import static org.assertj.core.api.Assertions.assertThat;
import static studbook.report.Draft.START;
import static studbook.report.Draft.event;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import studbook.store.PauseCause;
import studbook.store.RunEvents;
import studbook.store.RunState;

class ExplanationTest {

  @Test
  void aPauseByAPersonNamesThePerson() {
    Draft draft = new Draft();
    draft.whole = Duration.ofMinutes(25);
    draft.events.add(event(400, "planned"));
    draft.events.add(
        new RunEvents.Event(
            START.plusSeconds(400),
            "paused",
            Optional.of("by a person (anna on db1)"),
            Optional.of(PauseCause.PERSON)));
    draft.events.add(event(900, "went on"));
    assertThat(Explanation.of(draft.report()))
        .contains("For 8 min 20 s it was paused: by a person (anna on db1).");
    draft.state = RunState.CANCELLED;
    assertThat(Explanation.of(draft.report())).as("a part of a run has no estimate").isEmpty();
  }
}
