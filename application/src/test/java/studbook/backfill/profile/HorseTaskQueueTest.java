package studbook.backfill.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import studbook.backfill.ManualTicker;
import studbook.backfill.dispatch.Signal;
import studbook.model.HorseId;
import studbook.store.work.Lease;
import studbook.time.SystemTime;

class HorseTaskQueueTest {

  private static final Lease LEASE = new Lease(1, 1, 1);
  private static final Lease OTHER = new Lease(1, 2, 1);

  private final ManualTicker ticker = new ManualTicker();
  private final HorseTaskQueue queue = new HorseTaskQueue(ticker, new Signal(ticker));

  private static List<HorseId> horses(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(number -> new HorseId("hrs_" + number))
        .toList();
  }

  private String next() {
    return queue.poll().map(task -> task.horse().text()).orElse("none");
  }

  @Test
  void suppliesTasksInOrderAndTracksThoseInFlight() {
    queue.add(LEASE, horses(1, 2));
    assertThat(next()).isEqualTo("hrs_1");
    assertThat(next()).isEqualTo("hrs_2");
    assertThat(next()).isEqualTo("none");
    assertThat(queue.activeCount()).isEqualTo(2);
    queue.completed(LEASE, 1);
    assertThat(queue.pollEmptied()).isEmpty();
    queue.completed(LEASE, 1);
    assertThat(queue.activeCount()).isZero();
    assertThat(queue.pollEmptied()).contains(LEASE);
    assertThat(queue.pollEmptied()).as("told once").isEmpty();
  }

  @Test
  void immediateTasksComeFirst() {
    queue.add(LEASE, horses(1, 3));
    HorseTask first = queue.poll().orElseThrow();
    queue.requeue(first, Duration.ZERO);
    assertThat(next()).isEqualTo("hrs_1");
    assertThat(next()).isEqualTo("hrs_2");
  }

  @Test
  void delayedTasksComeWhenDueEarliestFirst() {
    queue.add(LEASE, horses(1, 4));
    HorseTask one = queue.poll().orElseThrow();
    HorseTask two = queue.poll().orElseThrow();
    queue.requeue(one, Duration.ofSeconds(10));
    queue.requeue(two, Duration.ofSeconds(5));
    ticker.pass(Duration.ofMillis(4_999));
    assertThat(next()).isEqualTo("hrs_3");
    ticker.pass(Duration.ofMillis(1));
    assertThat(next()).as("before new ones").isEqualTo("hrs_2");
    ticker.seconds(60);
    assertThat(next()).isEqualTo("hrs_1");
    assertThat(next()).isEqualTo("hrs_4");
    assertThat(queue.activeCount()).isEqualTo(4);
  }

  @Test
  void horsesOfALostLeaseAreRemoved() {
    queue.add(LEASE, horses(1, 3));
    queue.add(OTHER, horses(11, 12));
    HorseTask underWay = queue.poll().orElseThrow();
    queue.requeue(queue.poll().orElseThrow(), Duration.ofSeconds(1));
    queue.drop(LEASE);
    assertThat(queue.activeCount()).as("one under way, two of the other lease").isEqualTo(3);
    ticker.seconds(2);
    assertThat(next()).isEqualTo("hrs_11");
    assertThat(underWay.lease()).isEqualTo(LEASE);
  }

  @Test
  void horsesCompletedElsewhereAreRemovedUnlessInFlight() {
    queue.add(LEASE, horses(1, 4));
    assertThat(next()).isEqualTo("hrs_1");
    queue.requeue(queue.poll().orElseThrow(), Duration.ofSeconds(1));
    queue.drop(Set.of(new HorseId("hrs_1"), new HorseId("hrs_2"), new HorseId("hrs_3")));
    assertThat(queue.activeCount()).as("one under way, one ready").isEqualTo(2);
    ticker.seconds(2);
    assertThat(next()).isEqualTo("hrs_4");
    assertThat(next()).isEqualTo("none");
    queue.completed(LEASE, 2);
    assertThat(queue.pollEmptied()).contains(LEASE);
  }

  @Test
  void aChunkWithoutPendingHorsesIsClosedAtOnce() {
    queue.add(LEASE, List.of());
    assertThat(queue.pollEmptied()).contains(LEASE);
    assertThat(queue.activeCount()).isZero();
  }

  @Test
  void returnsTheTimeOfTheNextTask() {
    queue.add(LEASE, horses(1, 1));
    assertThat(queue.nextDueIn()).isEmpty();
    queue.requeue(queue.poll().orElseThrow(), Duration.ofSeconds(10));
    ticker.seconds(4);
    assertThat(queue.nextDueIn()).contains(Duration.ofSeconds(6));
    ticker.seconds(40);
    assertThat(queue.nextDueIn()).contains(Duration.ZERO);
  }

  @Test
  void everyChangeSignals() throws Exception {
    Signal signal = new Signal(SystemTime.ticker());
    HorseTaskQueue real = new HorseTaskQueue(SystemTime.ticker(), signal);
    signal.await(signal.version(), Duration.ofMillis(5));
    long before = signal.version();
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                signal.await(before, Duration.ofMinutes(1));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    real.add(LEASE, horses(1, 1));
    assertThat(waiting.join(Duration.ofSeconds(30))).isTrue();
    signal.await(before, Duration.ofMinutes(1));
    long added = signal.version();
    real.requeue(real.poll().orElseThrow(), Duration.ZERO);
    signal.await(added, Duration.ofMinutes(1));
    long again = signal.version();
    real.completed(LEASE, 1);
    signal.await(again, Duration.ofMinutes(1));
  }

  @Test
  void releasedHorsesAreNotRequestedAgain() {
    queue.add(LEASE, horses(1, 4));
    HorseTask underWay = queue.poll().orElseThrow();
    queue.requeue(queue.poll().orElseThrow(), Duration.ofSeconds(5));
    queue.releaseAll();
    assertThat(queue.leases()).isEmpty();
    assertThat(next()).isEqualTo("none");
    assertThat(queue.activeCount()).as("under way").isEqualTo(1);
    queue.requeue(underWay, Duration.ZERO);
    assertThat(next()).isEqualTo("none");
    assertThat(queue.activeCount()).isZero();
    assertThat(queue.pollEmptied()).as("not its to close").isEmpty();
    Lease anew = new Lease(1, 1, 3);
    queue.add(anew, horses(1, 1));
    assertThat(queue.leases()).containsExactly(anew);
    assertThat(next()).isEqualTo("hrs_1");
  }
}
