package studbook.store.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import studbook.store.run.ProcessIdentity.ProcessLiveness;
import studbook.store.work.LeaseConfig;
import studbook.time.Rate;

class ProcessIdentityTest {

  private static final ProcessIdentity MINE = ProcessIdentity.mine();

  private static ProcessIdentity withStarted(String started) {
    return new ProcessIdentity(MINE.host(), MINE.process(), started);
  }

  @Test
  void thisProcessRunsAndItsNumberWithAnotherStartHasEnded() {
    assertThat(MINE.liveness()).isEqualTo(ProcessLiveness.RUNNING);
    assertThat(withStarted(MINE.started() + "0").liveness()).isEqualTo(ProcessLiveness.ENDED);
    assertThat(MINE).hasToString("host " + MINE.host() + " (process " + MINE.process() + ")");
  }

  @Test
  void aProcessThatHasEndedIsKnownToHaveEnded() throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    ProcessIdentity identity =
        new ProcessIdentity("here", process.pid(), ProcessTable.started(process.pid()));
    assertThat(identity.liveness()).isEqualTo(ProcessLiveness.RUNNING);
    process.destroyForcibly().waitFor();
    assertThat(identity.liveness()).isEqualTo(ProcessLiveness.ENDED);
  }

  @Test
  void anotherBootOrPidNamespaceIsUnknownWithAnyHostName() {
    String[] parts = MINE.started().split("/");
    assertThat(parts).hasSize(3);
    assertThat(withStarted("another boot/" + parts[1] + "/" + parts[2]).liveness())
        .isEqualTo(ProcessLiveness.UNKNOWN);
    assertThat(withStarted(parts[0] + "/pid:[1]/" + parts[2]).liveness())
        .isEqualTo(ProcessLiveness.UNKNOWN);
    assertThat(withStarted("unknown").liveness()).isEqualTo(ProcessLiveness.UNKNOWN);
    assertThat(withStarted("unknown/" + parts[2]).liveness()).isEqualTo(ProcessLiveness.UNKNOWN);
  }

  @Test
  void theHeartbeatDecidesWhereNothingIsKnown() {
    assertThat(worker(withStarted("another boot/1"), true).isAlive()).isTrue();
    assertThat(worker(withStarted("another boot/1"), false).isAlive()).isFalse();
    assertThat(worker(MINE, false).isAlive()).isTrue();
    assertThat(worker(withStarted(MINE.started() + "0"), true).isAlive()).isFalse();
    assertThat(LeaseConfig.DEAD_AFTER).isEqualTo(Duration.ofSeconds(30));
  }

  private static WorkerRepository.WorkerRow worker(ProcessIdentity process, boolean seenLately) {
    return new WorkerRepository.WorkerRow(
        UUID.randomUUID(), process, "test", new Rate(2), Optional.empty(), false, seenLately);
  }
}
