package studbook.store.run;

import static org.assertj.core.api.Assertions.assertThat;
import static studbook.store.TestStore.described;
import static studbook.store.TestStore.enriched;
import static studbook.store.TestStore.notFound;
import static studbook.store.TestStore.owned;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.model.PauseCause;
import studbook.model.RunState;
import studbook.store.TestStore;
import studbook.store.work.Lease;
import studbook.store.work.RunEventRepository;

class RunRepositoryTest {

  private static final TestStore STORE = TestStore.fresh();

  @AfterAll
  static void close() {
    STORE.close();
  }

  @BeforeEach
  void reset() {
    STORE.reset();
  }

  @Test
  void aRunWithALiveOwnerCannotBeTaken() {
    STORE.horses(3);
    long run = STORE.plan();
    UUID other = UUID.randomUUID();
    STORE.register(other, ProcessIdentity.mine());
    assertThat(STORE.runRepository.plan(other, TestStore.TOLD, HorseSelection.ALL))
        .isInstanceOfSatisfying(
            RunRepository.StartResult.AlreadyRunning.class,
            alreadyRunning -> {
              assertThat(alreadyRunning.run().id()).isEqualTo(run);
              assertThat(alreadyRunning.run().owner().id()).isEqualTo(STORE.me);
              assertThat(alreadyRunning.counts().total()).isEqualTo(3);
            });
    assertThat(STORE.runRepository.resume(other))
        .get()
        .isInstanceOf(RunRepository.StartResult.AlreadyRunning.class);
    assertThat(
            STORE.runStates.pause(
                run, STORE.me, PauseCause.API, "why", Optional.of(Duration.ofHours(1))))
        .isTrue();
    assertThat(STORE.runRepository.resume(other))
        .get()
        .isInstanceOf(RunRepository.StartResult.AlreadyRunning.class);
  }

  @Test
  void aDeadProcessOfThisHostLosesItsRunAndItsLeasesAtOnce() {
    STORE.horses(RunPlanner.PIECE_SIZE + 5);
    UUID dead = STORE.registerDead();
    long run = owned(STORE.runRepository.plan(dead, TestStore.TOLD, HorseSelection.ALL)).id();
    Lease lease = STORE.claim(run, dead).orElseThrow();
    STORE.write(enriched(lease, STORE.chunks.pending(lease).getFirst().text()));

    RunRepository.StartResult start = STORE.runRepository.resume(STORE.me).orElseThrow();

    assertThat(start)
        .isInstanceOfSatisfying(
            RunRepository.StartResult.RunStarted.class,
            started -> assertThat(started.resumed()).isTrue());
    assertThat(owned(start).id()).isEqualTo(run);
    assertThat(STORE.runRepository.counts(run).processed()).isEqualTo(1);
    Lease mine = STORE.claim(run, STORE.me).orElseThrow();
    assertThat(mine.chunk()).isEqualTo(lease.chunk());
    assertThat(STORE.chunks.pending(mine)).hasSize(RunPlanner.PIECE_SIZE - 1);
  }

  @Test
  void aProcessOfAnotherHostIsDeadAfterThirtySecondsOfSilence() {
    STORE.horses(1);
    UUID elsewhere = STORE.registerElsewhere();
    long run = owned(STORE.runRepository.plan(elsewhere, TestStore.TOLD, HorseSelection.ALL)).id();
    silent(elsewhere, "29 s");
    assertThat(STORE.runRepository.resume(STORE.me))
        .get()
        .isInstanceOf(RunRepository.StartResult.AlreadyRunning.class);
    silent(elsewhere, "31 s");
    assertThat(owned(STORE.runRepository.resume(STORE.me).orElseThrow()).id()).isEqualTo(run);
  }

  @Test
  void anUnregisteredRemoteWorkerIsDeadAtOnce() {
    STORE.horses(1);
    UUID elsewhere = STORE.registerElsewhere();
    STORE.runRepository.plan(elsewhere, TestStore.TOLD, HorseSelection.ALL);
    STORE.workerRepository.leave(elsewhere);
    assertThat(STORE.runRepository.resume(STORE.me))
        .get()
        .isInstanceOf(RunRepository.StartResult.RunStarted.class);
  }

