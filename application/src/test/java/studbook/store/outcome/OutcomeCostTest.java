package studbook.store.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static studbook.store.TestStore.enriched;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.faults.environment.Await;
import studbook.store.TestStore;
import studbook.store.database.ShortTransaction;
import studbook.store.work.Lease;

/** What a commit of outcomes costs the database: pages, and locks of a process that freezes. */
class OutcomeCostTest {

  private static final TestStore STORE = TestStore.fresh();

  @AfterAll
  static void close() {
    STORE.close();
  }

  @BeforeEach
  void reset() {
    STORE.reset();
  }

  /**
   * The page has room only for what is pruned from it meanwhile. A writing transaction beside it,
   * even of another test's database on the same server, delays that; so an attempt counts only if
   * there was none before and after each of its batches.
   */
  @Test
  void completingAWorkItemKeepsItInItsPage() throws InterruptedException {
    long[] moved = {Long.MAX_VALUE};
    Await.until(
        "an attempt without another writer",
        () -> {
          STORE.reset();
          boolean alone = completesThousandAlone(moved);
          return moved[0] < 50 || alone;
        });
    assertThat(moved[0]).isLessThan(50);
  }

  /** Transactions of other sessions on the server that have written. */
  private static long others() {
    return Long.parseLong(
        STORE.value(
            """
            SELECT count(*) FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND pid <> pg_backend_pid()
            """));
  }

  /**
   * A server compiles a statement of a high estimated cost before it runs it. Here that takes
   * seconds for milliseconds of work.
   */
  @Test
  void theServerCompilesNoStatementOfABatch() {
    STORE.horses(40);
    Lease lease = STORE.lease();
    List<Outcome> outcomes =
        IntStream.rangeClosed(1, 40).mapToObj(i -> enriched(lease, "hrs_" + i)).toList();
    for (List<Outcome> batch : List.of(outcomes.subList(0, 1), outcomes.subList(1, 40))) {
      STORE.jdbi.useTransaction(handle -> {
        handle.execute("SET LOCAL jit = on");
        OutcomeRepository.complete(handle, batch);
        assertThat(handle.select("SHOW jit").mapTo(String.class).one()).isEqualTo("off");
      });
    }
  }

  /** Sets the number of rows that left their page; false if there was another writer. */
  private boolean completesThousandAlone(long[] result) {
    STORE.horses(1_000);
    Lease lease = STORE.lease();
    List<String> planned = pages();
    List<Outcome> outcomes =
        IntStream.rangeClosed(1, 1_000).mapToObj(i -> enriched(lease, "hrs_" + i)).toList();
    boolean alone = others() == 0;
    for (int from = 0; from < outcomes.size(); from += 50) {
      STORE.outcomeRepository.write(outcomes.subList(from, from + 50), List.of());
      alone &= others() == 0;
    }
    assertThat(STORE.value("SELECT count(*) FROM studbook.work_item WHERE state = 'enriched'"))
        .isEqualTo("1000");
    List<String> moved = new ArrayList<>(pages());
    moved.removeAll(planned);
    result[0] = moved.size();
    return alone;
  }

  /** Each horse and the page of the ledger that its row lies in. */
  private static List<String> pages() {
    return STORE.jdbi.withHandle(handle ->
        handle
            .select("SELECT horse_id || ' ' || (ctid::text::point)[0] FROM studbook.work_item")
            .mapTo(String.class)
            .list());
  }

  /** Its connection stays open, so nothing but the server's own limit ends its transaction. */
  @Test
  void aProcessThatFreezesInItsCommitKeepsItsLocksNoLongerThanItsLease() {
    STORE.horses(1);
    Lease lease = STORE.lease();
    STORE.jdbi.useTransaction(handle -> {
      assertThat(idleLimit(handle)).isEqualTo("0");
      OutcomeRepository.complete(handle, List.of(enriched(lease, "hrs_1")));
      assertThat(idleLimit(handle)).isEqualTo("15s");
    });
    ShortTransaction.use(STORE.jdbi, handle -> assertThat(idleLimit(handle)).isEqualTo("15s"));
    assertThat(STORE.value("SELECT current_setting('idle_in_transaction_session_timeout')"))
        .isEqualTo("0");
  }

  private static String idleLimit(Handle handle) {
    return handle
        .select("SELECT current_setting('idle_in_transaction_session_timeout')")
        .mapTo(String.class)
        .one();
  }
}
