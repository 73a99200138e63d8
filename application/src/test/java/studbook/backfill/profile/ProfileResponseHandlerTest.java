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
import studbook.model.HorseStatus;
import studbook.model.ProfileValidator;
import studbook.model.RawProfile;
import studbook.model.RawProfile.RawParent;
import studbook.racingapi.Endpoint;
import studbook.racingapi.ExponentialBackoff;
import studbook.racingapi.ProfileCall;
import studbook.racingapi.ProfileResponse;
import studbook.store.outcome.ErrorEntry;
import studbook.store.outcome.Outcome;
import studbook.store.work.Lease;

class ProfileResponseHandlerTest {

  private static final Lease LEASE = new Lease(7, 3, 1);
  private static final HorseId HORSE = new HorseId("hrs_4711");
  private static final HorseTask FIRST = HorseTask.first(LEASE, HORSE);
  private static final Duration TOOK = Duration.ofMillis(210);

  private final ProfileResponseHandler responseHandler =
      new ProfileResponseHandler(
          new ProfileValidator(
              Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC), Map.of()),
          new ExponentialBackoff(Duration.ofSeconds(1), Duration.ofSeconds(30)),
          new Random(5));

  private static final ProfileResponse TIMEOUT =
      new ProfileResponse.Unavailable(
          ErrorKind.TIMEOUT, "no complete response within 30 s", false, Optional.empty());
  private static final ProfileResponse STALE =
      new ProfileResponse.Unavailable(
          ErrorKind.CONNECTION, "the connection broke", true, Optional.empty());
  private static final ProfileResponse SERVER_ERROR =
      new ProfileResponse.Unavailable(
          ErrorKind.SERVER_ERROR, "answered 503", false, Optional.empty());
  private static final ProfileResponse MALFORMED =
      new ProfileResponse.Malformed(ErrorKind.MALFORMED, "the body is empty");
  private static final ProfileResponse WRONG_ID =
      new ProfileResponse.Malformed(ErrorKind.WRONG_ID, "asked for another");
  private static final ProfileResponse TOO_LARGE =
      new ProfileResponse.Malformed(ErrorKind.TOO_LARGE, "too large");

  private HorseAction judge(HorseTask task, ProfileResponse response) {
    int status =
        switch (response) {
          case ProfileResponse.Found _, ProfileResponse.Basic _, ProfileResponse.Malformed _ -> 200;
          case ProfileResponse.NotFound _ -> 404;
          case ProfileResponse.Throttled _ -> 429;
          case ProfileResponse.Unauthorised(int refused) -> refused;
          case ProfileResponse.Unavailable _ -> 0;
        };
    return responseHandler.judge(task, new ProfileCall(task.endpoint(), response, status, TOOK));
  }

  /** Where it failed, as if that were the horse's own. */
  private static HorseAction charged(HorseAction action) {
    return action instanceof HorseAction.Failed failed ? failed.action() : action;
  }

  private static HorseTask again(HorseAction action) {
    return ((HorseAction.Retry) charged(action)).task();
  }

  private static Duration delay(HorseAction action) {
    return ((HorseAction.Retry) charged(action)).delay();
  }

  private static Outcome outcome(HorseAction action) {
    return ((HorseAction.Complete) charged(action)).outcome();
  }

  private static RawProfile profile(@Nullable String dob, String sexCode) {
    RawParent nobody = new RawParent(null, null);
    return new RawProfile(
        "Night Ferry (IRE)", dob, "mare", sexCode, "bay", "B", null, nobody, nobody, nobody);
  }

  @Test
  void aProfileWithADayOfBirthEnrichesAndWithoutOneDoesNot() {
    Outcome enriched = outcome(judge(FIRST, new ProfileResponse.Found(profile("2017-04-02", "M"))));
    assertThat(enriched.state()).isEqualTo(HorseStatus.ENRICHED);
    assertThat(enriched.lease()).isEqualTo(LEASE);
    assertThat(enriched.profile().orElseThrow().region()).isEqualTo("ire");
    assertThat(enriched.trace()).isEqualTo(new Outcome.RequestTrace("pro", 200, 1, TOOK));
    assertThat(outcome(judge(FIRST, new ProfileResponse.Found(profile("", "M")))).state())
        .isEqualTo(HorseStatus.NO_DOB);
  }

  @Test
  void aRejectedValueIsLoggedAndTheHorseHasNotFailed() {
    HorseAction action =
        judge(FIRST, new ProfileResponse.Found(profile("2017-02-30", "\u001b[31mX")));
    assertThat(outcome(action).state()).isEqualTo(HorseStatus.NO_DOB);
    assertThat(outcome(action).failure())
        .map(Outcome.OutcomeFailure::kind)
        .contains(ErrorKind.REJECTED_VALUE);
    assertThat(outcome(action).isRefused()).isFalse();
    assertThat(action.errors())
        .extracting(ErrorEntry::kind)
        .containsOnly(ErrorKind.REJECTED_VALUE)
        .hasSize(2);
    assertThat(action.errors())
        .extracting(ErrorEntry::message)
        .anyMatch(
            message -> message.startsWith("dob left out: not a day of the calendar (2017-02-30)"))
        .noneMatch(message -> message.contains("\u001b"));
  }

  @Test
  void a404IsRequestedAtStandardWhereItIsFinal() {
    HorseAction action = judge(FIRST, new ProfileResponse.NotFound());
    HorseTask standard = again(action);
    assertThat(standard.endpoint()).isEqualTo(Endpoint.STANDARD);
    assertThat(((HorseAction.Retry) action).delay()).isEqualTo(Duration.ZERO);
    assertThat(action.errors()).isEmpty();
    assertThat(standard.failures()).isZero();

    Outcome basic = outcome(judge(standard, new ProfileResponse.Basic(profile(null, "M"))));
    assertThat(basic.state()).isEqualTo(HorseStatus.BASIC);
    assertThat(basic.trace()).isEqualTo(new Outcome.RequestTrace("standard", 200, 2, TOOK));
    Outcome none = outcome(judge(standard, new ProfileResponse.NotFound()));
    assertThat(none.state()).isEqualTo(HorseStatus.NOT_FOUND);
    assertThat(none.profile()).isEmpty();
    assertThat(none.failure()).isEmpty();
  }

  @Test
  void threeFailuresOfAnyKindFailAHorse() {
    for (ProfileResponse response :
        List.of(TIMEOUT, SERVER_ERROR, MALFORMED, WRONG_ID, TOO_LARGE)) {
      HorseAction one = judge(FIRST, response);
      HorseAction two = judge(again(one), TIMEOUT);
      HorseAction three = judge(again(two), response);
      assertThat(delay(one)).isBetween(Duration.ZERO, Duration.ofSeconds(1));
      assertThat(delay(two)).isBetween(Duration.ZERO, Duration.ofSeconds(2));
      Outcome failed = outcome(three);
      assertThat(failed.state()).isEqualTo(HorseStatus.FAILED);
      assertThat(failed.profile()).isEmpty();
      assertThat(failed.trace().requests()).isEqualTo(3);
      assertThat(failed.failure().orElseThrow().kind())
          .isEqualTo(
              switch (response) {
                case ProfileResponse.Unavailable(ErrorKind kind, String _, boolean _, var _) ->
                    kind;
                case ProfileResponse.Malformed(ErrorKind kind, String _) -> kind;
                default -> throw new AssertionError(response);
              });
      for (HorseAction action : List.of(one, two, three)) {
        assertThat(action.errors()).hasSize(1);
      }
      assertThat(three.errors().getFirst().attempt()).isEqualTo(3);
      assertThat(charged(three).errors()).as("noted once").isEmpty();
    }
  }

  @Test
  void failuresAreKeptForStandard() {
    HorseTask task = again(judge(again(judge(FIRST, TIMEOUT)), TIMEOUT));
    HorseTask standard = again(judge(task, new ProfileResponse.NotFound()));
    assertThat(standard.failures()).isEqualTo(2);
    assertThat(outcome(judge(standard, SERVER_ERROR)).state()).isEqualTo(HorseStatus.FAILED);
  }

  @Test
  void aStaleConnectionIsForgivenOnce() {
    HorseAction once = judge(FIRST, STALE);
    assertThat(again(once).failures()).isZero();
    assertThat(((HorseAction.Retry) once).delay()).isEqualTo(Duration.ZERO);
    assertThat(once.errors()).hasSize(1);
    HorseTask twice = again(judge(again(once), STALE));
    assertThat(twice.failures()).isEqualTo(1);
    HorseTask thrice = again(judge(twice, STALE));
    assertThat(outcome(judge(thrice, STALE)).failure().orElseThrow().kind())
        .isEqualTo(ErrorKind.CONNECTION);
  }

  @Test
  void threeRefusalsOfItsOwnFailAHorse() {
    for (ProfileResponse response :
        List.of(
            new ProfileResponse.Throttled(Optional.of(Duration.ofSeconds(9))),
            new ProfileResponse.Unauthorised(403))) {
      HorseTask task = again(judge(again(judge(FIRST, response)), response));
      assertThat(task.failures()).isEqualTo(2);
      assertThat(task.failed().refusals()).isEqualTo(2);
      HorseAction action = judge(task, response);
      assertThat(((HorseAction.Failed) action).refused()).isTrue();
      assertThat(outcome(action).state()).isEqualTo(HorseStatus.FAILED);
      assertThat(outcome(action).failure().orElseThrow().kind())
          .isEqualTo(
              response instanceof ProfileResponse.Throttled
                  ? ErrorKind.THROTTLED
                  : ErrorKind.UNAUTHORISED);
    }
  }

  @Test
  void apiFaultsNeverChargeAHorse() {
    HorseTask task = FIRST;
    for (int i = 1; i <= 50; i++) {
      HorseAction action =
          judge(
              task,
              switch (i % 3) {
                case 0 -> new ProfileResponse.Throttled(Optional.of(Duration.ofSeconds(9)));
                case 1 -> new ProfileResponse.Unauthorised(401);
                default -> SERVER_ERROR;
              });
      task = ((HorseAction.Failed) action).uncharged().task();
      assertThat(task.failures()).isZero();
      assertThat(task.requests()).isEqualTo(i);
      assertThat(action.errors())
          .extracting(ErrorEntry::kind)
          .containsExactly(
              switch (i % 3) {
                case 0 -> ErrorKind.THROTTLED;
                case 1 -> ErrorKind.UNAUTHORISED;
                default -> ErrorKind.SERVER_ERROR;
              });
    }
    assertThat(outcome(judge(task, new ProfileResponse.Found(profile("2017-04-02", "M")))).state())
        .isEqualTo(HorseStatus.ENRICHED);
  }
}
