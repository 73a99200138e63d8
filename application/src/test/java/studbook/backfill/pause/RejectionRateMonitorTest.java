package studbook.backfill.pause;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import studbook.backfill.ManualTicker;
import studbook.model.ErrorKind;
import studbook.model.HorseId;
import studbook.model.HorseStatus;
import studbook.model.PauseCause;
import studbook.store.TestStore;
import studbook.store.outcome.Outcome;
import studbook.store.outcome.WriteResult.RowWritten;
import studbook.store.work.Lease;

class RejectionRateMonitorTest {

  private static final Lease LEASE = new Lease(1, 1, 1);

  private final RequestGate gate = new RequestGate(new ManualTicker(), () -> {});
  private final RejectionRateMonitor monitor = new RejectionRateMonitor(gate);

  private void commitRejected(int rows) {
    Outcome outcome =
        new Outcome(
            LEASE,
            new HorseId("hrs_1"),
            HorseStatus.FAILED,
            Optional.empty(),
            Optional.of(new Outcome.OutcomeFailure(ErrorKind.DATABASE_REJECTED, "no bays")),
            TestStore.TRACE);
    monitor.onCommit(Collections.nCopies(rows, new RowWritten(outcome, HorseStatus.FAILED, false)));
  }

  private boolean isPaused() {
    return gate.runPause()
        .filter(pause -> pause.cause() == PauseCause.REJECTIONS)
        .filter(pause -> pause.reason().contains("no bays"))
        .isPresent();
  }

  @Test
  void twentyRejectedRowsPauseTheRun() {
    commitRejected(19);
    assertThat(isPaused()).isFalse();
    commitRejected(1);
    assertThat(isPaused()).isTrue();
  }

  @Test
  void theNextPauseNeedsTwiceAsMany() {
    commitRejected(30);
    gate.resume();
    commitRejected(39);
    assertThat(isPaused()).isFalse();
    commitRejected(1);
    assertThat(isPaused()).as("the schema is as it was").isTrue();
  }

  @Test
  void rowsThatWereBeingWrittenAtThePauseDoNotCount() {
    commitRejected(30);
    commitRejected(100);
    gate.resume();
    commitRejected(39);
    assertThat(isPaused()).isFalse();
  }

  @Test
  void rowsOfAnotherPauseCount() {
    gate.pauseRun(PauseCause.MANUAL, "by a user");
    commitRejected(20);
    gate.resume();
    commitRejected(1);
    assertThat(isPaused()).isTrue();
  }

  @Test
  void writingIsSuspendedUntilTheRunIsResumed() {
    assertThat(gate.holdsWrites()).isFalse();
    commitRejected(20);
    assertThat(gate.holdsWrites()).isTrue();
    gate.resume();
    assertThat(gate.holdsWrites()).isFalse();
    gate.pauseRun(PauseCause.API, "another cause");
    assertThat(gate.holdsWrites()).isFalse();
  }
}
