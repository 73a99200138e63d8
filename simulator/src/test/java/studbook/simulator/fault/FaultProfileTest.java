package studbook.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.simulator.Simulator;
import studbook.simulator.SimulatorClient;
import studbook.simulator.SimulatorOptions;
import studbook.simulator.fault.SimulatedFault.FaultType;
import studbook.simulator.http.SimulatorStatistics;
import studbook.simulator.population.HorseRecord;
import studbook.simulator.population.ProfileAvailability;
import studbook.simulator.population.SyntheticPopulation;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

class FaultProfileTest {

  private static final JsonMapper STRICT =
      new JsonMapper(
          JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private final SyntheticPopulation population = new SyntheticPopulation(1, 500);
  private final AtomicInteger seconds = new AtomicInteger();
  private final Simulator simulator =
      Simulator.start(
          SimulatorClient.options(),
          population,
          () -> 0,
          (Duration wait) -> seconds.addAndGet((int) wait.toSeconds()),
          Clock.systemUTC());
  private final SimulatorClient client = new SimulatorClient(simulator);
  private final String path = "/horses/" + horse().id() + "/pro";

  @AfterEach
  void close() {
    client.close();
    simulator.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 429, 500, 501, 502, 503, 504, 511, 599})
  void everyErrorStatusCanBeInjectedAndRemoved(int status) throws Exception {
    simulator.setFaults(FaultProfile.always(status));
    assertThat(client.get(path).statusCode()).isEqualTo(status);
    assertThat(simulator.statistics().faultCount(Integer.toString(status))).isEqualTo(1);

    simulator.setFaults(FaultProfile.NONE);
    assertThat(client.get(path).statusCode()).isEqualTo(200);
    assertThat(simulator.statistics().faultCount()).containsOnlyKeys(Integer.toString(status));
  }

