package studbook.store.run;

import static org.assertj.core.api.Assertions.assertThat;
import static studbook.store.TestStore.described;
import static studbook.store.TestStore.enriched;
import static studbook.store.TestStore.owned;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.model.PauseCause;
import studbook.model.RunState;
import studbook.store.TestStore;
import studbook.store.work.Lease;

/** Several processes on one run. */
class RunStateRepositoryTest {

  private static final TestStore STORE = TestStore.fresh();

  @AfterAll
  static void close() {
    STORE.close();
  }

  @BeforeEach
  void reset() {
    STORE.reset();
  }

  private static RunState state(long run) {
    return STORE.runStates.poll(run).state();
  }

  /** A process of another host that works on a run, and was answered so long ago. */
  private static UUID colleague(long run, Optional<Duration> sinceGood) {
    UUID id = STORE.registerElsewhere();
    heartbeat(run, id, sinceGood);
    return id;
  }

  private static void heartbeat(long run, UUID id, Optional<Duration> sinceGood) {
    STORE.workerRepository.heartbeat(
        id, new WorkerRepository.WorkerStatus(Optional.of(run), 17, 2, sinceGood));
  }

  private static boolean pause(long run, UUID worker, PauseCause cause) {
    return STORE.runStates.pause(run, worker, cause, "because of " + cause, Optional.empty());
  }

  @Test
  void aHeartbeatReturnsTheProcessesThatWorkOnTheSameRun() {
    STORE.horses(1);
    long run = STORE.plan();
    WorkerRepository.WorkerStatus status =
        new WorkerRepository.WorkerStatus(Optional.of(run), 0, 0, Optional.empty());
    assertThat(STORE.workerRepository.heartbeat(STORE.me, status)).isEqualTo(1);
    UUID other = colleague(run, Optional.empty());
    colleague(run + 1, Optional.empty());
    assertThat(STORE.workerRepository.heartbeat(STORE.me, status)).isEqualTo(2);
    STORE.workerRepository.leave(other);
    assertThat(STORE.workerRepository.heartbeat(STORE.me, status)).isEqualTo(1);
  }

  @Test
  void theFirstProcessToNoticePausesTheRun() {
    STORE.horses(1);
    long run = STORE.plan();
    UUID other = colleague(run, Optional.empty());
    assertThat(pause(run, other, PauseCause.CREDENTIALS)).isTrue();
    assertThat(pause(run, STORE.me, PauseCause.CREDENTIALS)).as("the second").isFalse();
    assertThat(STORE.runStates.poll(run).pause())
        .contains(
            new RunStateRepository.PauseState(PauseCause.CREDENTIALS, "because of CREDENTIALS"));
    assertThat(STORE.runStates.resume(run, STORE.me, "healed")).isTrue();
    assertThat(STORE.runStates.poll(run))
        .satisfies(poll -> assertThat(poll.state()).isEqualTo(RunState.RUNNING))
        .satisfies(poll -> assertThat(poll.pause()).isEmpty());
  }

  @Test
  void oneProbeAtATimeAtIncreasingIntervals() {
    STORE.horses(1);
    long run = STORE.plan();
    pause(run, STORE.me, PauseCause.API);
    for (int seconds : new int[] {5, 10, 20, 40, 45, 45}) {
      assertThat(STORE.runStates.takeProbe(run)).as("before its time").isFalse();
      assertThat(
              STORE.value(
                  "SELECT round(extract(epoch FROM next_probe_at - clock_timestamp())) FROM"
                      + " studbook.run"))
          .isEqualTo(Integer.toString(seconds));
      STORE.sql("UPDATE studbook.run SET next_probe_at = clock_timestamp()");
      assertThat(STORE.runStates.takeProbe(run)).isTrue();
    }
    assertThat(STORE.runStates.takeProbe(run)).as("a second one").isFalse();
  }

  @Test
  void silenceForOneProcessDoesNotPauseTheRun() {
    STORE.horses(1);
    long run = STORE.plan();
    UUID answered = colleague(run, Optional.of(Duration.ofSeconds(3)));
    assertThat(pause(run, STORE.me, PauseCause.API)).isFalse();
    assertThat(pause(run, answered, PauseCause.API)).as("its own answers tell it").isTrue();
    STORE.runStates.resume(run, answered, "healed");
    STORE.workerRepository.heartbeat(
        answered,
        new WorkerRepository.WorkerStatus(
            Optional.of(run), 17, 2, Optional.of(Duration.ofSeconds(21))));
    assertThat(pause(run, STORE.me, PauseCause.API)).isTrue();
  }

  @Test
  void aManualPauseOverridesOthersAndSendsNoProbe() {
    STORE.horses(1);
    long run = STORE.plan();
    pause(run, STORE.me, PauseCause.CREDENTIALS);
    assertThat(STORE.runStates.pauseByPerson(run, "anna on db1")).isTrue();
    assertThat(STORE.runStates.pauseByPerson(run, "anna on db1")).as("again").isFalse();
    assertThat(STORE.runStates.takeProbe(run)).isFalse();
    assertThat(STORE.runStates.poll(run).pause())
        .get()
        .extracting(RunStateRepository.PauseState::cause)
        .isEqualTo(PauseCause.MANUAL);
    assertThat(STORE.runStates.resume(run, null, "resumed by a user")).isTrue();
    assertThat(STORE.runStates.resume(run, null, "resumed by a user")).as("again").isFalse();
  }

