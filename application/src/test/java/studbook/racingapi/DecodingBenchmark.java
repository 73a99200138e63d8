package studbook.racingapi;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import studbook.model.HorseId;
import studbook.model.ProfileValidator;
import studbook.model.RawProfile;
import studbook.racingapi.drift.DriftCounter;
import studbook.simulator.Simulator;
import studbook.simulator.SimulatorOptions;
import studbook.simulator.population.Population;
import studbook.simulator.population.SyntheticPopulation;
import studbook.simulator.racecards.RacecardPage;
import studbook.time.SystemTime;

/**
 * The way from a body to what may be written, without network and database, over what the simulator
 * sends; {@code bench/run --only decode} runs it.
 */
@State(Scope.Benchmark)
public class DecodingBenchmark {

  private static final int PROFILES = 1_000;
  private static final Population POPULATION = new SyntheticPopulation(1, 111_430);
  private static final LocalDate SATURDAY = LocalDate.of(2024, 6, 22);
  private static final String ACCOUNT = "simulator";

  private final ProfileDecoder profileDecoder =
      new ProfileDecoder(new FieldCounter(), new DriftCounter());
  private final RacecardsDecoder racecardsDecoder = new RacecardsDecoder(new DriftCounter());
  private final ProfileValidator validator = new ProfileValidator(SystemTime.clock(), Map.of());
  private final List<Body> bodies = new ArrayList<>(PROFILES);
  private final byte[] page = new RacecardPage(POPULATION, 1).page(SATURDAY, 500, 0);

  private static final class Body {
    private final HorseId horse;
    private final byte[] bytes;
    private final RawProfile profile;

    Body(HorseId horse, byte[] bytes, RawProfile profile) {
      this.horse = horse;
      this.bytes = bytes;
      this.profile = profile;
    }
  }

  /** Counted beside the pages. */
  @AuxCounters
  @State(Scope.Thread)
  public static class Counted {
    public long runners;
    public long bytes;
  }

  /** Fetches the profiles from a simulator, which is gone before anything is measured. */
  public DecodingBenchmark() {
    try (Simulator simulator =
            Simulator.start(SimulatorOptions.unlimited(ACCOUNT, ACCOUNT), POPULATION);
        HttpClient client = HttpClient.newHttpClient()) {
      for (int index = 0; bodies.size() < PROFILES; index++) {
        HorseId horse = new HorseId(POPULATION.named(index).id());
        byte[] body = fetch(client, simulator.baseUri(), horse);
        if (profileDecoder.decode(horse, Endpoint.PRO, body)
            instanceof ProfileResponse.Found found) {
          bodies.add(new Body(horse, body, found.profile()));
        }
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("the profiles cannot be fetched", e);
    }
  }

  private static byte[] fetch(HttpClient client, URI api, HorseId horse)
      throws IOException, InterruptedException {
    String credentials =
        Base64.getEncoder()
            .encodeToString((ACCOUNT + ":" + ACCOUNT).getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(api + "/horses/" + horse + "/pro"))
            .header("Authorization", "Basic " + credentials)
            .build();
    return client.send(request, BodyHandlers.ofByteArray()).body();
  }

  /** From a body to a raw profile. */
  @Benchmark
  @OperationsPerInvocation(PROFILES)
  public void profile(Blackhole decoded) {
    for (Body body : bodies) {
      decoded.consume(profileDecoder.decode(body.horse, Endpoint.PRO, body.bytes));
    }
  }

  /** From a raw profile to what may be written of it. */
  @Benchmark
  @OperationsPerInvocation(PROFILES)
  public void inspection(Blackhole inspected) {
    for (Body body : bodies) {
      inspected.consume(validator.inspect(body.horse, body.profile));
    }
  }

  /** A day of racecards, from a stream to raw profiles. */
  @Benchmark
  public RacecardResponse.RacecardPageRead racecards(Counted counted) throws IOException {
    RacecardResponse response = racecardsDecoder.decode(SATURDAY, new ByteArrayInputStream(page));
    if (response instanceof RacecardResponse.RacecardPageRead decoded) {
      counted.runners += decoded.runners().size();
      counted.bytes += page.length;
      return decoded;
    }
    throw new IllegalStateException("no page: " + response);
  }
}
