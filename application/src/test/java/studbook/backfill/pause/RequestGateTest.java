package studbook.backfill.pause;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import studbook.backfill.ManualTicker;
import studbook.model.ErrorKind;
import studbook.model.PauseCause;
import studbook.model.RawProfile;
import studbook.model.RawProfile.RawParent;
import studbook.racingapi.ProfileResponse;

class RequestGateTest {

  private static final RawParent NOBODY = new RawParent(null, null);
  private static final ProfileResponse GOOD =
      new ProfileResponse.Found(
          new RawProfile(null, null, null, null, null, null, null, NOBODY, NOBODY, NOBODY));
  private static final ProfileResponse REFUSED = new ProfileResponse.Unauthorised(401);
  private static final ProfileResponse DOWN =
      new ProfileResponse.Unavailable(
          ErrorKind.SERVER_ERROR, "answered 503", false, Optional.empty());
  private static final ProfileResponse THROTTLED = new ProfileResponse.Throttled(Optional.empty());

  private final ManualTicker ticker = new ManualTicker();
  private int changes;
  private final RequestGate gate = new RequestGate(ticker, () -> changes++);

  private void saw(ProfileResponse response) {
    gate.onResponse(response, ticker.nanos());
  }

  /** Often enough that it cannot be the failure of single horses. */
  private void refuse() {
    saw(REFUSED);
    saw(REFUSED);
    gate.onCanary();
    saw(REFUSED);
  }

  private void assertOpen() {
    assertThat(gate.pause()).isEmpty();
    assertThat(gate.tryAcquire()).isZero();
    assertThat(gate.countsAsAttempt()).isTrue();
  }

  private void assertShut(PauseCause cause) {
    assertThat(gate.pause()).get().extracting(PauseInfo::cause).isEqualTo(cause);
    assertThat(gate.countsAsAttempt()).isFalse();
  }

  private void assertThatOneProbeMayLeave() {
    assertThat(gate.tryAcquire()).isPositive();
    gate.allowProbe();
    assertThat(gate.tryAcquire()).as("the probe").isZero();
    assertThat(gate.tryAcquire()).as("one at a time").isPositive();
  }

  @Test
  void isOpenToBeginWith() {
    assertOpen();
    assertThat(gate.credentialsRejected()).isEmpty();
    assertThat(gate.timeSinceSuccess()).isEmpty();
  }

  @Test
  void refusalsOfRequestsInFlightTogetherDoNotPause() {
    saw(GOOD);
    ticker.pass(Duration.ofSeconds(1));
    long sent = ticker.nanos();
    ticker.pass(Duration.ofMillis(100));
    for (int i = 0; i < 4; i++) {
      gate.onResponse(REFUSED, sent);
      ticker.pass(Duration.ofMillis(1));
    }
    assertOpen();
    assertThat(gate.needsCanary()).isTrue();
    saw(REFUSED); // it waited for its permit while the others were answered
    assertOpen();
    gate.onCanary();
    saw(REFUSED);
    assertShut(PauseCause.CREDENTIALS);
  }

  @Test
  void aCanaryOfEarlierRefusalsShowsNothing() {
    saw(REFUSED);
    saw(REFUSED);
    gate.onCanary();
    saw(GOOD);
    for (int i = 0; i < 4; i++) {
      saw(REFUSED);
      assertOpen();
    }
  }

  @Test
  void credentialsRefusedFromTheStartEndTheRun() {
    saw(DOWN);
    saw(THROTTLED);
    saw(new ProfileResponse.Unauthorised(403));
    saw(new ProfileResponse.Unauthorised(403));
    assertThat(gate.credentialsRejected()).as("perhaps two horses' own").isEmpty();
    gate.onCanary(); // there is none
    saw(new ProfileResponse.Unauthorised(403));
    assertThat(gate.credentialsRejected()).contains(403);
  }

  @Test
  void aJoiningWorkerWaitsForAPausedRun() {
    gate.follow(PauseCause.CREDENTIALS, "answered 401");
    refuse();
    assertThat(gate.credentialsRejected()).isEmpty();
    assertShut(PauseCause.CREDENTIALS);
  }

