package studbook.store.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.ratelimit.RateLimitKey;
import studbook.store.TestStore;
import studbook.store.error.StoreException;
import studbook.store.work.Lease;
import studbook.time.Rate;
import studbook.time.SystemTime;

/** Processes that register at the same moment. */
class RegistrationTest {

  private static final TestStore STORE = TestStore.fresh();
  private static final RateLimitKey ACCOUNT = new RateLimitKey("an account of two rates");

  @AfterAll
  static void close() {
    STORE.close();
  }

  @BeforeEach
  void reset() {
    STORE.reset();
  }

  private static void register(double rate, Runnable afterTheCheck) {
    STORE.workerRepository.register(
        UUID.randomUUID(),
        ProcessIdentity.mine(),
        "test",
        ACCOUNT,
        new Rate(rate),
        Optional.empty(),
        others -> {
          refuseOtherRates(others, new Rate(rate));
          afterTheCheck.run();
        });
  }

  private static void refuseOtherRates(List<WorkerRepository.WorkerRow> others, Rate rate) {
    if (!others.stream().allMatch(other -> other.rate().equals(rate))) {
      throw new StoreException("disputed");
    }
  }

  @Test
  void ofTwoWithDifferentRatesOneIsRefused() throws Exception {
    CompletableFuture<CompletableFuture<Void>> second = new CompletableFuture<>();
    // Between the check of the first and its registration the second begins its own.
    register(
        2,
        () -> {
          second.complete(CompletableFuture.runAsync(() -> register(5, () -> {})));
          awaitWaiter(second.join());
        });
    assertThatThrownBy(() -> second.join().get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("disputed");
    assertThat(STORE.workerRepository.using(ACCOUNT))
        .extracting(WorkerRepository.WorkerRow::rate)
        .containsExactly(new Rate(2));
  }

  private static void awaitWaiter(CompletableFuture<Void> other) {
    long began = SystemTime.ticker().nanos();
    while (STORE.jdbi.withHandle(
            handle ->
                handle
                    .select(
                        """
                        SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
                        WHERE d.datname = current_database() AND locktype = 'advisory' AND NOT granted
                        """)
                    .mapTo(Long.class)
                    .one())
        == 0) {
      assertThat(other).as("the other registered in between").isNotDone();
      assertThat(Duration.ofNanos(SystemTime.ticker().nanos() - began))
          .isLessThan(Duration.ofSeconds(20));
      Thread.onSpinWait();
    }
  }

  /** A writer locks its pieces one after the other; a heartbeat in between must not wait. */
  @Test
  void aHeartbeatSkipsChunksThatAreBeingWritten() {
    STORE.horses(4);
    Lease lease = STORE.lease();
    STORE.jdbi.useTransaction(writer -> {
      writer.execute(
          "SELECT FROM studbook.chunk WHERE run_id = ? AND chunk_no = ? FOR NO KEY UPDATE",
          lease.run(),
          lease.chunk());
      CompletableFuture.runAsync(() ->
              STORE.workerRepository.heartbeat(
                  STORE.me,
                  new WorkerRepository.WorkerStatus(
                      Optional.of(lease.run()), 1, 0, Optional.empty())))
          .orTimeout(10, TimeUnit.SECONDS)
          .join();
      writer.execute(
          "SELECT FROM studbook.worker WHERE worker_id = ? FOR NO KEY UPDATE NOWAIT", STORE.me);
    });
  }
}
