package studbook.store.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import studbook.store.TestStore;

/** What a look at whole tables takes from the server. */
class ConsistentSnapshotTest {

  private static final TestStore STORE = TestStore.fresh();

  @AfterAll
  static void close() {
    STORE.close();
  }

  /**
   * Containers have 64 MB of shared memory; a parallel hash of large tables needs three times that.
   */
  @Test
  void joinsOfWholeTablesInParallelKeepNoHashTableInSharedMemory() {
    STORE.horses(20_000);
    STORE.sql("INSERT INTO ra_horse_pedigree (horse_id) SELECT horse_id FROM ra_horses");
    STORE.sql("ANALYZE");
    assertThat(plan(false)).as("what PostgreSQL does by itself").contains("Parallel Hash");
    assertThat(plan(true)).contains("Gather").doesNotContain("Parallel Hash");
  }

  private static String plan(boolean configured) {
    return STORE.jdbi.inTransaction(handle -> {
      if (configured) {
        ConsistentSnapshot.configure(handle);
      }
      for (String setting :
          List.of(
              "parallel_setup_cost = 0",
              "parallel_tuple_cost = 0",
              "min_parallel_table_scan_size = 0",
              "max_parallel_workers_per_gather = 2",
              "enable_mergejoin = off",
              "enable_nestloop = off")) {
        handle.execute("SET LOCAL " + setting);
      }
      return explain(handle);
    });
  }

  private static String explain(Handle handle) {
    return String.join(
        "\n",
        handle
            .createQuery(
                """
                EXPLAIN SELECT count(*), count(p.horse_id)
                FROM ra_horses h LEFT JOIN ra_horse_pedigree p ON p.horse_id = h.horse_id
                """)
            .mapTo(String.class)
            .list());
  }
}
