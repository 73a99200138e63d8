package studbook.backfill.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import studbook.backfill.ManualTicker;
import studbook.backfill.pause.RequestGate;
import studbook.model.HorseId;
import studbook.model.HorseStatus;
import studbook.model.PauseCause;
import studbook.model.RawProfile;
import studbook.racingapi.ProfileResponse;
import studbook.store.outcome.Outcome;
import studbook.store.work.Lease;

/** Which 404s are accepted, and after how many requests. */
class NotFoundConfirmerTest {

  private static final RawProfile.RawParent NO_PARENT = new RawProfile.RawParent(null, null);
  private static final ProfileResponse FOUND =
      new ProfileResponse.Found(
          new RawProfile(
              null, null, null, null, null, null, null, NO_PARENT, NO_PARENT, NO_PARENT));

  private record Waiting(HorseTask task, long due) {}

  private final ManualTicker ticker = new ManualTicker();
  private final RequestGate gate = new RequestGate(ticker, () -> {});
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Waiting::due));
  private final List<Outcome> accepted = new ArrayList<>();
  private final NotFoundConfirmer confirmer =
      new NotFoundConfirmer(
          gate,
          new NotFoundConfirmer.ConfirmationCallback() {
            @Override
            public void accept(HorseAction.Complete complete) {
              accepted.add(complete.outcome());
            }

            @Override
            public void retry(HorseTask task, Duration delay) {
              waiting.add(new Waiting(task, ticker.nanos() + delay.toNanos()));
            }
          },
          NotFoundStatistics.PersistenceRule.USUAL,
          ticker);

  private int rounds;

  private static HorseTask horse(int number) {
    return HorseTask.first(new Lease(1, 1, 1), new HorseId("hrs_" + number));
  }

  private static int number(HorseId horse) {
    return Integer.parseInt(horse.text().substring(4));
  }

  private static HorseAction.Complete settle(HorseTask task, HorseStatus status) {
    return new HorseAction.Complete(
        new Outcome(
            task.lease(),
            task.horse(),
            status,
            Optional.empty(),
            Optional.empty(),
            new Outcome.RequestTrace("standard", 404, task.requests(), Duration.ZERO)),
        List.of());
  }

  private void found(HorseTask task) {
    ticker.pass(Duration.ofMillis(100));
    rounds++;
    gate.onResponse(FOUND, ticker.nanos());
    confirmer.recordFound(task, ticker.nanos());
  }

  private void notFound(HorseTask task, HorseStatus status, boolean known) {
    ticker.pass(Duration.ofMillis(100));
    rounds++;
    long sent = ticker.nanos();
    HorseTask answered =
        task.onRequest().atStandard().notFound(confirmer.recordNotFound(task, sent)).onRequest();
    confirmer.hold(answered, settle(answered, status), sent);
    if (task.rounds() == 0) {
      confirmer.onLookUp(task.horse(), known);
    }
  }

  private void notFound(HorseTask task) {
    notFound(task, HorseStatus.NOT_FOUND, false);
  }

  /** Asks for horses, those that waited long enough first, until all are completed. */
  private void run(int horses, Predicate<HorseTask> isFound) {
    int next = 0;
    while (next < horses || !waiting.isEmpty() || confirmer.size() > 0) {
      assertThat(rounds).as("rounds").isLessThan(100 * horses);
      Waiting first = waiting.peek();
      if (first != null && first.due() - ticker.nanos() <= 0) {
        waiting.remove();
        ask(first.task(), isFound);
      } else if (next < horses) {
        ask(horse(next++), isFound);
      } else if (first != null) {
        ticker.pass(Duration.ofMillis(100));
      } else {
        atTheEnd();
      }
    }
  }

  /** As the last reference does. */
  private void atTheEnd() {
    confirmer.acceptRest();
    if (confirmer.size() > 0) {
      ticker.seconds(1);
      rounds++;
      confirmer.onCanaryFound(ticker.nanos());
      confirmer.acceptRest();
    }
  }

  private void ask(HorseTask task, Predicate<HorseTask> isFound) {
    if (isFound.test(task)) {
      found(task);
    } else {
      notFound(task);
    }
  }

  private Set<Integer> settledAsUnknown() {
    Set<Integer> unknown = new TreeSet<>();
    accepted.forEach(one -> unknown.add(number(one.horse())));
    return unknown;
  }

  @Test
  void aQuarterOfRandom404sCompletesNoExistingHorse() {
    for (int seed = 0; seed < 20; seed++) {
      NotFoundConfirmerTest fresh = new NotFoundConfirmerTest();
      Random random = new Random(seed);
      fresh.run(400, _ -> random.nextInt(4) > 0);
      assertThat(fresh.accepted).as("seed %d", seed).isEmpty();
      assertThat(fresh.rounds).isLessThan(700);
    }
  }

  @Test
  void aServerThatTurnsBadCompletesNoExistingHorse() {
    for (int seed = 0; seed < 20; seed++) {
      NotFoundConfirmerTest fresh = new NotFoundConfirmerTest();
      Random random = new Random(seed);
      fresh.run(
          6_000,
          task ->
              number(task.horse()) % 50 != 7
                  && (number(task.horse()) < 5_000 || random.nextInt(4) > 0));
      assertThat(fresh.settledAsUnknown())
          .as("seed %d", seed)
          .hasSize(120)
          .allMatch(number -> number % 50 == 7);
    }
  }

  @Test
  void aHealthyRunRepeatsNoRequest() {
    Random random = new Random(1);
    run(10_000, _ -> random.nextInt(50) > 0);
    assertThat(accepted).hasSizeBetween(150, 250);
    assertThat(rounds).isEqualTo(10_000);
  }

  @Test
  void secondResponsesInARowRaiseNoSuspicion() {
    List<HorseTask> notFound = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      if (i % 30 == 0) {
        HorseTask.NotFoundEvidence evidence = confirmer.recordNotFound(horse(i), ticker.nanos());
        notFound.add(horse(i).onRequest().atStandard().notFound(evidence).onRequest());
      } else {
        found(horse(i));
      }
    }
    for (HorseTask task : notFound) {
      confirmer.hold(task, settle(task, HorseStatus.NOT_FOUND), ticker.nanos());
      confirmer.onLookUp(task.horse(), false);
    }
    run(300, _ -> true);
    assertThat(settledAsUnknown()).hasSize(17);
    assertThat(waiting).isEmpty();
    assertThat(rounds).isEqualTo(483 + 300);
  }

  @Test
  void aTrueShareBeyondTheUsualCostsADozenRounds() {
    run(5_000, task -> number(task.horse()) % 4 > 0);
    assertThat(accepted).hasSize(1_250);
    assertThat(rounds).isBetween(5_012, 5_060);
  }

  @Test
  void longRowsOfUnknownHorsesAreRequestedTwice() {
    run(10_000, task -> number(task.horse()) / 1_000 % 2 == 0);
    assertThat(accepted).hasSize(5_000);
    assertThat(rounds).isLessThan(15_050);
  }

  @Test
  void a404IsAcceptedWhenLaterResponsesShowTheUsualShare() {
    notFound(horse(0));
    for (int i = 1; i <= NotFoundStatistics.NEIGHBOURS; i++) {
      assertThat(accepted).isEmpty();
      found(horse(i));
    }
    assertThat(settledAsUnknown()).containsExactly(0);
    assertThat(accepted.getFirst().trace().requests()).isEqualTo(2);
  }

  @Test
  void a404StaysPendingUntilEnoughIsKnown() {
    notFound(horse(0));
    found(horse(1));
    assertThat(accepted).isEmpty();
    confirmer.acceptRest();
    assertThat(accepted).hasSize(1);
  }

  @Test
  void aProfileThatWasRequestedBeforeThe404ConfirmsNothing() {
    long sent = ticker.nanos();
    notFound(horse(0));
    confirmer.recordFound(horse(1), sent);
    confirmer.acceptRest();
    assertThat(accepted).as("the endpoint may have moved in between").isEmpty();
    found(horse(2));
    confirmer.acceptRest();
    assertThat(accepted).hasSize(1);
  }

  @Test
  void aKnownHorseIsRequestedAgainLater() {
    notFound(horse(1), HorseStatus.NOT_FOUND, true);
    Waiting again = waiting.remove();
    assertThat(again.due() - ticker.nanos()).isEqualTo(Duration.ofMillis(500).toNanos());
    notFound(again.task());
    assertThat(waiting).as("once only").isEmpty();
    found(horse(2));
    confirmer.acceptRest();
    assertThat(accepted.getFirst().trace().requests()).isEqualTo(4);
  }

  @Test
  void aBasicProfileOfOneRoundOutweighsThe404OfALaterOne() {
    notFound(horse(1), HorseStatus.BASIC, true);
    notFound(waiting.remove().task());
    run(1, task -> number(task.horse()) == 0);
    assertThat(accepted).extracting(Outcome::state).containsExactly(HorseStatus.BASIC);
    assertThat(accepted.getFirst().trace().requests()).isGreaterThan(4);
  }

  @Test
  void wrong404sThatPersistPauseTheRun() {
    for (int i = 0; gate.pause().isEmpty(); i++) {
      assertThat(i).isLessThan(1_000);
      notFound(horse(i), HorseStatus.NOT_FOUND, true);
      found(waiting.remove().task());
      ticker.pass(Duration.ofMillis(500));
    }
    gate.onResponse(FOUND, ticker.nanos() - Duration.ofSeconds(2).toNanos());
    assertThat(gate.pause().orElseThrow().cause())
        .as("though a horse is found that was asked for before")
        .isEqualTo(PauseCause.ENDPOINT);
    assertThat(gate.pause().orElseThrow().reason()).contains("404 at random: 100 horses");
    assertThat(accepted).isEmpty();
    ticker.seconds(5);
    found(horse(0));
    assertThat(gate.pause()).as("after a probe").isEmpty();
  }

  @Test
  void aMovedEndpointDoesNotChangeTheShare() {
    for (int i = 0; i < 9; i++) {
      notFound(horse(i));
    }
    confirmer.onCanaryNotFound();
    assertThat(gate.pause().orElseThrow().reason())
        .contains("404 for a horse that it has returned before");
    ticker.seconds(10);
    gate.onResponse(FOUND, ticker.nanos());
    run(200, task -> number(task.horse()) != 9);
    assertThat(settledAsUnknown()).containsExactly(9);
    assertThat(rounds).as("each of the nine twice or thrice").isLessThanOrEqualTo(9 + 200 + 18);
  }

  @Test
  void aCanary404ProvesNothingWhile404sAreRandom() {
    run(10, _ -> true);
    notFound(horse(1), HorseStatus.NOT_FOUND, true);
    found(waiting.remove().task());
    for (int i = 0; i < 7; i++) {
      confirmer.onCanaryNotFound();
    }
    assertThat(gate.pause()).isEmpty();
    confirmer.onCanaryNotFound();
    assertThat(gate.pause()).isPresent();
  }
}
