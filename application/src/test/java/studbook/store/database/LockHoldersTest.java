package studbook.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static studbook.store.TestStore.enriched;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.store.TestStore;
import studbook.store.work.Lease;

/** A write that waits for another program's lock. */
class LockHoldersTest {

  private static final TestStore STORE = TestStore.fresh();

  @AfterAll
  static void close() {
    STORE.close();
  }

  @BeforeEach
  void reset() {
    STORE.reset();
  }

  private final LockHolders holders = new LockHolders(STORE.jdbi);

  /** In a transaction, as somebody's psql is. */
  private static Handle other() {
    Handle other = STORE.jdbi.open();
    other.begin();
    other.execute("SET LOCAL application_name = 'psql'");
    return other;
  }

  private Optional<String> during(String lock) throws Exception {
    STORE.horses(1);
    Lease lease = STORE.lease();
    CompletableFuture<Void> write;
    Optional<String> found;
    try (Handle other = other()) {
      other.execute(lock);
      long process = other.select("SELECT pg_backend_pid()").mapTo(Long.class).one();
      write = CompletableFuture.runAsync(() -> STORE.write(enriched(lease, "hrs_1")));
      STORE.awaitSomebodyWaitsForALock();
      found = holders.find().map(text -> text.replace(Long.toString(process), "4711"));
      other.rollback();
    }
    write.get(10, TimeUnit.SECONDS);
    return found;
  }

  @Test
  void theHolderOfATableIsNamed() throws Exception {
    assertThat(during("LOCK TABLE ra_horses").orElseThrow())
        .matches("ra_horses is locked by process 4711 \\(psql, since \\d\\d:\\d\\d\\)");
  }

  @Test
  void theHolderOfARowIsNamed() throws Exception {
    assertThat(during("UPDATE ra_horses SET dob = dob").orElseThrow())
        .matches("(ra_horses|a row) is locked by process 4711 \\(psql, since \\d\\d:\\d\\d\\)");
  }

  @Test
  void noHolderIsReportedWithoutAWaiter() {
    try (Handle other = other()) {
      other.execute("LOCK TABLE ra_horses");
      assertThat(holders.find()).isEmpty();
      other.rollback();
    }
  }
}
