package studbook.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import studbook.horse.HorseId;
import studbook.store.Lease;
import studbook.time.SystemTime;

class TaskQueueTest {

  private static final Lease LEASE = new Lease(1, 1, 1);
  private static final Lease OTHER = new Lease(1, 2, 1);

  private final HandTicker ticker = new HandTicker();
  private final TaskQueue queue = new TaskQueue(ticker);

  private static List<HorseId> horses(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(number -> new HorseId("hrs_" + number))
        .toList();
  }

  private String next() {
    return queue.poll().map(task -> task.horse().text()).orElse("none");
  }

  @Test
  void handsOutInOrderAndKeepsWhatIsUnderWayInHand() {
    queue.add(LEASE, horses(1, 2));
    assertThat(next()).isEqualTo("hrs_1");
    assertThat(next()).isEqualTo("hrs_2");
    assertThat(next()).isEqualTo("none");
    assertThat(queue.inHand()).isEqualTo(2);
    queue.left(2);
    assertThat(queue.inHand()).isZero();
  }

  @Test
  void whatIsToBeAskedAtOnceComesFirst() {
    queue.add(LEASE, horses(1, 3));
    Task first = queue.poll().orElseThrow();
    queue.again(first, Duration.ZERO);
    assertThat(next()).isEqualTo("hrs_1");
    assertThat(next()).isEqualTo("hrs_2");
  }

  @Test
  void whatWaitsComesWhenItIsDueAndTheEarliestFirst() {
    queue.add(LEASE, horses(1, 4));
    Task one = queue.poll().orElseThrow();
    Task two = queue.poll().orElseThrow();
    queue.again(one, Duration.ofSeconds(10));
    queue.again(two, Duration.ofSeconds(5));
    ticker.pass(Duration.ofMillis(4_999));
    assertThat(next()).isEqualTo("hrs_3");
    ticker.pass(Duration.ofMillis(1));
    assertThat(next()).as("before new ones").isEqualTo("hrs_2");
    ticker.seconds(60);
    assertThat(next()).isEqualTo("hrs_1");
    assertThat(next()).isEqualTo("hrs_4");
    assertThat(queue.inHand()).isEqualTo(4);
  }

  @Test
  void theHorsesOfALostLeaseLeave() {
    queue.add(LEASE, horses(1, 3));
    queue.add(OTHER, horses(11, 12));
    Task underWay = queue.poll().orElseThrow();
    queue.again(queue.poll().orElseThrow(), Duration.ofSeconds(1));
    queue.drop(LEASE);
    assertThat(queue.inHand()).as("one under way, two of the other lease").isEqualTo(3);
    ticker.seconds(2);
    assertThat(next()).isEqualTo("hrs_11");
    assertThat(underWay.lease()).isEqualTo(LEASE);
  }

  @Test
  void awaitsAChangeOrTheEnd() throws Exception {
    TaskQueue real = new TaskQueue(SystemTime.ticker());
    real.await(Duration.ofMillis(5));
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                real.await(Duration.ofMinutes(1));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    while (!waiting.join(Duration.ofMillis(5))) {
      real.left(0);
    }
    real.add(LEASE, horses(1, 1));
    real.await(Duration.ofMinutes(1));
    assertThat(real.poll()).isNotEqualTo(Optional.empty());
    real.again(Task.first(LEASE, new HorseId("hrs_9")), Duration.ofMillis(10));
    real.await(Duration.ofMinutes(1));
    assertThat(real.poll()).isPresent();
  }
}
