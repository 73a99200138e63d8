package studbook.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import studbook.horse.HorseId;
import studbook.horse.RawProfile;
import studbook.racingapi.Answer;
import studbook.store.Lease;
import studbook.store.LedgerState;
import studbook.store.Outcome;
import studbook.store.PauseCause;

/** Which 404s are believed, and after how many requests. */
class QuarantineTest {

  private static final RawProfile.RawParent NO_PARENT = new RawProfile.RawParent(null, null);
  private static final Answer FOUND =
      new Answer.Found(
          new RawProfile(
              null, null, null, null, null, null, null, NO_PARENT, NO_PARENT, NO_PARENT));

  private final HandTicker ticker = new HandTicker();
  private final Gate gate = new Gate(ticker, () -> {});
  private final Deque<Task> waiting = new ArrayDeque<>();
  private final List<Outcome> believed = new ArrayList<>();
  private final Quarantine quarantine =
      new Quarantine(
          gate,
          new Quarantine.Exit() {
            @Override
            public void believe(Step.Settle settle) {
              believed.add(settle.outcome());
            }

            @Override
            public void askAgain(Task task, Duration delay) {
              waiting.add(task);
            }
          },
          ticker);

  private int asked;

  private static Task horse(int number) {
    return Task.first(new Lease(1, 1, 1), new HorseId("hrs_" + number));
  }

  private static Step.Settle settle(Task task, LedgerState state) {
    return new Step.Settle(
        new Outcome(
            task.lease(),
            task.horse(),
            state,
            Optional.empty(),
            Optional.empty(),
            new Outcome.Trace("standard", 404, task.requests(), Duration.ZERO)),
        List.of());
  }

  private void found(Task task) {
    ticker.pass(Duration.ofMillis(100));
    asked++;
    gate.saw(FOUND, ticker.nanos());
    quarantine.found(task, ticker.nanos());
  }

  private void notFound(Task task, LedgerState state, boolean known) {
    ticker.pass(Duration.ofMillis(100));
    asked++;
    long sent = ticker.nanos();
    Task answered = task.notFound(quarantine.belief(task, sent));
    quarantine.hold(answered, settle(answered, state), sent, known);
  }

  private void notFound(Task task) {
    notFound(task, LedgerState.NOT_FOUND, false);
  }

  /** Asks for horses, and for those that wait, until all are settled. */
  private void run(int horses, Predicate<Task> isFound) {
    for (int i = 0; i < horses; i++) {
      ask(horse(i), isFound);
      if (i % 4 == 0 && !waiting.isEmpty()) {
        ask(waiting.remove(), isFound);
      }
    }
    while (!waiting.isEmpty() || quarantine.size() > 0) {
      assertThat(asked).as("requests").isLessThan(100 * horses);
      if (waiting.isEmpty()) {
        ticker.seconds(1);
        quarantine.referenceFoundLast(ticker.nanos());
      } else {
        ask(waiting.remove(), isFound);
      }
    }
  }

  private void ask(Task task, Predicate<Task> isFound) {
    if (isFound.test(task)) {
      found(task);
    } else {
      notFound(task);
    }
  }

  private static int number(Task task) {
    return Integer.parseInt(task.horse().text().substring(4));
  }

  private Set<Integer> settledAsUnknown() {
    Set<Integer> unknown = new TreeSet<>();
    believed.forEach(one -> unknown.add(Integer.parseInt(one.horse().text().substring(4))));
    return unknown;
  }

  @Test
  void noHorseThatExistsIsSettledWhereAQuarterOfAnswersIs404AtRandom() {
    for (int seed = 0; seed < 20; seed++) {
      QuarantineTest fresh = new QuarantineTest();
      Random random = new Random(seed);
      fresh.run(400, _ -> random.nextInt(4) > 0);
      assertThat(fresh.believed).as("seed %d", seed).isEmpty();
      assertThat(fresh.asked).isLessThan(700);
    }
  }

  @Test
  void aServerThatTurnsBadInTheMiddleOfARunSettlesNobodyThatExists() {
    for (int seed = 0; seed < 20; seed++) {
      QuarantineTest fresh = new QuarantineTest();
      Random random = new Random(seed);
      fresh.run(
          6_000, task -> number(task) % 50 != 7 && (number(task) < 5_000 || random.nextInt(4) > 0));
      assertThat(fresh.settledAsUnknown())
          .as("seed %d", seed)
          .hasSize(120)
          .allMatch(number -> number % 50 == 7);
    }
  }

  @Test
  void oneInFiftyUnknownCostsHardlyMoreThanOneRoundEach() {
    run(10_000, task -> number(task) % 50 != 7);
    assertThat(believed).hasSize(200);
    assertThat(asked).isBetween(10_001, 10_050);
  }

  @Test
  void longRowsOfUnknownHorsesAreAskedForHardlyMoreThanTwice() {
    run(10_000, task -> number(task) / 1_000 % 2 == 0);
    assertThat(believed).hasSize(5_000);
    assertThat(asked).isLessThan(15_050);
  }

  @Test
  void aLoneUnknownHorseIsAskedForAFewTimesMore() {
    run(100, task -> number(task) != 7);
    assertThat(settledAsUnknown()).containsExactly(7);
    assertThat(asked).isLessThanOrEqualTo(104);
  }

  @Test
  void aHorseThatIsKnownToExistIsAskedForAgainAtOnce() {
    notFound(horse(1)); // a sample
    notFound(horse(2));
    assertThat(waiting).hasSize(1);
    notFound(horse(3), LedgerState.NOT_FOUND, true);
    assertThat(waiting).extracting(QuarantineTest::number).containsExactly(1, 3);
    notFound(waiting.removeLast(), LedgerState.NOT_FOUND, false);
    assertThat(waiting).as("once only").hasSize(1);
  }

  @Test
  void aBasicProfileOfOneRoundOutweighsThe404OfALaterOne() {
    notFound(horse(1), LedgerState.BASIC, false);
    while (believed.isEmpty()) {
      while (!waiting.isEmpty()) {
        notFound(waiting.remove());
      }
      ticker.seconds(1);
      quarantine.referenceFoundLast(ticker.nanos());
    }
    assertThat(believed).extracting(Outcome::state).containsExactly(LedgerState.BASIC);
  }

  @Test
  void wrong404sThatPersistPauseTheRun() {
    for (int i = 0; gate.pause().isEmpty(); i++) {
      assertThat(i).isLessThan(1_000);
      Task task = horse(i);
      notFound(task, LedgerState.NOT_FOUND, true);
      found(waiting.remove());
      ticker.pass(Duration.ofMillis(500));
    }
    assertThat(gate.pause().orElseThrow().cause()).isEqualTo(PauseCause.ENDPOINT);
    assertThat(gate.pause().orElseThrow().reason()).contains("404 at random: 1");
    assertThat(believed).isEmpty();
  }
}
