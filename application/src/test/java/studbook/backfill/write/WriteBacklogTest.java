package studbook.backfill.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import studbook.backfill.ManualTicker;
import studbook.backfill.pause.PauseInfo;
import studbook.backfill.pause.RequestGate;
import studbook.model.PauseCause;
import studbook.time.Rate;

class WriteBacklogTest {

  private final ManualTicker ticker = new ManualTicker();
  private final RequestGate gate = new RequestGate(ticker, () -> {});

  @Test
  void holdsTwoSecondsOfAnswersAndTwoHundredAtLeast() {
    assertThat(roomOf(new Rate(5))).isEqualTo(200);
    assertThat(roomOf(new Rate(100))).isEqualTo(200);
    assertThat(roomOf(new Rate(150))).isEqualTo(300);
    assertThat(roomOf(Rate.UNLIMITED)).isEqualTo(5_000);
  }

  private int roomOf(Rate rate) {
    WriteBacklog backlog = new WriteBacklog(rate, gate, ticker, Optional::empty);
    int room = 0;
    while (!backlog.isFull(0)) {
      backlog.add();
      room++;
    }
    return room;
  }

  @Test
  void countsRequestsInFlightDuringAWait() {
    WriteBacklog backlog = new WriteBacklog(new Rate(5), gate, ticker, Optional::empty);
    assertThat(backlog.isFull(1_000)).as("a slow API and a quick database").isFalse();
    backlog.add();
    assertThat(backlog.isFull(198)).isFalse();
    assertThat(backlog.isFull(199)).isTrue();
    backlog.remove(1);
    assertThat(backlog.isFull(199)).isFalse();
  }

  @Test
  void aWriteThatWaitsThirtySecondsPausesUntilItIsDone() {
    WriteBacklog backlog = new WriteBacklog(new Rate(5), gate, ticker, Optional::empty);
    backlog.writing(() -> {
      ticker.pass(Duration.ofSeconds(29));
      backlog.check();
      assertThat(gate.pause()).isEmpty();
      ticker.pass(Duration.ofSeconds(1));
      backlog.check();
      gate.onDatabaseAvailable(); // a heartbeat that goes through proves nothing
      PauseInfo pause = gate.pause().orElseThrow();
      assertThat(pause.cause()).isEqualTo(PauseCause.DATABASE);
      assertThat(pause.reason()).contains("a write has been waiting for 30 s", "ra_horses");
      assertThat(gate.tryAcquire()).isPositive();
      return true;
    });
    assertThat(gate.pause()).isEmpty();
    ticker.pass(Duration.ofSeconds(60));
    backlog.check();
    assertThat(gate.pause()).as("nothing is written now").isEmpty();
  }

  @Test
  void thePauseNamesTheLockHolderAndQueriesItOnce() {
    AtomicInteger asked = new AtomicInteger();
    WriteBacklog backlog =
        new WriteBacklog(
            new Rate(5),
            gate,
            ticker,
            () -> Optional.of("ra_horses is locked by process " + asked.incrementAndGet()));
    backlog.writing(() -> {
      ticker.pass(Duration.ofSeconds(30));
      backlog.check();
      backlog.check();
      assertThat(gate.pause().orElseThrow().sentence())
          .isEqualTo("The database is unavailable: ra_horses is locked by process 1");
      return true;
    });
    assertThat(gate.pause()).isEmpty();
  }
}
