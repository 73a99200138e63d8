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
      new Answer.Unavailable(ErrorKind.SERVER_ERROR, "answered 503", false);
  private static final Answer THROTTLED = new Answer.Throttled(Optional.empty());

  private final HandTicker ticker = new HandTicker();
  private final Gate gate = new Gate(ticker);

  private void assertOpen() {
    assertThat(gate.pause()).isEmpty();
    assertThat(gate.patience()).isZero();
    assertThat(gate.charges()).isTrue();
  }

  private void assertShut(PauseCause cause) {
    assertThat(gate.pause()).get().extracting(Pause::cause).isEqualTo(cause);
    assertThat(gate.charges()).isFalse();
  }

  private void assertNextProbeIn(long seconds) {
    assertThat(gate.patience()).isEqualTo(Duration.ofSeconds(seconds));
    ticker.seconds(seconds);
    assertThat(gate.patience()).as("the probe").isZero();
    assertThat(gate.patience()).as("one at a time").isPositive();
  }

  @Test
  void isOpenToBeginWith() {
    assertOpen();
    assertThat(gate.refused()).isEmpty();
  }

  @Test
  void credentialsRefusedBeforeAnyGoodAnswerAreThePersonsMistake() {
    gate.saw(DOWN);
    gate.saw(THROTTLED);
    gate.saw(new Answer.Unauthorised(403));
    assertThat(gate.refused()).contains(403);
  }

  @Test
  void credentialsRefusedLaterPauseAndAreProbedEverMoreRarely() {
    gate.saw(new Answer.NotFound());
    gate.saw(REFUSED);
    gate.saw(REFUSED); // was under way
    assertThat(gate.refused()).isEmpty();
    assertShut(PauseCause.CREDENTIALS);
    assertThat(gate.pause().orElseThrow().reason()).contains("RACING_API_PASSWORD");
    for (long wait : new long[] {5, 10, 20, 40, 60, 60}) {
      assertNextProbeIn(wait);
      gate.saw(REFUSED);
    }
    assertNextProbeIn(60);
    gate.saw(GOOD);
    assertOpen();
  }

  @Test
  void fewFailuresOrABriefSilenceShutNothing() {
    gate.saw(GOOD);
    for (int i = 0; i < 50; i++) {
      gate.saw(DOWN);
    }
    assertOpen();
    ticker.seconds(19);
    gate.saw(DOWN);
    assertOpen();
    gate.saw(GOOD);
    ticker.seconds(3600);
    for (int i = 0; i < 4; i++) {
      gate.saw(DOWN);
      assertOpen();
    }
  }

  @Test
  void twentySecondsWithoutAGoodAnswerShutAndOneGoodAnswerOpens() {
    gate.saw(GOOD);
    for (int i = 0; i < 5; i++) {
      ticker.seconds(4);
      gate.saw(DOWN);
    }
    assertShut(PauseCause.API);
    assertThat(gate.pause().orElseThrow().reason()).contains("20 s");
    assertNextProbeIn(5);
    gate.saw(DOWN);
    assertNextProbeIn(10);
    gate.saw(new Answer.Malformed(ErrorKind.MALFORMED, "a web page"));
    assertNextProbeIn(20);
    gate.saw(new Answer.NotFound());
    assertOpen();
  }

  @Test
  void aProbeThatIsThrottledOrMeetsOtherTroubleIsFollowedByAnother() {
    gate.saw(GOOD);
    gate.saw(REFUSED);
    assertNextProbeIn(5);
    gate.saw(DOWN);
    assertShut(PauseCause.CREDENTIALS);
    assertNextProbeIn(10);
    gate.saw(THROTTLED);
    assertShut(PauseCause.CREDENTIALS);
    assertNextProbeIn(20);
  }

  @Test
  void aProbeThatIsNeverAnsweredIsFollowedByAnotherInAMinute() {
    gate.saw(GOOD);
    gate.saw(REFUSED);
    assertNextProbeIn(5);
    assertNextProbeIn(60);
  }

  @Test
  void anApiThatAskedToWaitIsLeftAloneUntilThen() {
    gate.hold(Duration.ofMinutes(10));
    assertShut(PauseCause.API_LIMIT);
    assertThat(gate.pause().orElseThrow().left()).contains(Duration.ofMinutes(10));
    gate.saw(GOOD); // was under way
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
      assertNextProbeIn(wait);
      gate.databaseAway("still none");
    }
    gate.saw(GOOD);
    assertShut(PauseCause.DATABASE);
    gate.databaseBack();
    assertOpen();
  }

  @Test
  void aDatabaseThatAnswersHealsNothingElse() {
    gate.saw(GOOD);
    gate.saw(REFUSED);
    gate.databaseBack();
    assertShut(PauseCause.CREDENTIALS);
  }
}
