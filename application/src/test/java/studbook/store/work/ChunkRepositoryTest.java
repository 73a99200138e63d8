package studbook.store.work;

import static org.assertj.core.api.Assertions.assertThat;
import static studbook.store.TestStore.described;
import static studbook.store.TestStore.enriched;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.ratelimit.RateLimitKey;
import studbook.store.TestStore;
import studbook.store.run.ProcessIdentity;
import studbook.store.run.WorkerRepository;
import studbook.time.Rate;

/** Leases of chunks, and the workers that hold them. */
class ChunkRepositoryTest {

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
  void eightThreadsNeverLeaseAChunkTwice() throws Exception {
    long run = plannedRun(400);
    List<Lease> claimed = Collections.synchronizedList(new ArrayList<>());
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        UUID worker = STORE.registerElsewhere();
        workers.add(
            threads.submit(() -> {
              for (var lease = STORE.claim(run, worker);
                  lease.isPresent();
                  lease = STORE.claim(run, worker)) {
                claimed.add(lease.get());
              }
            }));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    }
    assertThat(claimed).allMatch(lease -> lease.token() == 1).doesNotHaveDuplicates();
    // A worker that meets only rows locked by others finds none and would look again.
    for (var rest = STORE.claim(run, STORE.me);
        rest.isPresent();
        rest = STORE.claim(run, STORE.me)) {
      claimed.add(rest.get());
    }
    assertThat(claimed).hasSize(400).doesNotHaveDuplicates();
  }

  @Test
  void aClaimTakesOneChunkWithAnyQueryPlan() {
    long run = plannedRun(5);
    STORE.jdbi.useTransaction(handle -> {
      handle.execute("SET LOCAL enable_hashjoin = off");
      handle.execute("SET LOCAL enable_mergejoin = off");
      handle.execute("SET LOCAL enable_indexscan = off");
      handle.execute("SET LOCAL enable_bitmapscan = off");
      handle.execute("SET LOCAL enable_material = off");
      // The same thread, so the same session and its settings.
      assertThat(STORE.claim(run, STORE.me)).isPresent();
    });
    assertThat(STORE.value("SELECT count(*) FROM studbook.chunk WHERE fencing_token > 0"))
        .isEqualTo("1");
  }

  @Test
  void anExpiredLeaseIsReplacedWithAHigherToken() {
    long run = plannedRun(1);
    Lease first = STORE.claim(run, STORE.me).orElseThrow();
    UUID other = STORE.registerElsewhere();
    assertThat(STORE.claim(run, other)).isEmpty();
    STORE.sql("UPDATE studbook.chunk SET lease_expires_at = clock_timestamp() - interval '1 ms'");
    assertThat(STORE.claim(run, other)).contains(new Lease(run, first.chunk(), first.token() + 1));
  }

  /** Else nobody could ever take the chunk: its owner renews the lease without knowing of it. */
  @Test
  void aClaimWithALostReplyIsRepeatedWithANewToken() {
    long run = plannedRun(2);
    Lease lost = STORE.chunks.claim(run, STORE.me, Set.of()).orElseThrow();
    Lease again = STORE.chunks.claim(run, STORE.me, Set.of()).orElseThrow();
    assertThat(again).isEqualTo(new Lease(run, lost.chunk(), lost.token() + 1));
    assertThat(STORE.chunks.claim(run, STORE.me, Set.of(again)))
        .get()
        .extracting(Lease::chunk)
        .isNotEqualTo(lost.chunk());
    assertThat(STORE.chunks.claim(run, STORE.registerElsewhere(), Set.of())).isEmpty();
  }

  /** Else their horses would be requested: there is no later claim. */
  @Test
  void cachedProfilesAreReclaimedWhileAHeartbeatHasThemLocked() throws Exception {
    long run = plannedRun(1);
    STORE.sql("UPDATE studbook.chunk SET kind = 'cached'");
    Lease lost = STORE.chunks.claimCached(run, STORE.me).orElseThrow();
    try (Handle heartbeat = STORE.jdbi.open()) {
      heartbeat.begin();
      heartbeat.execute("UPDATE studbook.chunk SET lease_expires_at = clock_timestamp()");
      CompletableFuture<Optional<Lease>> again =
          CompletableFuture.supplyAsync(() -> STORE.chunks.claimCached(run, STORE.me));
      STORE.awaitSomebodyWaitsForALock();
      heartbeat.commit();
      assertThat(again.get(30, TimeUnit.SECONDS))
          .contains(new Lease(run, lost.chunk(), lost.token() + 1));
    }
  }

  /** Its outcomes may be on their way under the old token. */
  @Test
  void aHeldChunkIsNotReclaimedAfterItsLeaseExpires() {
    long run = plannedRun(1);
    Lease lease = STORE.chunks.claim(run, STORE.me, Set.of()).orElseThrow();
    STORE.chunks.release(run, STORE.me);
    assertThat(STORE.chunks.claim(run, STORE.me, Set.of(lease))).isEmpty();
  }

  @Test
  void aHeartbeatKeepsTheLeasesOfItsWorkerOnly() {
    long run = plannedRun(2);
    UUID other = STORE.registerElsewhere();
    STORE.claim(run, STORE.me);
    STORE.claim(run, other);
    STORE.sql("UPDATE studbook.chunk SET lease_expires_at = clock_timestamp() + interval '1 s'");
    STORE.workerRepository.heartbeat(STORE.me, WorkerRepository.WorkerStatus.WAITING);
    assertThat(
            STORE.value(
                "SELECT string_agg((lease_expires_at > clock_timestamp() + interval '10 s')::text, ' '"
                    + " ORDER BY chunk_no) FROM studbook.chunk"))
        .isEqualTo("true false");
  }

  @Test
  void aReleasedChunkIsFreeAndNoHeartbeatRenewsIt() {
    long run = plannedRun(1);
    Lease lease = STORE.claim(run, STORE.me).orElseThrow();
    STORE.chunks.release(run, STORE.me);
    STORE.workerRepository.heartbeat(STORE.me, WorkerRepository.WorkerStatus.WAITING);
    assertThat(STORE.claim(run, STORE.registerElsewhere()))
        .contains(new Lease(run, lease.chunk(), 2));
  }

  @Test
  void aChunkReturnsItsPendingHorsesInOrder() {
    STORE.horses("hrs_3", "hrs_1", "hrs_20", "hrs_10");
    Lease lease = STORE.lease();
    STORE.write(enriched(lease, "hrs_20"));
    assertThat(STORE.chunks.pending(lease))
        .extracting(Object::toString)
        .containsExactly("hrs_1", "hrs_10", "hrs_3");
  }

  @Test
  void workersOfAnAccountHaveRateAndLiveness() {
    UUID elsewhere = STORE.registerElsewhere();
    STORE.registerDead();
    STORE.workerRepository.register(
        UUID.randomUUID(),
        ProcessIdentity.mine(),
        "test",
        new RateLimitKey("another"),
        Rate.UNLIMITED,
        Optional.empty(),
        _ -> {});
    STORE.workerRepository.register(
        UUID.randomUUID(),
        ProcessIdentity.mine(),
        "test",
        TestStore.ACCOUNT,
        Rate.UNLIMITED,
        Optional.empty(),
        _ -> {});
    assertThat(
            STORE.workerRepository.using(TestStore.ACCOUNT).stream()
                .filter(WorkerRepository.WorkerRow::isAlive)
                .map(worker -> worker.rate().toString()))
        .containsExactlyInAnyOrder("2/s", "2/s", "unlimited");
    STORE.workerRepository.leave(elsewhere);
    STORE.workerRepository.leave(STORE.me);
    assertThat(
            STORE.workerRepository.using(TestStore.ACCOUNT).stream()
                .filter(WorkerRepository.WorkerRow::isAlive)
                .map(worker -> worker.rate().toString()))
        .containsExactly("unlimited");
  }

  @Test
  void aRunWithoutChunksYieldsNoClaim() {
    assertThat(STORE.claim(STORE.plan(), STORE.me)).isEqualTo(Optional.empty());
  }

  private static long plannedRun(int count) {
    long run = STORE.plan();
    STORE.sql(
        """
        INSERT INTO studbook.chunk (run_id, chunk_no, first_horse_id, last_horse_id, horse_count)
        SELECT ?, i, 'hrs_' || i, 'hrs_' || i, 1 FROM generate_series(1, ?) i
        """,
        run,
        count);
    return run;
  }

  @Test
  void aReleasedChunkIsFreeAndRejectsItsOldLease() {
    STORE.horses(2);
    Lease lease = STORE.lease();
    STORE.chunks.giveBack(lease.run(), STORE.me);
    STORE.workerRepository.heartbeat(STORE.me, WorkerRepository.WorkerStatus.WAITING);
    assertThat(described(STORE.write(enriched(lease, "hrs_1")))).containsExactly("hrs_1 LeaseLost");
    Optional<Lease> anew = STORE.claim(lease.run(), STORE.registerElsewhere());
    assertThat(anew).get().extracting(Lease::chunk).isEqualTo(lease.chunk());
    STORE.chunks.giveBack(lease.run(), STORE.me);
    assertThat(described(STORE.write(enriched(anew.orElseThrow(), "hrs_1"))))
        .as("the next owner's")
        .containsExactly("hrs_1 RowWritten enriched");
  }
}
