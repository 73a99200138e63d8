package studbook.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import studbook.horse.RawProfile;
import studbook.horse.RawProfile.RawParent;
import studbook.racingapi.Answer;
import studbook.store.ErrorKind;
import studbook.store.PauseCause;

class GateTest {

  private static final RawParent NOBODY = new RawParent(null, null);
  private static final Answer GOOD =
      new Answer.Found(
          new RawProfile(null, null, null, null, null, null, null, NOBODY, NOBODY, NOBODY));
  private static final Answer REFUSED = new Answer.Unauthorised(401);
  private static final Answer DOWN =
      new Answer.Unavailable(ErrorKind.SERVER_ERROR, "answered 503", false, Optional.empty());
  private static final Answer THROTTLED = new Answer.Throttled(Optional.empty());

  private final HandTicker ticker = new HandTicker();
  private int changes;
  private final Gate gate = new Gate(ticker, () -> changes++);

  private void saw(Answer answer) {
    gate.saw(answer, ticker.nanos());
  }

  private void assertOpen() {
    assertThat(gate.pause()).isEmpty();
    assertThat(gate.patience()).isZero();
    assertThat(gate.charges()).isTrue();
  }

  private void assertShut(PauseCause cause) {
    assertThat(gate.pause()).get().extracting(Pause::cause).isEqualTo(cause);
    assertThat(gate.charges()).isFalse();
  }

  private void assertThatOneProbeMayLeave() {
    assertThat(gate.patience()).isPositive();
    gate.probe();
    assertThat(gate.patience()).as("the probe").isZero();
    assertThat(gate.patience()).as("one at a time").isPositive();
  }

  @Test
  void isOpenToBeginWith() {
    assertOpen();
    assertThat(gate.refused()).isEmpty();
    assertThat(gate.sinceGood()).isEmpty();
  }

  @Test
  void credentialsRefusedBeforeAnyGoodAnswerAreThePersonsMistake() {
    saw(DOWN);
    saw(THROTTLED);
    saw(new Answer.Unauthorised(403));
    assertThat(gate.refused()).contains(403);
  }

  @Test
  void whoJoinsARunThatIsPausedByItsCredentialsWaitsToo() {
    gate.follow(PauseCause.CREDENTIALS, "answered 401");
    saw(new Answer.Unauthorised(401));
    assertThat(gate.refused()).isEmpty();
    assertShut(PauseCause.CREDENTIALS);
  }

  @Test
  void credentialsRefusedLaterPauseUntilAProbeIsAnswered() {
    saw(new Answer.NotFound());
    saw(REFUSED);
    saw(REFUSED); // was under way
    assertThat(gate.refused()).isEmpty();
    assertShut(PauseCause.CREDENTIALS);
    assertThat(changes).isEqualTo(1);
    assertThat(gate.pause().orElseThrow().reason()).contains("RACING_API_PASSWORD");
    for (int i = 0; i < 3; i++) {
      assertThatOneProbeMayLeave();
      saw(REFUSED);
    }
    assertThatOneProbeMayLeave();
    saw(GOOD);
    assertOpen();
  }

  @Test
  void fewFailuresOrABriefSilenceShutNothing() {
    saw(GOOD);
    for (int i = 0; i < 50; i++) {
      saw(DOWN);
    }
    assertOpen();
    ticker.seconds(19);
    saw(DOWN);
    assertOpen();
    saw(GOOD);
    ticker.seconds(3600);
    for (int i = 0; i < 4; i++) {
      saw(DOWN);
      assertOpen();
    }
  }

  @Test
  void twentySecondsWithoutAGoodAnswerShutAndOneGoodAnswerOpens() {
    saw(GOOD);
    for (int i = 0; i < 5; i++) {
      ticker.seconds(4);
      saw(DOWN);
    }
    assertShut(PauseCause.API);
    assertThat(gate.pause().orElseThrow().reason()).contains("20 s");
    assertThatOneProbeMayLeave();
    saw(DOWN);
    assertThatOneProbeMayLeave();
    saw(new Answer.Malformed(ErrorKind.MALFORMED, "a web page"));
    assertThatOneProbeMayLeave();
    saw(new Answer.NotFound());
    assertOpen();
  }

