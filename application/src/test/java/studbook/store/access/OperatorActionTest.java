package studbook.store.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.store.TestStore;
import studbook.store.access.OperatorActionRepository.OperatorAction;
import studbook.store.run.ProcessIdentity;

/** Commands in the background, and the processes that run them. */
class OperatorActionTest {

  private static final TestStore STORE = TestStore.fresh();

  private final OperatorActionRepository actions = new OperatorActionRepository(STORE.jdbi);

  @AfterAll
  static void close() {
    STORE.close();
  }

  @BeforeEach
  void reset() {
    STORE.reset();
  }

  private long started() {
    return actions.record("anna", "backfill", ActionState.RUNNING, "started");
  }

  private OperatorAction newest() {
    return actions.newest(1).getFirst();
  }

  private static ProcessIdentity ranBy(long action, ProcessIdentity process) {
    STORE.sql(
        "UPDATE studbook.operator_action SET host = ?, pid = ?, pid_start = ? WHERE action_id = ?",
        process.host(),
        process.process(),
        process.started(),
        action);
    return process;
  }

  private static ProcessIdentity elsewhere(long action) {
    return ranBy(action, new ProcessIdentity("elsewhere", 4711, "boot/1"));
  }

  private static void seenBefore(int seconds) {
    STORE.sql(
        "UPDATE studbook.operator_action SET last_heartbeat_at = clock_timestamp() - ? * interval '1 s'",
        seconds);
  }

  @Test
  void anActionOfThisProcessRunsHoweverOldItsHeartbeatIs() {
    started();
    seenBefore(100);
    actions.endInterrupted();
    assertThat(newest().isRunning()).isTrue();
  }

  @Test
  void anActionIsInterruptedWhenItsProcessHasEnded() {
    ProcessIdentity dead =
        ranBy(started(), new ProcessIdentity("here", 1, ProcessIdentity.mine().started() + "0"));
    assertThat(newest().state()).as("before it is recorded").isEqualTo(ActionState.INTERRUPTED);
    actions.endInterrupted();
    assertThat(newest().result()).isEqualTo("The process that ran it ended first: " + dead + ".");
    assertThat(STORE.sql("DELETE FROM studbook.operator_action WHERE state = 'interrupted'"))
        .as("recorded")
        .isOne();
  }

  @Test
  void anActionOfAnotherMachineIsInterruptedWithoutHeartbeats() {
    elsewhere(started());
    seenBefore(20);
    actions.endInterrupted();
    assertThat(newest().isRunning()).isTrue();
    seenBefore(40);
    actions.endInterrupted();
    assertThat(newest().state()).isEqualTo(ActionState.INTERRUPTED);
  }

  @Test
  void aProcessThatWasTakenForDeadContinuesAndEndsItsAction() {
    long action = started();
    elsewhere(action);
    seenBefore(40);
    actions.endInterrupted();
    actions.heartbeat(Set.of(action));
    assertThat(newest().isRunning()).isTrue();
    actions.finish(action, ActionState.DONE, "Run 1 is finished.");
    actions.heartbeat(Set.of(action));
    assertThat(newest().state()).isEqualTo(ActionState.DONE);
    assertThat(newest().result()).isEqualTo("Run 1 is finished.");
  }
}
