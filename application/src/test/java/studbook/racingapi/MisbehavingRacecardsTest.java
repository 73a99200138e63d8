package studbook.racingapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import studbook.model.ErrorKind;
import studbook.security.Secret;
import studbook.simulator.Simulator;
import studbook.simulator.SimulatorOptions;
import studbook.simulator.fault.FaultProfile;
import studbook.simulator.fault.SimulatedFault.FaultType;
import studbook.simulator.http.SimulatedEndpoint;
import studbook.simulator.population.SyntheticPopulation;
import studbook.time.SystemTime;

/** The simulator's tricks on a day of racecards, each as the sealed answer that it must become. */
class MisbehavingRacecardsTest {

  private static final LocalDate DAY = LocalDate.of(2025, 5, 17);
  private static Simulator simulator;
  private static RacingApi api;

  @BeforeAll
  static void start() throws InterruptedException {
    simulator =
        Simulator.start(
            SimulatorOptions.unlimited("somebody", "pass:word"),
            new SyntheticPopulation(7, 20_000));
    ApiAccount account =
        new ApiAccount(
            simulator.baseUri(),
            Secret.of("somebody"),
            Secret.of("pass:word"),
            Duration.ofSeconds(4));
    api = new RacingApi(account, "test", SystemTime.clock(), SystemTime.ticker());
    api.fetchRacecards(DAY, 0); // the first rendering takes longest
  }

  @AfterAll
  static void stop() {
    api.close();
    simulator.close();
  }

  private static RacecardResponse ask(FaultProfile faults) throws InterruptedException {
    simulator.setFaults(faults);
    try {
      return api.fetchRacecards(DAY, 0).response();
    } finally {
      simulator.setFaults(FaultProfile.NONE);
    }
  }

  @ParameterizedTest
  @EnumSource(value = FaultType.class, mode = EnumSource.Mode.EXCLUDE, names = "WRONG_ID")
  void everyFaultIsAResult(FaultType fault) throws Exception {
    RacecardResponse response = ask(FaultProfile.always(fault));
    assertThat(simulator.statistics().faultCount(fault.label())).isPositive();
    switch (fault) {
      case TIMEOUT, SLOW -> assertUnavailable(response, ErrorKind.TIMEOUT);
      case CLOSE -> assertUnavailable(response, ErrorKind.CONNECTION);
      case REDIRECT -> assertUnavailable(response, ErrorKind.SERVER_ERROR);
      // Neither a course nor a stray key beside the racecards is kept.
      case NUL,
          DUPLICATE_KEYS,
          DOB_TIME,
          NUMERIC_IDS,
          RENAMED_DOB,
          RENAMED_IDS,
          BOOLEAN_NAMES,
          BLANK ->
          assertThat(response).isInstanceOf(RacecardResponse.RacecardPageRead.class);
      case HUGE, CUT, HTML, EMPTY, NULL, ARRAY, DEEP, MALFORMED, INVALID_UTF8, GZIP ->
          assertThat(response)
              .isInstanceOfSatisfying(
                  ProfileResponse.Malformed.class,
                  malformed -> {
                    assertThat(malformed.kind()).isEqualTo(ErrorKind.MALFORMED);
                    assertThat(malformed.message()).hasSizeLessThan(300);
                  });
      case WRONG_ID -> throw new AssertionError("not played on racecards");
    }
  }

  @Test
  void statusesBecomeResults() throws Exception {
    for (int status : new int[] {404, 422}) {
      assertThat(ask(FaultProfile.always(status)))
          .isEqualTo(new RacecardResponse.NoSuchDay(status));
    }
    for (int status : new int[] {401, 403}) {
      assertThat(ask(FaultProfile.always(status)))
          .isEqualTo(new ProfileResponse.Unauthorised(status));
    }
    assertUnavailable(ask(FaultProfile.always(503)), ErrorKind.SERVER_ERROR);
    assertThat(ask(FaultProfile.always(429))).isInstanceOf(ProfileResponse.Throttled.class);
  }

  @Test
  void aDayHasItsRunnersInTheFormOfProfilesAndIsCountedAsTraffic() throws Exception {
    long before = api.traffic().count().sent();
    RacecardCall call = api.fetchRacecards(DAY, 0);
    assertThat(call.status()).isEqualTo(200);
    assertThat(call.response())
        .isInstanceOfSatisfying(
            RacecardResponse.RacecardPageRead.class,
            page -> {
              assertThat(page.races()).isBetween(30, 50).isEqualTo(page.total());
              assertThat(page.runners()).hasSizeGreaterThan(200);
              assertThat(page.flaws()).isEmpty();
              assertThat(page.runners())
                  .allMatch(runner -> String.valueOf(runner.profile().name()).endsWith(")"));
            });
    assertThat(api.traffic().count().sent()).isEqualTo(before + 1);
    assertThat(api.fetchRacecards(DAY, 500).response())
        .isInstanceOfSatisfying(
            RacecardResponse.RacecardPageRead.class,
            page -> {
              assertThat(page.races()).isZero();
              assertThat(page.total()).isBetween(30, 50);
            });
    assertThat(simulator.statistics().count(SimulatedEndpoint.RACECARDS, 200)).isPositive();
  }

  @Test
  void aDayBeforeTheFirstIsNone() throws Exception {
    assertThat(api.fetchRacecards(LocalDate.of(2023, 1, 22), 0).response())
        .isEqualTo(new RacecardResponse.NoSuchDay(422));
  }

  private static void assertUnavailable(RacecardResponse response, ErrorKind kind) {
    assertThat(response)
        .isInstanceOfSatisfying(
            ProfileResponse.Unavailable.class,
            unavailable -> assertThat(unavailable.kind()).isEqualTo(kind));
  }
}