  @Test
  void aCancelledRunAcceptsNoOutcome() {
    STORE.horses(2);
    Lease lease = STORE.lease();
    STORE.write(enriched(lease, "hrs_1"));
    assertThat(STORE.runStates.cancel(lease.run())).isTrue();
    assertThat(described(STORE.write(enriched(lease, "hrs_2")))).containsExactly("hrs_2 LeaseLost");
    assertThat(state(lease.run())).isEqualTo(RunState.CANCELLED);
    assertThat(STORE.claim(lease.run(), STORE.me)).isEmpty();
    assertThat(STORE.runStates.cancel(lease.run())).as("again").isFalse();
    assertThat(STORE.runRepository.unfinished()).isEmpty();
    assertThat(STORE.runRepository.finish(lease.run(), STORE.me)).isFalse();
    STORE.assertTallyIsTheLedger(lease.run());
  }

  @Test
  void aSuccessorOwnsTheRunAndItsFreedLeases() {
    STORE.horses(3);
    UUID dead = STORE.registerDead();
    long run = owned(STORE.runRepository.plan(dead, TestStore.TOLD, HorseSelection.ALL)).id();
    Lease lease = STORE.claim(run, dead).orElseThrow();
    assertThat(STORE.claim(run, STORE.me)).isEmpty();

    assertThat(STORE.runStates.takeOver(run, dead, STORE.me)).isTrue();

    assertThat(STORE.runStates.takeOver(run, dead, colleague(run, Optional.empty())))
        .as("the second heir")
        .isFalse();
    assertThat(STORE.runStates.poll(run).owner().id()).isEqualTo(STORE.me);
    assertThat(STORE.claim(run, STORE.me))
        .get()
        .extracting(Lease::token)
        .isEqualTo(lease.token() + 1);
    assertThat(described(STORE.write(enriched(lease, "hrs_1")))).containsExactly("hrs_1 LeaseLost");
  }

  @Test
  void aLeavingOwnerHandsTheRunToALiveWorker() {
    STORE.horses(1);
    long run = STORE.plan();
    UUID gone = colleague(run, Optional.empty());
    STORE.workerRepository.leave(gone);
    UUID heir = colleague(run, Optional.empty());
    assertThat(STORE.runStates.leave(run, STORE.me, Optional.empty(), "by a signal"))
        .isInstanceOf(RunStateRepository.LeaveResult.HeldByWorker.class);
    assertThat(STORE.runStates.poll(run).owner().id()).isEqualTo(heir);
    assertThat(state(run)).isEqualTo(RunState.RUNNING);
    assertThat(STORE.runStates.leave(run, STORE.me, Optional.empty(), "by a signal"))
        .as("no longer its own")
        .isInstanceOf(RunStateRepository.LeaveResult.HeldByWorker.class);
    assertThat(STORE.runStates.leave(run, heir, Optional.empty(), "by a signal"))
        .isInstanceOf(RunStateRepository.LeaveResult.RunLeft.class);
    assertThat(state(run)).isEqualTo(RunState.STOPPED);
    assertThat(STORE.runStates.leave(run, heir, Optional.empty(), "by a signal"))
        .isInstanceOf(RunStateRepository.LeaveResult.AlreadyEnded.class);
  }

  @Test
  void listsWorkersAndTheirChunks() {
    STORE.horses(1);
    Lease lease = STORE.lease();
    UUID waiting = STORE.registerElsewhere();
    STORE.workerRepository.heartbeat(
        STORE.me,
        new WorkerRepository.WorkerStatus(Optional.of(lease.run()), 17, 2, Optional.empty()));
    assertThat(STORE.workerRepository.present())
        .hasSize(2)
        .anySatisfy(worker -> {
          assertThat(worker.worker().id()).isEqualTo(STORE.me);
          assertThat(worker.run()).contains(lease.run());
          assertThat(worker.chunks()).containsExactly("chunk " + lease.chunk());
          assertThat(worker.requests()).isEqualTo(17);
          assertThat(worker.late()).isEqualTo(2);
        })
        .anySatisfy(worker -> {
          assertThat(worker.worker().id()).isEqualTo(waiting);
          assertThat(worker.run()).isEmpty();
          assertThat(worker.chunks()).isEmpty();
        });
    STORE.workerRepository.leave(waiting);
    assertThat(STORE.workerRepository.present()).hasSize(1);
  }

  @Test
  void aRefusalOfOneProcessDoesNotPauseTheRun() {
    STORE.horses(1);
    long run = STORE.plan();
    UUID other = colleague(run, Optional.of(Duration.ofSeconds(3)));
    assertThat(pause(run, STORE.me, PauseCause.CREDENTIALS)).isFalse();
    assertThat(pause(run, STORE.me, PauseCause.ENDPOINT)).isFalse();
    heartbeat(run, other, Optional.empty());
    assertThat(pause(run, STORE.me, PauseCause.CREDENTIALS)).as("it fails there, too").isTrue();
  }

  private static boolean hasHealthyPeer(long run, UUID worker) {
    return STORE.runStates.hasHealthyPeer(run, worker, Duration.ofSeconds(5));
  }

  @Test
  void aPeerIsHealthyIfAnsweredLatelyOrWaiting() {
    STORE.horses(1);
    long run = STORE.plan();
    UUID other = colleague(run, Optional.of(Duration.ofSeconds(30)));
    assertThat(hasHealthyPeer(run, other)).as("itself").isFalse();
    assertThat(hasHealthyPeer(run, STORE.me)).as("it waits for work").isTrue();
    STORE.claim(run, other);
    assertThat(hasHealthyPeer(run, STORE.me)).as("answered too long ago").isFalse();
    heartbeat(run, other, Optional.of(Duration.ofSeconds(3)));
    assertThat(hasHealthyPeer(run, STORE.me)).as("answered lately").isTrue();
    heartbeat(run, other, Optional.empty());
    STORE.chunks.giveBack(run, other);
    assertThat(hasHealthyPeer(run, STORE.me)).as("its requests fail, too").isFalse();
  }
}