  @Test
  void aNewPlanSupersedesADeadOwnersRun() {
    STORE.horses(2);
    UUID frozen = STORE.registerElsewhere();
    long old = owned(STORE.runRepository.plan(frozen, TestStore.TOLD, HorseSelection.ALL)).id();
    Lease lease = STORE.claim(old, frozen).orElseThrow();
    silent(frozen, "1 min");

    long next = owned(STORE.runRepository.plan(STORE.me, TestStore.TOLD, HorseSelection.ALL)).id();

    assertThat(next).isGreaterThan(old);
    assertThat(STORE.value("SELECT state FROM studbook.run WHERE run_id = ?", old))
        .isEqualTo("superseded");
    assertThat(described(STORE.write(enriched(lease, "hrs_1")))).containsExactly("hrs_1 LeaseLost");
    assertThat(STORE.claim(old, frozen)).isEmpty();
    STORE.workerRepository.heartbeat(frozen, WorkerRepository.WorkerStatus.WAITING);
    assertThat(STORE.claim(old, frozen)).isEmpty();
    assertThat(STORE.runRepository.finish(old, frozen)).isFalse();
    assertThat(STORE.runStates.pause(old, frozen, PauseCause.API, "why", Optional.empty()))
        .isFalse();
    assertThat(STORE.runRepository.unfinished())
        .get()
        .extracting(RunRepository.RunRow::id)
        .isEqualTo(next);
    STORE.assertTallyIsTheLedger(old);
  }

  @Test
  void whereNothingIsUnfinishedThereIsNothingToResume() {
    assertThat(STORE.runRepository.resume(STORE.me)).isEmpty();
    assertThat(STORE.runRepository.latest()).isEmpty();
    long run = STORE.plan();
    STORE.runRepository.finish(run, STORE.me);
    assertThat(STORE.runRepository.resume(STORE.me)).isEmpty();
    assertThat(STORE.runRepository.latest())
        .get()
        .extracting(RunRepository.RunRow::state)
        .isEqualTo(RunState.FINISHED);
  }

  @Test
  void aRunIsFinishedOnlyWhenNothingIsPending() {
    STORE.horses(2);
    Lease lease = STORE.lease();
    STORE.write(enriched(lease, "hrs_1"));
    assertThat(STORE.runRepository.finish(lease.run(), STORE.me)).isFalse();
    STORE.write(notFound(lease, "hrs_2"));
    assertThat(STORE.runRepository.finish(lease.run(), STORE.registerElsewhere()))
        .as("whoever")
        .isTrue();
    assertThat(STORE.runRepository.finish(lease.run(), STORE.me)).as("once").isFalse();
    assertThat(STORE.runStates.resume(lease.run(), STORE.me, "x")).isFalse();
  }

  /** The reply to its commit may be lost, and then the same process does it again. */
  @Test
  void eachStepOfARunIsRepeatable() {
    STORE.horses(1);
    STORE.register(STORE.me, ProcessIdentity.mine());
    long run = owned(STORE.runRepository.plan(STORE.me, TestStore.TOLD, HorseSelection.ALL)).id();
    assertThat(owned(STORE.runRepository.plan(STORE.me, TestStore.TOLD, HorseSelection.ALL)).id())
        .isEqualTo(run);
    assertThat(STORE.value("SELECT count(*) FROM studbook.run")).isEqualTo("1");

    for (int time = 1; time <= 2; time++) {
      STORE.runStates.leave(run, STORE.me, Optional.empty(), "stopped");
      assertThat(STORE.runStates.poll(run).state()).isEqualTo(RunState.STOPPED);
    }
    for (int time = 1; time <= 2; time++) {
      assertThat(owned(STORE.runRepository.resume(STORE.me).orElseThrow()).id()).isEqualTo(run);
    }
    RunEventRepository eventRepository = new RunEventRepository(STORE.jdbi);
    for (int time = 1; time <= 2; time++) {
      eventRepository.outage(run, STORE.me, "the network", Duration.ofSeconds(2));
    }
    STORE.write(notFound(STORE.claim(run, STORE.me).orElseThrow(), "hrs_1"));
    UUID other = STORE.registerElsewhere();
    for (int time = 1; time <= 2; time++) {
      assertThat(STORE.runRepository.finish(run, STORE.me)).isTrue();
    }
    assertThat(STORE.runRepository.finish(run, other)).as("whose doing it was not").isFalse();
    assertThat(STORE.value("SELECT count(*) FROM studbook.chunk WHERE open")).isEqualTo("0");
    assertThat(
            STORE.value(
                "SELECT string_agg(event, ', ' ORDER BY event_at) FROM (SELECT event, min(occurred_at) AS"
                    + " event_at FROM studbook.run_event WHERE event <> 'paused' AND event <>"
                    + " 'resumed' GROUP BY event HAVING count(*) = 1) once"))
        .isEqualTo("planned, stopped, restarted, finished");
    assertThat(STORE.value("SELECT count(*) FROM studbook.run_event WHERE event = 'resumed'"))
        .isEqualTo("1");
  }

