package studbook.backfill.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import studbook.backfill.ManualTicker;
import studbook.backfill.pause.RequestGate;

class StopControlTest {

  private final ManualTicker ticker = new ManualTicker();
  private final StopControl stop = new StopControl(new RequestGate(ticker, () -> {}), ticker);

  @Test
  void anInterruptThatCameAfterTheLastWaitIsDropped() {
    stop.interruptOnStop(Thread.currentThread());
    stop.stop();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();

    stop.endSending();

    assertThat(Thread.interrupted()).isFalse();
    stop.stop();
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void resultsAreWrittenInTheTimeThatTheRequestsInFlightLeave() {
    stop.stop();
    ticker.pass(Duration.ofMillis(300));
    assertThat(stop.writeTimeout()).isEqualTo(Duration.ofMillis(3_500));
    stop.stop();
    assertThat(stop.writeTimeout()).isEqualTo(Duration.ofMillis(3_500));

    ticker.pass(Duration.ofMillis(2_700));
    assertThat(stop.writeTimeout()).isEqualTo(Duration.ofSeconds(1));
  }
}
