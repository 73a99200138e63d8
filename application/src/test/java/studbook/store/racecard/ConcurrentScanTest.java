package studbook.store.racecard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import studbook.model.HorseId;
import studbook.store.TestStore;
import studbook.store.outcome.Outcome;
import studbook.store.run.RunCounts;
import studbook.store.work.Lease;
import studbook.store.work.RacecardLease;

/** Days and profiles of many workers at once. */
class ConcurrentScanTest extends RacecardScanTestBase {

  @Test
  @Timeout(120)
  void scansAndProfilesOfManyWorkersNeverDeadlock() throws Exception {
    store.horses(2_000);
    long run = plan(40);
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        UUID worker = store.registerElsewhere();
        long seed = i;
        workers.add(threads.submit(() -> scan(run, worker, new Random(seed))));
        workers.add(
            threads.submit(() -> profiles(run, store.registerElsewhere(), new Random(seed))));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    }
    for (Optional<Lease> rest = store.claim(run, store.me);
        rest.isPresent();
        rest = store.claim(run, store.me)) {
      assertThat(store.chunks.close(rest.get())).isTrue();
    }
    assertThat(store.chunks.allClosed(run)).isTrue();
    RunCounts counts = store.runRepository.counts(run);
    assertThat(counts.enriched()).isEqualTo(2_000);
    assertThat(store.value("SELECT count(*) FROM ra_horses WHERE dob IS NOT NULL"))
        .isEqualTo("2000");
    assertThat(store.value("SELECT count(*) FROM ra_horse_pedigree")).isEqualTo("2000");
    assertThat(scans.totals(run).completed()).as("both had their part").isBetween(1L, 1_999L);
  }

  private static void scan(long run, UUID worker, RandomGenerator random) {
    for (Optional<RacecardLease> day = store.claimDay(run, worker);
        day.isPresent();
        day = store.claimDay(run, worker)) {
      String[] horses =
          random
              .ints(1, 2_001)
              .distinct()
              .limit(60)
              .mapToObj(i -> "hrs_" + i)
              .toArray(String[]::new);
      assertThat(scans.write(day(day.get(), horses))).isPresent();
    }
  }

  private static void profiles(long run, UUID worker, RandomGenerator random) {
    for (Optional<Lease> lease = store.claim(run, worker);
        lease.isPresent();
        lease = store.claim(run, worker)) {
      Lease held = lease.get();
      List<HorseId> pending = new ArrayList<>(store.chunks.pending(held));
      Collections.shuffle(pending, Random.from(random));
      for (int from = 0; from < pending.size(); from += 25) {
        store.write(
            pending.subList(from, Math.min(pending.size(), from + 25)).stream()
                .map(horse -> TestStore.enriched(held, horse.text()))
                .toArray(Outcome[]::new));
      }
      store.chunks.close(held);
    }
  }
}
