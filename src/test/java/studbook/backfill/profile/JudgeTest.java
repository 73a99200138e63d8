package studbook.backfill.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import studbook.model.ErrorKind;
import studbook.model.HorseId;
import studbook.model.Inspection;
import studbook.model.LedgerState;
import studbook.model.RawProfile.RawParent;
import studbook.model.RawProfile;
import studbook.racingapi.Answer;
import studbook.racingapi.Attempt;
import studbook.racingapi.BackOff;
import studbook.racingapi.Endpoint;
import studbook.store.outcome.ErrorEntry;
import studbook.store.outcome.Outcome;
import studbook.store.work.Lease;

class JudgeTest {

  private static final Lease LEASE = new Lease(7, 3, 1);
  private static final HorseId HORSE = new HorseId("hrs_4711");
  private static final Task FIRST = Task.first(LEASE, HORSE);
  private static final Duration TOOK = Duration.ofMillis(210);

  private final Judge judge =
      new Judge(
          new Inspection(
              Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC), Map.of()),
          new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(30)),
          new Random(5));

  private static final Answer TIMEOUT =
      new Answer.Unavailable(
          ErrorKind.TIMEOUT, "no whole answer within 30 s", false, Optional.empty());
  private static final Answer STALE =
      new Answer.Unavailable(ErrorKind.CONNECTION, "the connection broke", true, Optional.empty());
  private static final Answer SERVER_ERROR =
      new Answer.Unavailable(ErrorKind.SERVER_ERROR, "answered 503", false, Optional.empty());
  private static final Answer MALFORMED =
      new Answer.Malformed(ErrorKind.MALFORMED, "the body is empty");
  private static final Answer WRONG_ID =
      new Answer.Malformed(ErrorKind.WRONG_ID, "asked for another");
  private static final Answer TOO_LARGE = new Answer.Malformed(ErrorKind.TOO_LARGE, "too large");

  private Step judge(Task task, Answer answer) {
    int status =
        switch (answer) {
          case Answer.Found _, Answer.Basic _, Answer.Malformed _ -> 200;
          case Answer.NotFound _ -> 404;
          case Answer.Throttled _ -> 429;
          case Answer.Unauthorised(int refused) -> refused;
          case Answer.Unavailable _ -> 0;
        };
    return judge.judge(task, new Attempt(task.endpoint(), answer, status, TOOK));
  }

  /** Where it failed, as if that were the horse's own. */
  private static Step charged(Step step) {
    return step instanceof Step.Failed failed ? failed.charged() : step;
  }

  private static Task again(Step step) {
    return ((Step.Again) charged(step)).task();
  }

  private static Duration delay(Step step) {
    return ((Step.Again) charged(step)).delay();
  }

  private static Outcome outcome(Step step) {
    return ((Step.Settle) charged(step)).outcome();
  }

  private static RawProfile profile(@Nullable String dob, String sexCode) {
    RawParent nobody = new RawParent(null, null);
    return new RawProfile(
        "Night Ferry (IRE)", dob, "mare", sexCode, "bay", "B", null, nobody, nobody, nobody);
  }

  @Test
  void aProfileWithADayOfBirthEnrichesAndWithoutOneDoesNot() {
    Outcome enriched = outcome(judge(FIRST, new Answer.Found(profile("2017-04-02", "M"))));
    assertThat(enriched.state()).isEqualTo(LedgerState.ENRICHED);
    assertThat(enriched.lease()).isEqualTo(LEASE);
    assertThat(enriched.profile().orElseThrow().region()).isEqualTo("ire");
    assertThat(enriched.trace()).isEqualTo(new Outcome.Trace("pro", 200, 1, TOOK));
    assertThat(outcome(judge(FIRST, new Answer.Found(profile("", "M")))).state())
        .isEqualTo(LedgerState.NO_DOB);
  }

  @Test
  void aRejectedValueIsLoggedAndTheHorseHasNotFailed() {
    Step step = judge(FIRST, new Answer.Found(profile("2017-02-30", "\u001b[31mX")));
    assertThat(outcome(step).state()).isEqualTo(LedgerState.NO_DOB);
    assertThat(outcome(step).failure())
        .map(Outcome.Failure::kind)
        .contains(ErrorKind.REJECTED_VALUE);
    assertThat(outcome(step).isRefused()).isFalse();
    assertThat(step.errors())
        .extracting(ErrorEntry::kind)
        .containsOnly(ErrorKind.REJECTED_VALUE)
        .hasSize(2);
    assertThat(step.errors())
        .extracting(ErrorEntry::message)
        .anyMatch(
            message -> message.startsWith("dob left out: not a day of the calendar (2017-02-30)"))
        .noneMatch(message -> message.contains("\u001b"));
  }

  @Test
  void a404IsAskedAgainAtStandardAndThereItIsFinal() {
    Step step = judge(FIRST, new Answer.NotFound());
    Task standard = again(step);
    assertThat(standard.endpoint()).isEqualTo(Endpoint.STANDARD);
    assertThat(((Step.Again) step).delay()).isEqualTo(Duration.ZERO);
    assertThat(step.errors()).isEmpty();
    assertThat(standard.failures()).isZero();

    Outcome basic = outcome(judge(standard, new Answer.Basic(profile(null, "M"))));
    assertThat(basic.state()).isEqualTo(LedgerState.BASIC);
    assertThat(basic.trace()).isEqualTo(new Outcome.Trace("standard", 200, 2, TOOK));
    Outcome none = outcome(judge(standard, new Answer.NotFound()));
    assertThat(none.state()).isEqualTo(LedgerState.NOT_FOUND);
    assertThat(none.profile()).isEmpty();
    assertThat(none.failure()).isEmpty();
  }

  @Test
  void threeFailuresOfWhateverKindUseAHorseUp() {
    for (Answer answer : List.of(TIMEOUT, SERVER_ERROR, MALFORMED, WRONG_ID, TOO_LARGE)) {
      Step one = judge(FIRST, answer);
      Step two = judge(again(one), TIMEOUT);
      Step three = judge(again(two), answer);
      assertThat(delay(one)).isBetween(Duration.ZERO, Duration.ofSeconds(1));
      assertThat(delay(two)).isBetween(Duration.ZERO, Duration.ofSeconds(2));
      Outcome failed = outcome(three);
      assertThat(failed.state()).isEqualTo(LedgerState.FAILED);
      assertThat(failed.profile()).isEmpty();
      assertThat(failed.trace().requests()).isEqualTo(3);
      assertThat(failed.failure().orElseThrow().kind())
          .isEqualTo(
              switch (answer) {
                case Answer.Unavailable(ErrorKind kind, String _, boolean _, var _) -> kind;
                case Answer.Malformed(ErrorKind kind, String _) -> kind;
                default -> throw new AssertionError(answer);
              });
      for (Step step : List.of(one, two, three)) {
        assertThat(step.errors()).hasSize(1);
      }
      assertThat(three.errors().getFirst().attempt()).isEqualTo(3);
      assertThat(charged(three).errors()).as("noted once").isEmpty();
    }
  }

  @Test
  void failuresAreKeptOnTheWayToStandard() {
    Task task = again(judge(again(judge(FIRST, TIMEOUT)), TIMEOUT));
    Task standard = again(judge(task, new Answer.NotFound()));
    assertThat(standard.failures()).isEqualTo(2);
    assertThat(outcome(judge(standard, SERVER_ERROR)).state()).isEqualTo(LedgerState.FAILED);
  }

  @Test
  void aStaleConnectionIsForgivenOnce() {
    Step once = judge(FIRST, STALE);
    assertThat(again(once).failures()).isZero();
    assertThat(((Step.Again) once).delay()).isEqualTo(Duration.ZERO);
    assertThat(once.errors()).hasSize(1);
    Task twice = again(judge(again(once), STALE));
    assertThat(twice.failures()).isEqualTo(1);
    Task thrice = again(judge(twice, STALE));
    assertThat(outcome(judge(thrice, STALE)).failure().orElseThrow().kind())
        .isEqualTo(ErrorKind.CONNECTION);
  }

  @Test
  void threeRefusalsOfItsOwnUseAHorseUp() {
    for (Answer answer :
        List.of(
            new Answer.Throttled(Optional.of(Duration.ofSeconds(9))),
            new Answer.Unauthorised(403))) {
      Task task = again(judge(again(judge(FIRST, answer)), answer));
      assertThat(task.failures()).isEqualTo(2);
      assertThat(task.failed().refusals()).isEqualTo(2);
      Step step = judge(task, answer);
      assertThat(((Step.Failed) step).refused()).isTrue();
      assertThat(outcome(step).state()).isEqualTo(LedgerState.FAILED);
      assertThat(outcome(step).failure().orElseThrow().kind())
          .isEqualTo(
              answer instanceof Answer.Throttled ? ErrorKind.THROTTLED : ErrorKind.UNAUTHORISED);
    }
  }

  @Test
  void whatIsTheApisFaultChargesNoHorseHoweverOften() {
    Task task = FIRST;
    for (int i = 1; i <= 50; i++) {
      Step step =
          judge(
              task,
              switch (i % 3) {
                case 0 -> new Answer.Throttled(Optional.of(Duration.ofSeconds(9)));
                case 1 -> new Answer.Unauthorised(401);
                default -> SERVER_ERROR;
              });
      task = ((Step.Failed) step).uncharged().task();
      assertThat(task.failures()).isZero();
      assertThat(task.requests()).isEqualTo(i);
      assertThat(step.errors())
          .extracting(ErrorEntry::kind)
          .containsExactly(
              switch (i % 3) {
                case 0 -> ErrorKind.THROTTLED;
                case 1 -> ErrorKind.UNAUTHORISED;
                default -> ErrorKind.SERVER_ERROR;
              });
    }
    assertThat(outcome(judge(task, new Answer.Found(profile("2017-04-02", "M")))).state())
        .isEqualTo(LedgerState.ENRICHED);
  }
}
