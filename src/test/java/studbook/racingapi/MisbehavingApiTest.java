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
import studbook.simulator.fault.Faults;
import studbook.simulator.fault.Misbehaviour.Trick;
import studbook.simulator.fault.Misbehaviour;
import studbook.simulator.population.Coverage;
import studbook.simulator.population.NamedHorse;
import studbook.simulator.population.Population;
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
    Account account =
        new Account(
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
        .filter(id -> POPULATION.horse(id).orElseThrow().coverage() == Coverage.DETAILED)
        .findFirst()
        .orElseThrow();
  }

  private static Answer ask(Faults faults) throws InterruptedException {
    simulator.behave(faults);
    try {
      return api.ask(HORSE, Endpoint.PRO).answer();
    } finally {
      simulator.behave(Faults.NONE);
    }
  }

  @ParameterizedTest
  @EnumSource(Trick.class)
  void everyTrickIsAnAnswerAndTheNextOneIsGood(Trick trick) throws Exception {
    long arrivals = simulator.statistics().timesAsked(HORSE);
    Answer answer = ask(Faults.always(trick));
    assertThat(simulator.statistics().timesAsked(HORSE)).as("arrivals").isEqualTo(arrivals + 1);
    assertThat(simulator.statistics().fired(trick.label())).isPositive();
    switch (trick) {
      case TIMEOUT, SLOW -> assertUnavailable(answer, ErrorKind.TIMEOUT, false);
      case CLOSE -> assertUnavailable(answer, ErrorKind.CONNECTION, true);
      case REDIRECT -> assertUnavailable(answer, ErrorKind.SERVER_ERROR, false);
      case WRONG_ID -> assertMalformed(answer, ErrorKind.WRONG_ID);
      case HUGE -> assertMalformed(answer, ErrorKind.TOO_LARGE);
      case NUL, DOB_TIME, NUMERIC_IDS, RENAMED_DOB, RENAMED_IDS, BOOLEAN_NAMES, BLANK ->
          assertThat(answer).isInstanceOf(Answer.Found.class);
      case CUT, HTML, EMPTY, NULL, ARRAY, DEEP, MALFORMED, DUPLICATE_KEYS, INVALID_UTF8, GZIP ->
          assertMalformed(answer, ErrorKind.MALFORMED);
    }
    assertThat(ask(Faults.NONE)).isInstanceOf(Answer.Found.class);
  }

  @Test
  void statusesAreTakenForWhatTheyAre() throws Exception {
    for (int status : new int[] {500, 502, 503, 504, 422}) {
      assertUnavailable(ask(Faults.always(status)), ErrorKind.SERVER_ERROR, false);
    }
    assertThat(ask(Faults.always(401))).isEqualTo(new Answer.Unauthorised(401));
    assertThat(ask(Faults.always(403))).isEqualTo(new Answer.Unauthorised(403));
    assertThat(ask(Faults.always(404))).isEqualTo(new Answer.NotFound());
    assertThat(ask(Faults.always(new Misbehaviour.Status(429, List.of("3600")))))
        .isEqualTo(new Answer.Throttled(Optional.of(Duration.ofHours(1))));
  }

  @Test
  void aWrongPasswordIsUnauthorised() throws Exception {
    try (RacingApi stranger = api("guess")) {
      assertThat(stranger.ask(HORSE, Endpoint.PRO).answer())
          .isEqualTo(new Answer.Unauthorised(401));
    }
  }

  @Test
  void bothEndpointsAnswerInTheirOwnShape() throws Exception {
    assertThat(api.ask(HORSE, Endpoint.PRO).answer()).isInstanceOf(Answer.Found.class);
    assertThat(api.ask(HORSE, Endpoint.STANDARD).answer()).isInstanceOf(Answer.Basic.class);
    assertThat(api.ask(new HorseId("hrs_999999999999"), Endpoint.STANDARD).answer())
        .isEqualTo(new Answer.NotFound());
  }

  private static void assertUnavailable(Answer answer, ErrorKind kind, boolean stale) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Unavailable.class,
            unavailable -> {
              assertThat(unavailable.kind()).isEqualTo(kind);
              assertThat(unavailable.stale()).isEqualTo(stale);
            });
  }

  private static void assertMalformed(Answer answer, ErrorKind kind) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Malformed.class, malformed -> assertThat(malformed.kind()).isEqualTo(kind));
  }
}