  @Test
  void pausesResumesStopsAndRestarts() {
    STORE.horses(1);
    long run = STORE.plan();
    assertThat(STORE.runStates.resume(run, STORE.me, "was not paused")).isFalse();
    assertThat(
            STORE.runStates.pause(
                run,
                STORE.me,
                PauseCause.API_LIMIT,
                "asked to wait",
                Optional.of(Duration.ofSeconds(90))))
        .isTrue();
    RunRepository.RunRow paused = STORE.runRepository.unfinished().orElseThrow();
    assertThat(paused.state()).isEqualTo(RunState.PAUSED);
    assertThat(paused.reason()).isEqualTo("asked to wait");
    assertThat(
            STORE.value(
                "SELECT round(extract(epoch FROM paused_until - clock_timestamp()) / 10) FROM"
                    + " studbook.run"))
        .isEqualTo("9");
    assertThat(STORE.runStates.resume(run, STORE.me, "healed")).isTrue();
    assertThat(STORE.runRepository.unfinished().orElseThrow().pausedUntil()).isNull();
    assertThat(STORE.runStates.leave(run, STORE.me, Optional.empty(), "by a signal"))
        .isInstanceOf(RunStateRepository.LeaveResult.RunLeft.class);
    assertThat(STORE.runRepository.unfinished())
        .get()
        .extracting(RunRepository.RunRow::isUnderWay)
        .isEqualTo(false);
    RunRepository.RunRow resumed = owned(STORE.runRepository.resume(STORE.me).orElseThrow());
    assertThat(resumed.id()).isEqualTo(run);
    assertThat(resumed.state()).isEqualTo(RunState.RUNNING);
    assertThat(resumed.endedAt()).isNull();
    assertThat(
            STORE.value(
                "SELECT string_agg(event, ', ' ORDER BY occurred_at) FROM studbook.run_event"))
        .isEqualTo("planned, paused, resumed, stopped, restarted");
  }

  @Test
  void ofEightStartsAtOnceOneOwnsTheRun() throws Exception {
    STORE.horses(100);
    assertThat(owners(id -> STORE.runRepository.plan(id, TestStore.TOLD, HorseSelection.ALL)))
        .isEqualTo(1);
    assertThat(STORE.value("SELECT count(*) FROM studbook.run")).isEqualTo("1");
    STORE.sql("UPDATE studbook.worker SET last_heartbeat_at = '-infinity'");
    assertThat(owners(id -> STORE.runRepository.resume(id).orElseThrow())).isEqualTo(1);
    assertThat(STORE.value("SELECT count(*) FROM studbook.run")).isEqualTo("1");
  }

  private static int owners(java.util.function.Function<UUID, RunRepository.StartResult> start)
      throws Exception {
    CyclicBarrier together = new CyclicBarrier(8);
    List<Future<RunRepository.StartResult>> starts = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 8; i++) {
        UUID id = UUID.randomUUID();
        STORE.register(id, ProcessIdentity.mine());
        starts.add(
            threads.submit(() -> {
              together.await();
              return start.apply(id);
            }));
      }
      int owners = 0;
      for (Future<RunRepository.StartResult> one : starts) {
        owners += one.get() instanceof RunRepository.StartResult.RunStarted ? 1 : 0;
      }
      return owners;
    }
  }

  private static void silent(UUID worker, String interval) {
    STORE.sql(
        "UPDATE studbook.worker SET last_heartbeat_at = clock_timestamp() - ?::interval WHERE worker_id ="
            + " ?",
        interval,
        worker);
  }
}
