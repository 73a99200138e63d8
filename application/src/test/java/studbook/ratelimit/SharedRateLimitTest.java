package studbook.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.store.TestDatabase;
import studbook.store.connection.DatabaseAddress;
import studbook.store.database.Database;
import studbook.store.database.Schema;
import studbook.time.Rate;

/** Claims of many threads on one row, by the real clock. */
class SharedRateLimitTest {

  private static final int THREADS = 8;
  private static final int CLAIMS = 60;

  private final TestDatabase server = TestDatabase.fresh();
  private Database database;

  @BeforeEach
  void open() {
    database = Database.open(DatabaseAddress.parse(server.libpqUri()), THREADS + 1);
    new Schema(database).migrateIfNeeded();
  }

  @AfterEach
  void drop() {
    database.close();
    server.close();
  }

  private SharedRateLimit budget(double rate) {
    return SharedRateLimit.join(database.jdbi(), new RateLimitKey("account"), new Rate(rate));
  }

  @Test
  void permitsOfManyThreadsKeepTheLimit() throws Exception {
    List<Instant> slots = claimFromManyThreads(0);
    assertThat(slots).hasSize(THREADS * totalOf(0)).doesNotHaveDuplicates();
    assertLaw(slots);
  }

  @Test
  void lateAndReturnedPermitsKeepTheLimit() throws Exception {
    assertLaw(claimFromManyThreads(0.3));
  }

  @Test
  void aMinimumMarginDoesNotShrink() {
    SharedRateLimit rateLimit = budget(5_000);
    rateLimit.keepMargin(Duration.ofMillis(150));
    AcquireResult.Permits permits =
        (AcquireResult.Permits) rateLimit.acquire(AcquireRequest.of(100, Duration.ZERO));
    for (int i = 0; i < 20; i++) {
      List<PermitUsage> inTime =
          permits.at().stream().map(slot -> new PermitUsage(slot, Duration.ZERO, true)).toList();
      permits =
          (AcquireResult.Permits)
              rateLimit.acquire(new AcquireRequest(100, Duration.ZERO, inTime, null));
    }
    assertThat(permits.margin()).as("room for late sends").isLessThan(Duration.ofMillis(20));
    String kept =
        database
            .jdbi()
            .withHandle(handle ->
                handle
                    .createQuery("SELECT safety_margin::text FROM studbook.rate_limit")
                    .mapTo(String.class)
                    .one());
    assertThat(kept).isEqualTo("00:00:00.15");
  }

  private static int totalOf(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return random.ints(CLAIMS, 1, 5).sum();
  }

  /** The moments at which was sent. */
  private List<Instant> claimFromManyThreads(double wrong) throws Exception {
    SharedRateLimit rateLimit = budget(500);
    List<Callable<List<Instant>>> claimants = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      long seed = wrong == 0 ? 0 : thread;
      claimants.add(() -> claim(rateLimit, wrong, seed));
    }
    List<Instant> sent = new ArrayList<>();
    try (var executor = Executors.newFixedThreadPool(THREADS)) {
      for (Future<List<Instant>> slots : executor.invokeAll(claimants)) {
        sent.addAll(slots.get());
      }
    }
    assertRing();
    return sent.stream().sorted().toList();
  }

  private static List<Instant> claim(SharedRateLimit rateLimit, double wrong, long seed) {
    SplittableRandom counts = new SplittableRandom(seed);
    SplittableRandom chance = new SplittableRandom(seed + 100);
    List<Instant> sent = new ArrayList<>();
    List<PermitUsage> spent = new ArrayList<>();
    for (int count : counts.ints(CLAIMS, 1, 5).toArray()) {
      AcquireResult result =
          rateLimit.acquire(new AcquireRequest(count, Duration.ofMillis(5), spent, null));
      spent.clear();
      for (Instant slot : ((AcquireResult.Permits) result).at()) {
        double what = chance.nextDouble();
        if (what < wrong / 2) {
          spent.add(new PermitUsage(slot, Duration.ZERO, false));
        } else if (what < wrong) {
          Duration late = Duration.ofMillis(1 + chance.nextInt(6));
          spent.add(new PermitUsage(slot, late, true));
          sent.add(slot.plus(late));
        } else {
          sent.add(slot);
        }
      }
    }
    return sent;
  }

  /** No window holds more than n, even if nobody had corrected what the margin covers. */
  private static void assertLaw(List<Instant> sent) {
    assertThat(sent).hasSizeGreaterThan(1_000);
    for (int i = 500; i < sent.size(); i++) {
      assertThat(Duration.between(sent.get(i - 500), sent.get(i)))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }
  }

  @Test
  void aDeletedRowIsMadeAgainWithoutABurst() {
    SharedRateLimit rateLimit = budget(5);
    AcquireResult.Permits before =
        (AcquireResult.Permits)
            rateLimit.acquire(new AcquireRequest(5, Duration.ZERO, List.of(), null));
    int known = rateLimit.throttled(Duration.ZERO).generation();
    delete();
    AcquireResult.Permits after =
        (AcquireResult.Permits)
            rateLimit.acquire(new AcquireRequest(1, Duration.ZERO, List.of(), null));
    assertThat(after.at().getFirst()).isAfter(before.at().getLast()).isAfter(after.now());
    assertThat(Duration.between(after.now(), after.at().getFirst()))
        .isBetween(Duration.ofMillis(990), Duration.ofMillis(1_100));
    assertThat(after.generation()).as("slots of an older epoch are dropped").isGreaterThan(known);
    delete();
    assertThat(rateLimit.throttled(Duration.ZERO).reducedUntil()).isEmpty();
    delete();
    rateLimit.block(Duration.ofSeconds(30), known);
    assertThat(rateLimit.blocked().orElseThrow().left()).isGreaterThan(Duration.ofSeconds(29));
  }

  private void delete() {
    database.jdbi().useHandle(handle -> handle.execute("DELETE FROM studbook.rate_limit"));
  }

  private void assertRing() {
    boolean sorted =
        database
            .jdbi()
            .withHandle(handle ->
                handle
                    .createQuery(
                        """
                        SELECT cardinality(recent_permits) = max_permits
                          AND recent_permits = ARRAY(SELECT slot FROM unnest(recent_permits) slot ORDER BY slot)
                        FROM studbook.rate_limit
                        """)
                    .mapTo(Boolean.class)
                    .one());
    assertThat(sorted).isTrue();
  }
}