  @Test
  void aStatusCarriesItsRetryAfterHeaders() throws Exception {
    simulator.setFaults(FaultProfile.parse("503:1:2|abc"));

    assertThat(client.get(path).headers().allValues("Retry-After")).containsExactly("2", "abc");
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultType.class,
      names = {"HTML", "EMPTY", "MALFORMED", "DUPLICATE_KEYS", "DEEP", "GZIP"})
  void aStrictReaderRefusesTheBody(FaultType fault) throws Exception {
    HttpResponse<byte[]> response = play(fault);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> STRICT.readTree(requireContent(response.body())))
        .isInstanceOfAny(JacksonException.class, IOException.class);
  }

  @Test
  void aBodyOfAnotherKind() throws Exception {
    assertThat(SimulatorClient.text(play(FaultType.NULL))).isEqualTo("null");
    assertThat(SimulatorClient.text(play(FaultType.ARRAY))).isEqualTo("[]");
  }

  @Test
  void anotherHorsesId() throws Exception {
    var id = STRICT.readTree(play(FaultType.WRONG_ID).body()).get("id").asString();

    assertThat(id).startsWith("hrs_").isNotEqualTo(horse().id());
  }

  @Test
  void aValueThatIsNotUtf8() throws Exception {
    byte[] body = play(FaultType.INVALID_UTF8).body();

    assertThatThrownBy(() -> StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)))
        .isInstanceOf(CharacterCodingException.class);
  }

  @Test
  void anEscapedNulInAValue() throws Exception {
    assertThat(STRICT.readTree(play(FaultType.NUL).body()).get("sire").asString()).startsWith("\0");
  }

  @Test
  void unrequestedGzip() throws Exception {
    HttpResponse<byte[]> response = play(FaultType.GZIP);
    byte[] body = new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes();

    assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(body).isEqualTo(honest());
  }

  @Test
  void aRedirectToAnotherHost() throws Exception {
    HttpResponse<byte[]> response = play(FaultType.REDIRECT);

    assertThat(response.statusCode()).isEqualTo(302);
    assertThat(response.headers().firstValue("Location"))
        .contains("https://elsewhere.invalid/v1" + path);
  }

  @Test
  void aSlowBodyTakesASecondForEachByte() throws Exception {
    byte[] body = play(FaultType.SLOW).body();

    assertThat(body).isEqualTo(honest());
    assertThat(seconds).hasValue(body.length);
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultType.class,
      names = {"CUT", "CLOSE"})
  void theConnectionBreaks(FaultType fault) {
    assertThatThrownBy(() -> play(fault)).isInstanceOf(IOException.class);
    assertThat(simulator.statistics().faultCount(fault.label())).isPositive();
  }

  @Test
  void aHugeBodyIsStreamed() throws Exception {
    assertThat(play(FaultType.HUGE).body()).hasSize((64 << 20) + "{'name':''}".length());
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aTimeoutLastsUntilTheEnd() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    simulator.setFaults(FaultProfile.always(FaultType.TIMEOUT));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answer =
          threads.submit(() -> {
            try {
              return client.get(path);
            } finally {
              failed.countDown();
            }
          });
      while (simulator.statistics().faultCount("timeout") == 0) {
        Thread.onSpinWait();
      }
      assertThat(failed.getCount()).isEqualTo(1);
      simulator.close();
      failed.await();
      assertThatThrownBy(answer::get).hasCauseInstanceOf(IOException.class);
    }
    assertThat(simulator.statistics().count(SimulatorStatistics.NO_ANSWER)).isPositive();
  }

  @Test
  void aFaultForTheFirstRequestsOnly() throws Exception {
    simulator.setFaults(FaultProfile.always(500).onlyFirst(2));

    assertThat(List.of(status(), status(), status(), status())).containsExactly(500, 500, 200, 200);
    assertThat(simulator.statistics().faultCount("500")).isEqualTo(2);
  }

  @Test
  void aFaultWithoutEffectIsNotCounted() throws Exception {
    simulator.setFaults(FaultProfile.always(FaultType.WRONG_ID));

    assertThat(client.get("/horses/hrs_1/pro").statusCode()).isEqualTo(404);
    assertThat(simulator.statistics().faultCount()).isEmpty();
  }

  @Test
  void theSeedSelectsFaultyRequestsInAnyOrder() throws Exception {
    List<String> paths = new ArrayList<>();
    population.horses().limit(200).forEach(h -> paths.add("/horses/" + h.id() + "/standard"));
    List<String> shuffled = new ArrayList<>(paths);
    Collections.shuffle(shuffled, new Random(3));

    List<String> faulty = faulty(paths, 7);

    assertThat(faulty).hasSizeBetween(40, 80);
    assertThat(faulty(shuffled, 7)).containsExactlyInAnyOrderElementsOf(faulty);
    assertThat(faulty(paths, 8)).isNotEqualTo(faulty);
  }

  private List<String> faulty(List<String> paths, long seed) throws Exception {
    SimulatorOptions options =
        SimulatorClient.options().withSeed(seed).withFaults(FaultProfile.parse("500:0.2,503:0.1"));
    List<String> faulty = new ArrayList<>();
    try (Simulator one = Simulator.start(options, population);
        SimulatorClient other = new SimulatorClient(one)) {
      for (String asked : paths) {
        int status = other.get(asked).statusCode();
        if (status >= 500) {
          faulty.add(status + asked);
        }
      }
      assertThat(one.statistics().count(500)).isEqualTo(one.statistics().faultCount("500"));
    }
    return faulty;
  }

  private HttpResponse<byte[]> play(FaultType fault) throws Exception {
    simulator.setFaults(FaultProfile.always(fault));
    HttpResponse<byte[]> response = client.get(path);
    assertThat(simulator.statistics().faultCount(fault.label())).isEqualTo(1);
    return response;
  }

  private byte[] honest() throws Exception {
    simulator.setFaults(FaultProfile.NONE);
    return client.get(path).body();
  }

  private int status() throws Exception {
    return client.get(path).statusCode();
  }

  private HorseRecord horse() {
    for (int index = 100; ; index++) {
      HorseRecord horse = population.horse(index);
      if (horse.availability() == ProfileAvailability.DETAILED
          && horse.sire() != null
          && horse.dob() != null) {
        return horse;
      }
    }
  }

  private static byte[] requireContent(byte[] body) throws IOException {
    if (body.length == 0) {
      throw new IOException("no content");
    }
    return body;
  }
}