  @Test
  void credentialsRefusedLaterPauseUntilAProbeIsAnswered() {
    saw(new ProfileResponse.NotFound());
    refuse();
    saw(REFUSED); // was under way
    assertThat(gate.credentialsRejected()).isEmpty();
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
  void refusalsOfSingleHorsesOpenNothing() {
    for (int i = 0; i < 100; i++) {
      saw(REFUSED);
      assertThat(gate.needsCanary()).isFalse();
      saw(new ProfileResponse.Unauthorised(403));
      assertThat(gate.needsCanary()).as("a known horse may tell").isTrue();
      saw(i % 2 == 0 ? GOOD : new ProfileResponse.NotFound());
      assertOpen();
    }
  }

  @Test
  void aRunOfFailuresAllowsSingleProbesWithoutAPause() {
    saw(GOOD);
    for (int i = 0; i < CircuitBreaker.FAILURES - 1; i++) {
      saw(DOWN);
    }
    assertOpen();
    saw(DOWN);
    assertThat(gate.countsAsAttempt()).isFalse();
    assertThat(gate.pause()).as("it may be over in seconds").isEmpty();
    for (long wait : new long[] {1, 2, 4, 5, 5}) {
      assertThat(gate.tryAcquire()).isEqualTo(Duration.ofSeconds(wait));
      ticker.seconds(wait);
      assertThat(gate.tryAcquire()).as("the probe").isZero();
      saw(DOWN);
    }
    assertThat(gate.tryAcquire()).isPositive();
    long before = ticker.nanos();
    saw(GOOD);
    assertOpen();
    assertThat(gate.wasAvailableSince(before - 1)).as("what failed before is given back").isFalse();
    assertThat(gate.wasAvailableSince(ticker.nanos())).isTrue();
  }

  @Test
  void anAnswerToWhatLeftBeforeTheRunOfFailuresDoesNotEndIt() {
    long before = ticker.nanos();
    ticker.seconds(1);
    for (int i = 0; i < CircuitBreaker.FAILURES; i++) {
      saw(DOWN);
    }
    gate.onResponse(GOOD, before);
    assertThat(gate.isAvailable()).isFalse();
  }

  @Test
  void aLimitThatIsUsedUpIsAPauseWithProbesThatGrowRare() {
    saw(GOOD);
    for (int i = 0; i < CircuitBreaker.THROTTLES; i++) {
      assertOpen();
      saw(THROTTLED);
      ticker.seconds(1);
    }
    assertOpen();
    saw(THROTTLED);
    assertShut(PauseCause.API_LIMIT);
    assertThat(gate.pause().orElseThrow().sentence()).contains("seems to be used up");
    for (long wait : new long[] {5, 10, 20, 40, 80, 160, 300, 300}) {
      assertThat(gate.tryAcquire()).isEqualTo(Duration.ofSeconds(wait));
      ticker.seconds(wait);
      assertThat(gate.tryAcquire()).as("the probe").isZero();
      saw(THROTTLED);
      assertShut(PauseCause.API_LIMIT);
    }
    saw(GOOD);
    assertOpen();
  }

  @Test
  void burstsAndSingle429sAreNoUsedUpLimit() {
    for (int i = 0; i < 60; i++) {
      saw(THROTTLED);
    }
    assertOpen();
    ticker.seconds(60);
    saw(GOOD);
    for (int i = 0; i < 60; i++) {
      ticker.seconds(1);
      saw(THROTTLED);
      saw(THROTTLED);
      saw(GOOD);
      assertOpen();
    }
  }

  @Test
  void aBriefSilenceOpensNothing() {
    saw(GOOD);
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
  void twentySecondsWithoutAGoodResponsePause() {
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
    saw(new ProfileResponse.Malformed(ErrorKind.MALFORMED, "a web page"));
    assertThatOneProbeMayLeave();
    saw(new ProfileResponse.NotFound());
    assertOpen();
  }

  @Test
  void aThrottledOrFailedProbeEndsNoPause() {
    saw(GOOD);
    refuse();
    assertThatOneProbeMayLeave();
    saw(DOWN);
    assertShut(PauseCause.CREDENTIALS);
    assertThatOneProbeMayLeave();
    saw(THROTTLED);
    assertShut(PauseCause.CREDENTIALS);
  }

  @Test
  void aResponseInFlightDoesNotEndAnothersPause() {
    long before = ticker.nanos();
    ticker.seconds(1);
    gate.follow(PauseCause.CREDENTIALS, "answered 401");
    gate.onResponse(GOOD, before);
    assertShut(PauseCause.CREDENTIALS);
    saw(GOOD);
    assertOpen();
  }

  @Test
  void onlyADetailedProfileClosesAnEndpointPause() {
    gate.pauseRun(PauseCause.ENDPOINT, "404 for all");
    assertThat(gate.needsCanary()).isTrue();
    saw(new ProfileResponse.NotFound());
    assertShut(PauseCause.ENDPOINT);
    gate.follow(PauseCause.ENDPOINT, "404 for all");
    saw(GOOD);
    assertOpen();
    assertThat(gate.endpointPauses()).isEqualTo(1);
  }

  @Test
  void aManualPauseIsEndedManually() {
    gate.follow(PauseCause.MANUAL, "paused by a user");
    saw(GOOD);
    assertShut(PauseCause.MANUAL);
    gate.onDatabaseUnavailable("no server");
    gate.onDatabaseAvailable();
    assertShut(PauseCause.MANUAL);
    gate.resume();
    assertOpen();
  }

  @Test
  void aRetryAfterIsObeyed() {
    gate.pauseFor(Duration.ofMinutes(10));
    assertShut(PauseCause.API_LIMIT);
    assertThat(gate.pause().orElseThrow().left()).contains(Duration.ofMinutes(10));
    saw(GOOD); // was under way
    assertShut(PauseCause.API_LIMIT);
    ticker.seconds(599);
    assertThat(gate.tryAcquire()).isEqualTo(Duration.ofSeconds(1));
    assertThat(gate.pause().orElseThrow().sentence()).contains("1 s to go");
    ticker.seconds(1);
    assertThat(gate.tryAcquire()).isZero();
    assertOpen();
  }

  @Test
  void anUnavailableDatabaseIsProbedEverySecondToFive() {
    gate.onDatabaseUnavailable("no server");
    gate.onDatabaseUnavailable("no server");
    assertShut(PauseCause.DATABASE);
    assertThat(gate.pause().orElseThrow().reason()).contains("no server");
    for (long wait : new long[] {1, 2, 4, 5, 5}) {
      assertThat(gate.tryAcquire()).isEqualTo(Duration.ofSeconds(wait));
      ticker.seconds(wait);
      assertThat(gate.tryAcquire()).as("the look").isZero();
      assertThat(gate.tryAcquire()).as("one at a time").isPositive();
      gate.onDatabaseUnavailable("still none");
    }
    saw(GOOD);
    assertShut(PauseCause.DATABASE);
    gate.onDatabaseAvailable();
    assertOpen();
  }

  @Test
  void aLookThatIsNeverAnsweredIsFollowedByAnotherInAMinute() {
    gate.onDatabaseUnavailable("no server");
    ticker.seconds(1);
    assertThat(gate.tryAcquire()).isZero();
    assertThat(gate.tryAcquire()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void aBlockedWriterStopsRequestsThoughTheDatabaseAnswers() {
    Object writer = "writer";
    gate.onWriteBlocked(writer, "the disk is full");
    gate.onDatabaseAvailable(); // a heartbeat went through
    assertShut(PauseCause.DATABASE);
    ticker.seconds(600);
    assertThat(gate.tryAcquire()).isPositive();
    gate.onWritten(writer);
    assertOpen();
  }

  @Test
  void anAvailableDatabaseEndsNoOtherPause() {
    saw(GOOD);
    refuse();
    gate.onDatabaseUnavailable("no server");
    assertShut(PauseCause.DATABASE);
    gate.onDatabaseAvailable();
    assertShut(PauseCause.CREDENTIALS);
  }

  @Test
  void ownFailuresAreSeparateFromReportedOnes() {
    saw(GOOD);
    assertThat(gate.failingFor()).isEmpty();
    refuse();
    ticker.pass(Duration.ofSeconds(3));
    assertThat(gate.failingFor()).contains(Duration.ofSeconds(3));
    assertThat(gate.timeSinceSuccess()).as("while requests fail").isEmpty();
    gate.follow(PauseCause.CREDENTIALS, "told");
    assertThat(gate.failingFor()).isEmpty();
    gate.resume();
    for (int i = 0; i < CircuitBreaker.FAILURES; i++) {
      saw(DOWN);
    }
    ticker.pass(Duration.ofSeconds(2));
    assertThat(gate.failingFor()).contains(Duration.ofSeconds(2));
    saw(GOOD);
    assertThat(gate.failingFor()).isEmpty();
    assertThat(gate.timeSinceSuccess()).contains(Duration.ZERO);
  }

  @Test
  void requestsThatHangTogetherAreFailuresBeforeTheyTimeOut() {
    saw(GOOD);
    List<RequestGate.RequestInFlight> hanging = new ArrayList<>();
    for (int i = 0; i < CircuitBreaker.UNANSWERED; i++) {
      hanging.add(gate.onSend());
    }
    ticker.pass(CircuitBreaker.UNANSWERED_FOR.minusSeconds(1));
    gate.onSend().close();
    ticker.pass(CircuitBreaker.UNANSWERED_FOR.minusSeconds(1));
    gate.check();
    assertThat(gate.failingFor()).as("another request ended meanwhile").isEmpty();
    ticker.pass(Duration.ofSeconds(1));
    gate.check();
    assertThat(gate.failingFor()).contains(Duration.ZERO);
    saw(GOOD);
    hanging.removeFirst().close();
    ticker.pass(CircuitBreaker.UNANSWERED_FOR);
    gate.check();
    assertThat(gate.failingFor()).as("single horses may hang").isEmpty();
  }
}
