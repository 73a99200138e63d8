package studbook.racingapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import studbook.model.ErrorKind;
import studbook.model.HorseId;
import studbook.security.Secret;
import studbook.simulator.Simulator;
import studbook.simulator.SimulatorOptions;
import studbook.simulator.fault.FaultProfile;
import studbook.simulator.fault.SimulatedFault;
import studbook.simulator.fault.SimulatedFault.FaultType;
import studbook.simulator.population.NamedHorse;
import studbook.simulator.population.Population;
import studbook.simulator.population.ProfileAvailability;
import studbook.simulator.population.SyntheticPopulation;
import studbook.time.SystemTime;

/** The simulator's tricks, each as the sealed answer that it must become. */
class MisbehavingApiTest {

  private static final Population POPULATION = new SyntheticPopulation(7, 200);
  private static final HorseId HORSE = detailed();
  private static Simulator simulator;
  private static RacingApi api;

  @BeforeAll
  static void start() {
    simulator = Simulator.start(SimulatorOptions.unlimited("somebody", "pass:word"), POPULATION);
    api = api("pass:word");
  }

  @AfterAll
  static void stop() {
    api.close();
    simulator.close();
  }

  private static RacingApi api(String password) {
    ApiAccount account =
        new ApiAccount(
            simulator.baseUri(),
            Secret.of("somebody"),
            Secret.of(password),
            Duration.ofMillis(1_500));
    return new RacingApi(account, "test", SystemTime.clock(), SystemTime.ticker());
  }

  private static HorseId detailed() {
    return POPULATION
        .horses()
        .map(NamedHorse::id)
        .filter(
            id -> POPULATION.horse(id).orElseThrow().availability() == ProfileAvailability.DETAILED)
        .findFirst()
        .map(HorseId::new)
        .orElseThrow();
  }

  private static ProfileResponse ask(FaultProfile faults) throws InterruptedException {
    simulator.setFaults(faults);
    try {
      return api.fetchProfile(HORSE, Endpoint.PRO).response();
    } finally {
      simulator.setFaults(FaultProfile.NONE);
    }
  }

  @ParameterizedTest
  @EnumSource(FaultType.class)
  void everyFaultIsAResultAndTheNextRequestSucceeds(FaultType fault) throws Exception {
    long arrivals = simulator.statistics().requestCount(HORSE.text());
    ProfileResponse response = ask(FaultProfile.always(fault));
    assertThat(simulator.statistics().requestCount(HORSE.text()))
        .as("arrivals")
        .isEqualTo(arrivals + 1);
    assertThat(simulator.statistics().faultCount(fault.label())).isPositive();
    switch (fault) {
      case TIMEOUT, SLOW -> assertUnavailable(response, ErrorKind.TIMEOUT, false);
      case CLOSE -> assertUnavailable(response, ErrorKind.CONNECTION, true);
      case REDIRECT -> assertUnavailable(response, ErrorKind.SERVER_ERROR, false);
      case WRONG_ID -> assertMalformed(response, ErrorKind.WRONG_ID);
      case HUGE -> assertMalformed(response, ErrorKind.TOO_LARGE);
      case NUL, DOB_TIME, NUMERIC_IDS, RENAMED_DOB, RENAMED_IDS, BOOLEAN_NAMES, BLANK ->
          assertThat(response).isInstanceOf(ProfileResponse.Found.class);
      case CUT, HTML, EMPTY, NULL, ARRAY, DEEP, MALFORMED, DUPLICATE_KEYS, INVALID_UTF8, GZIP ->
          assertMalformed(response, ErrorKind.MALFORMED);
    }
    assertThat(ask(FaultProfile.NONE)).isInstanceOf(ProfileResponse.Found.class);
  }

  @Test
  void statusesBecomeResults() throws Exception {
    for (int status : new int[] {500, 502, 503, 504, 422}) {
      assertUnavailable(ask(FaultProfile.always(status)), ErrorKind.SERVER_ERROR, false);
    }
    assertThat(ask(FaultProfile.always(401))).isEqualTo(new ProfileResponse.Unauthorised(401));
    assertThat(ask(FaultProfile.always(403))).isEqualTo(new ProfileResponse.Unauthorised(403));
    assertThat(ask(FaultProfile.always(404))).isEqualTo(new ProfileResponse.NotFound());
    assertThat(ask(FaultProfile.always(new SimulatedFault.StatusFault(429, List.of("3600")))))
        .isEqualTo(new ProfileResponse.Throttled(Optional.of(Duration.ofHours(1))));
  }

  @Test
  void aWrongPasswordIsUnauthorised() throws Exception {
    try (RacingApi stranger = api("guess")) {
      assertThat(stranger.fetchProfile(HORSE, Endpoint.PRO).response())
          .isEqualTo(new ProfileResponse.Unauthorised(401));
    }
  }

  @Test
  void bothEndpointsHaveTheirOwnShape() throws Exception {
    assertThat(api.fetchProfile(HORSE, Endpoint.PRO).response())
        .isInstanceOf(ProfileResponse.Found.class);
    assertThat(api.fetchProfile(HORSE, Endpoint.STANDARD).response())
        .isInstanceOf(ProfileResponse.Basic.class);
    assertThat(api.fetchProfile(new HorseId("hrs_999999999999"), Endpoint.STANDARD).response())
        .isEqualTo(new ProfileResponse.NotFound());
  }

  private static void assertUnavailable(ProfileResponse response, ErrorKind kind, boolean stale) {
    assertThat(response)
        .isInstanceOfSatisfying(
            ProfileResponse.Unavailable.class,
            unavailable -> {
              assertThat(unavailable.kind()).isEqualTo(kind);
              assertThat(unavailable.stale()).isEqualTo(stale);
            });
  }

  private static void assertMalformed(ProfileResponse response, ErrorKind kind) {
    assertThat(response)
        .isInstanceOfSatisfying(
            ProfileResponse.Malformed.class,
            malformed -> assertThat(malformed.kind()).isEqualTo(kind));
  }
}
