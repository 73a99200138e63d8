package studbook.backfill.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import studbook.backfill.ManualTicker;
import studbook.backfill.pause.CircuitBreaker;
import studbook.backfill.pause.RequestGate;
import studbook.model.ErrorKind;
import studbook.model.HorseId;
import studbook.racingapi.ProfileResponse;
import studbook.store.work.Lease;

/** Whose fault a failure is, by the answers for others. */
class UnconfirmedFailuresTest {

  private static final ProfileResponse DOWN =
      new ProfileResponse.Unavailable(
          ErrorKind.SERVER_ERROR, "answered 503", false, Optional.empty());

  private final ManualTicker ticker = new ManualTicker();
  private final RequestGate gate = new RequestGate(ticker, () -> {});
  private final List<HorseTask> askedAgain = new ArrayList<>();
  private final UnconfirmedFailures failures =
      new UnconfirmedFailures(
          gate,
          new NotFoundConfirmer.ConfirmationCallback() {
            @Override
            public void accept(HorseAction.Complete complete) {
              throw new AssertionError("nobody has used up three attempts here");
            }

            @Override
            public void retry(HorseTask task, Duration delay) {
              askedAgain.add(task);
            }
          },
          ticker);

  private static HorseTask horse(int number) {
    return HorseTask.first(new Lease(1, 1, 1), new HorseId("hrs_" + number));
  }

  private static HorseAction.Failed failed(HorseTask task, boolean refused) {
    return new HorseAction.Failed(
        new HorseAction.Retry(task, Duration.ZERO, List.of()),
        new HorseAction.Retry(task.failedOnce(), Duration.ZERO, List.of()),
        refused);
  }

  private void others(int answered) {
    for (int i = 0; i < answered; i++) {
      ticker.seconds(1);
      failures.onResponse(ticker.nanos());
    }
  }

  private HorseTask leaving() {
    assertThat(askedAgain).hasSize(1);
    return askedAgain.removeFirst();
  }

  private void outage() {
    for (int i = 0; i < CircuitBreaker.FAILURES; i++) {
      gate.onResponse(DOWN, ticker.nanos());
    }
  }

  private void recover() {
    ticker.seconds(1);
    gate.onResponse(new ProfileResponse.NotFound(), ticker.nanos());
  }

  @Test
  void anErrorIsChargedAfterALaterHorseSucceeds() {
    long before = ticker.nanos();
    ticker.seconds(1);
    failures.hold(failed(horse(1), false));
    failures.onResponse(before);
    assertThat(failures.size()).isEqualTo(1);
    others(1);
    assertThat(leaving().failures()).isEqualTo(1);
    assertThat(failures.size()).isZero();
  }

  @Test
  void horsesOfAnOutageAreReturnedAfterIt() {
    failures.hold(failed(horse(1), false));
    outage();
    recover();
    others(1);
    HorseTask back = leaving();
    assertThat(back.failures()).isZero();
    assertThat(back.failed().excused()).isEqualTo(1);
  }

  @Test
  void horsesAreProbesDuringAnOutage() {
    failures.hold(failed(horse(1), false));
    failures.hold(failed(horse(2), true));
    outage();
    failures.excuseAll();
    assertThat(askedAgain).extracting(HorseTask::failures).containsExactly(0, 0);
  }

  @Test
  void aHorseThatFailsInEachOutageIsCompleted() {
    HorseTask task = horse(1);
    int rounds = 0;
    while (task.failures() == 0) {
      failures.hold(failed(task, false));
      outage();
      failures.excuseAll();
      recover();
      others(1);
      task = leaving();
      assertThat(++rounds).isLessThan(10);
    }
    assertThat(rounds).isEqualTo(6);
  }

  @Test
  void aRefusalIsChargedWhenOthersSucceed() {
    HorseTask task = horse(1);
    for (int answers : new int[] {20, 40}) {
      task = task.refused();
      failures.hold(failed(task, true));
      others(answers - 1);
      assertThat(askedAgain).isEmpty();
      others(1);
      task = leaving();
    }
    assertThat(task.failures()).isEqualTo(2);
  }

  @Test
  void aRefusalAmongOthersIsNotCharged() {
    HorseTask task = horse(1);
    for (int round = 0; round < 4; round++) {
      task = task.refused();
      failures.hold(failed(task, true));
      Optional<HorseTask> back = Optional.empty();
      for (int other = 2; back.isEmpty(); other++) {
        failures.hold(failed(horse(other).refused(), true)); // a quarter of all answers
        others(3);
        back = askedAgain.stream().filter(one -> one.horse().equals(horse(1).horse())).findFirst();
        askedAgain.clear();
      }
      task = back.orElseThrow();
      failures.retryAll();
      askedAgain.clear();
    }
    assertThat(task.failures()).isZero();
    assertThat(task.failed().excused()).isZero();
  }

  @Test
  void alwaysRefusedHorsesAreChargedEventually() {
    HorseTask one = horse(1).refused();
    HorseTask other = horse(2).refused();
    failures.hold(failed(one, true));
    failures.hold(failed(other, true));
    int answers = 0;
    while (one.failures() < 2 || other.failures() < 2) {
      others(1);
      assertThat(++answers).isLessThan(1_000);
      for (HorseTask back : List.copyOf(askedAgain)) {
        HorseTask again = back.refused();
        if (again.horse().equals(one.horse())) {
          one = again;
        } else {
          other = again;
        }
        failures.hold(failed(again, true));
      }
      askedAgain.clear();
    }
  }

  @Test
  void oneResponseIsEnoughAtTheEnd() {
    failures.hold(failed(horse(1).refused(), true));
    failures.hold(failed(horse(2).refused(), true));
    ticker.seconds(1);
    failures.onLastResponse(ticker.nanos());
    assertThat(askedAgain).extracting(HorseTask::failures).containsExactly(1, 1);
  }

  @Test
  void withoutACanaryNoHorseIsCharged() {
    failures.hold(failed(horse(1).refused(), true));
    failures.retryAll();
    assertThat(leaving().failures()).isZero();
  }
}