  @Test
  void aProbeThatIsThrottledOrMeetsOtherTroubleHealsNothing() {
    saw(GOOD);
    saw(REFUSED);
    assertThatOneProbeMayLeave();
    saw(DOWN);
    assertShut(PauseCause.CREDENTIALS);
    assertThatOneProbeMayLeave();
    saw(THROTTLED);
    assertShut(PauseCause.CREDENTIALS);
  }

  @Test
  void anAnswerToWhatWasUnderWayTellsNothingOfAnothersTrouble() {
    long before = ticker.nanos();
    ticker.seconds(1);
    gate.follow(PauseCause.CREDENTIALS, "answered 401");
    gate.saw(GOOD, before);
    assertShut(PauseCause.CREDENTIALS);
    saw(GOOD);
    assertOpen();
  }

  @Test
  void onlyADetailedProfileTellsThatTheEndpointKnowsHorsesAgain() {
    gate.shut(PauseCause.ENDPOINT, "404 for all");
    assertThat(gate.isShutByEndpoint()).isTrue();
    saw(new Answer.NotFound());
    assertShut(PauseCause.ENDPOINT);
    gate.follow(PauseCause.ENDPOINT, "404 for all");
    saw(GOOD);
    assertOpen();
    assertThat(gate.endpointPauses()).isEqualTo(1);
  }

  @Test
  void whatAPersonPausedAPersonLifts() {
    gate.follow(PauseCause.PERSON, "paused by a person");
    saw(GOOD);
    assertShut(PauseCause.PERSON);
    gate.databaseAway("no server");
    gate.databaseBack();
    assertShut(PauseCause.PERSON);
    gate.open();
    assertOpen();
  }

  @Test
  void anApiThatAskedToWaitIsLeftAloneUntilThen() {
    gate.hold(Duration.ofMinutes(10));
    assertShut(PauseCause.API_LIMIT);
    assertThat(gate.pause().orElseThrow().left()).contains(Duration.ofMinutes(10));
    saw(GOOD); // was under way
    assertShut(PauseCause.API_LIMIT);
    ticker.seconds(599);
    assertThat(gate.patience()).isEqualTo(Duration.ofSeconds(1));
    assertThat(gate.pause().orElseThrow().sentence()).contains("1 s to go");
    ticker.seconds(1);
    assertThat(gate.patience()).isZero();
    assertOpen();
  }

  @Test
  void aDatabaseAwayIsLookedAtEverySecondToFive() {
    gate.databaseAway("no server");
    gate.databaseAway("no server");
    assertShut(PauseCause.DATABASE);
    assertThat(gate.pause().orElseThrow().reason()).contains("no server");
    for (long wait : new long[] {1, 2, 4, 5, 5}) {
      assertThat(gate.patience()).isEqualTo(Duration.ofSeconds(wait));
      ticker.seconds(wait);
      assertThat(gate.patience()).as("the look").isZero();
      assertThat(gate.patience()).as("one at a time").isPositive();
      gate.databaseAway("still none");
    }
    saw(GOOD);
    assertShut(PauseCause.DATABASE);
    gate.databaseBack();
    assertOpen();
  }

  @Test
  void aLookThatIsNeverAnsweredIsFollowedByAnotherInAMinute() {
    gate.databaseAway("no server");
    ticker.seconds(1);
    assertThat(gate.patience()).isZero();
    assertThat(gate.patience()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void whileSomebodyCannotWriteNothingIsAskedThoughTheDatabaseAnswers() {
    Object scribe = "scribe";
    gate.cannotWrite(scribe, "the disk is full");
    gate.databaseBack(); // a heartbeat went through
    assertShut(PauseCause.DATABASE);
    ticker.seconds(600);
    assertThat(gate.patience()).isPositive();
    gate.wrote(scribe);
    assertOpen();
  }

  @Test
  void aDatabaseThatAnswersHealsNothingElse() {
    saw(GOOD);
    saw(REFUSED);
    gate.databaseAway("no server");
    assertShut(PauseCause.DATABASE);
    gate.databaseBack();
    assertShut(PauseCause.CREDENTIALS);
  }
}
