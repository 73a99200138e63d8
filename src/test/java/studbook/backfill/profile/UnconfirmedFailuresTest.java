package studbook.backfill.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import studbook.backfill.HandTicker;
import studbook.backfill.pause.CircuitBreaker;
import studbook.backfill.pause.Gate;
import studbook.model.ErrorKind;
import studbook.model.HorseId;
import studbook.racingapi.Answer;
import studbook.store.work.Lease;

/** Whose fault a failure is, by the answers for others. */
class UnconfirmedFailuresTest {

  private static final Answer DOWN =
      new Answer.Unavailable(ErrorKind.SERVER_ERROR, "answered 503", false, Optional.empty());

  private final HandTicker ticker = new HandTicker();
  private final Gate gate = new Gate(ticker, () -> {});
  private final List<Task> askedAgain = new ArrayList<>();
  private final UnconfirmedFailures failures =
      new UnconfirmedFailures(
          gate,
          new Quarantine.Exit() {
            @Override
            public void believe(Step.Settle settle) {
              throw new AssertionError("nobody has used up three attempts here");
            }

            @Override
            public void askAgain(Task task, Duration delay) {
              askedAgain.add(task);
            }
          },
          ticker);

  private static Task horse(int number) {
    return Task.first(new Lease(1, 1, 1), new HorseId("hrs_" + number));
  }

  private static Step.Failed failed(Task task, boolean refused) {
    return new Step.Failed(
        new Step.Again(task, Duration.ZERO, List.of()),
        new Step.Again(task.failedOnce(), Duration.ZERO, List.of()),
        refused);
  }

  private void others(int answered) {
    for (int i = 0; i < answered; i++) {
      ticker.seconds(1);
      failures.answered(ticker.nanos());
    }
  }

  private Task leaving() {
    assertThat(askedAgain).hasSize(1);
    return askedAgain.removeFirst();
  }

  private void outage() {
    for (int i = 0; i < CircuitBreaker.FAILURES; i++) {
      gate.saw(DOWN, ticker.nanos());
    }
  }

  private void recover() {
    ticker.seconds(1);
    gate.saw(new Answer.NotFound(), ticker.nanos());
  }

  @Test
  void anErrorIsTheHorsesOwnOnceAnotherIsAnsweredThatWasAskedForLater() {
    long before = ticker.nanos();
    ticker.seconds(1);
    failures.hold(failed(horse(1), false));
    failures.answered(before);
    assertThat(failures.size()).isEqualTo(1);
    others(1);
    assertThat(leaving().failures()).isEqualTo(1);
    assertThat(failures.size()).isZero();
  }

  @Test
  void whatAnOutageTookIsGivenBackThoughItIsOver() {
    failures.hold(failed(horse(1), false));
    outage();
    recover();
    others(1);
    Task back = leaving();
    assertThat(back.failures()).isZero();
    assertThat(back.failed().givenBack()).isEqualTo(1);
  }

  @Test
  void duringAnOutageTheHorsesServeAsProbes() {
    failures.hold(failed(horse(1), false));
    failures.hold(failed(horse(2), true));
    outage();
    failures.giveBack();
    assertThat(askedAgain).extracting(Task::failures).containsExactly(0, 0);
  }

  @Test
  void aHorseThatFailsInEachOutageComesToItsOutcomeAllTheSame() {
    Task task = horse(1);
    int rounds = 0;
    while (task.failures() == 0) {
      failures.hold(failed(task, false));
      outage();
      failures.giveBack();
      recover();
      others(1);
      task = leaving();
      assertThat(++rounds).isLessThan(10);
    }
    assertThat(rounds).isEqualTo(6);
  }

  @Test
  void aRefusalIsTheHorsesOwnWhereOthersAreAnswered() {
    Task task = horse(1);
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
  void aRefusalAmongOthersIsTheLimitsOrTheAccounts() {
    Task task = horse(1);
    for (int round = 0; round < 4; round++) {
      task = task.refused();
      failures.hold(failed(task, true));
      Optional<Task> back = Optional.empty();
      for (int other = 2; back.isEmpty(); other++) {
        failures.hold(failed(horse(other).refused(), true)); // a quarter of all answers
        others(3);
        back = askedAgain.stream().filter(one -> one.horse().equals(horse(1).horse())).findFirst();
        askedAgain.clear();
      }
      task = back.orElseThrow();
      failures.nobodyCanTell();
      askedAgain.clear();
    }
    assertThat(task.failures()).isZero();
    assertThat(task.failed().givenBack()).isZero();
  }

  @Test
  void horsesThatAreAlwaysRefusedDoNotExcuseEachOtherForEver() {
    Task one = horse(1).refused();
    Task other = horse(2).refused();
    failures.hold(failed(one, true));
    failures.hold(failed(other, true));
    int answers = 0;
    while (one.failures() < 2 || other.failures() < 2) {
      others(1);
      assertThat(++answers).isLessThan(1_000);
      for (Task back : List.copyOf(askedAgain)) {
        Task again = back.refused();
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
  void whereNothingElseIsLeftOneAnswerIsEnough() {
    failures.hold(failed(horse(1).refused(), true));
    failures.hold(failed(horse(2).refused(), true));
    ticker.seconds(1);
    failures.answeredLast(ticker.nanos());
    assertThat(askedAgain).extracting(Task::failures).containsExactly(1, 1);
  }

  @Test
  void whereNobodyCanTellNobodyIsCharged() {
    failures.hold(failed(horse(1).refused(), true));
    failures.nobodyCanTell();
    assertThat(leaving().failures()).isZero();
  }
}
