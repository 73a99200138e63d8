package studbook.racingapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import studbook.model.ErrorKind;
import studbook.model.Field;
import studbook.model.RawProfile;
import studbook.model.RawProfile.RawParent;
import studbook.model.RejectedValue;
import studbook.racingapi.drift.DriftCounter;

class RacecardsDecoderTest {

  private static final LocalDate DAY = LocalDate.of(2025, 5, 17);

  private static final String RUNNER =
      """
      {"horse_id":"hrs_7","horse":"Long Meadow","dob":"2021-03-04","age":"4","sex":"filly","sex_code":"F",
       "colour":"b/br","region":"FR","breeder":"A Breeder","dam":"Old Mill","dam_id":"dam_8","dam_region":"IRE",
       "sire":"Far Shore","sire_id":"sir_9","sire_region":"GB","damsire":"Unnamed","damsire_id":"dsi_10",
       "damsire_region":"","odds":[{"bookmaker":"x","history":[]},{"bookmaker":"y"}],"quotes":[],"trainer_14_days":{"runs":"1"}}
      """;

  private static RacecardResponse decode(String body) throws IOException {
    return decode(body.getBytes(StandardCharsets.UTF_8));
  }

  private static RacecardResponse decode(byte[] body) throws IOException {
    return new RacecardsDecoder(new DriftCounter()).decode(DAY, new ByteArrayInputStream(body));
  }

  private static String day(String... runners) {
    return "{\"racecards\":[{\"race_id\":\"rac_1\",\"date\":\"2025-05-17\",\"runners\":["
        + String.join(",", runners)
        + "]}],\"total\":1,\"limit\":500,\"skip\":0,\"query\":[[\"date\",\"2025-05-17\"]]}";
  }

  private static RacecardResponse.RacecardPageRead page(String body) throws IOException {
    assertThat(decode(body)).isInstanceOf(RacecardResponse.RacecardPageRead.class);
    return (RacecardResponse.RacecardPageRead) decode(body);
  }

  private static void assertMalformed(String body, String reason) throws IOException {
    assertThat(decode(body))
        .isInstanceOfSatisfying(
            ProfileResponse.Malformed.class,
            malformed -> assertThat(malformed.message()).contains(reason));
  }

  @Test
  void aRunnerGetsTheFormOfADetailedProfile() throws Exception {
    assertThat(page(day(RUNNER)).runners())
        .extracting(RacecardRunner::profile)
        .containsExactly(
            new RawProfile(
                "Long Meadow (FR)",
                "2021-03-04",
                "filly",
                "F",
                "b/br",
                "B/BR",
                "A Breeder",
                new RawParent("sir_9", "Far Shore (GB)"),
                new RawParent("dam_8", "Old Mill (IRE)"),
                new RawParent("dsi_10", "Unnamed")));
  }

  @Test
  void entriesThatAreNoRunnersAreSkippedAndReported() throws Exception {
    RacecardResponse.RacecardPageRead page =
        page(
            day(
                "{\"horse_id\":\"hrs_x\",\"horse\":\"\\u001b[31m\"}",
                "{\"horse\":\"Nobody\"}",
                "7",
                RUNNER));
    assertThat(page.runners()).extracting(runner -> runner.horse().text()).containsExactly("hrs_7");
    assertThat(page.flaws())
        .extracting(RacecardResponse.RacecardFlaw::message)
        .containsExactly(
            "a runner has no valid ID: hrs_x", "a runner has no id", "a runner is no object");
  }

  @Test
  void aValueOfAnotherTypeIsLeftOutOfItsRunnerAlone() throws Exception {
    RacecardResponse.RacecardPageRead page =
        page(day("{\"horse_id\":8,\"dob\":{\"year\":2020},\"sire\":false,\"sire_id\":9}", RUNNER));
    assertThat(page.runners())
        .extracting(runner -> runner.horse().text())
        .containsExactly("hrs_8", "hrs_7");
    RawProfile odd = page.runners().getFirst().profile();
    assertThat(odd.dob()).isNull();
    assertThat(odd.sire()).isEqualTo(new RawParent("9", null));
    assertThat(odd.rejections())
        .containsExactly(
            new RejectedValue(Field.DOB, "an object", "dob is no text"),
            new RejectedValue(Field.SIRE, "true or false", "sire is no text"));
  }

  @Test
  void aDayWithoutRacesIsADay() throws Exception {
    assertThat(decode("{\"racecards\":[],\"total\":0}"))
        .isEqualTo(new RacecardResponse.RacecardPageRead(0, 0, List.of(), List.of()));
  }

  @Test
  void whatIsNoDayIsMalformed() throws Exception {
    assertMalformed("", "the body is empty");
    assertMalformed(" [1]", "no JSON object");
    assertMalformed("{}", "no racecards");
    assertMalformed("{\"racecards\":{}}", "racecards is no list");
    assertMalformed("{\"racecards\":[3]}", "a race is no object");
    assertMalformed("{\"racecards\":[{\"runners\":7}]}", "no list");
    assertMalformed(day(RUNNER) + "x", "not the JSON");
    assertMalformed(day(RUNNER) + "{}", "text after the racecards");
    assertMalformed(day(RUNNER).substring(0, 400), "not the JSON");
    assertMalformed(day("{\"horse_id\":\"hrs_1\",\"horse_id\":\"hrs_2\"}"), "uplicate");
    assertMalformed(day("{\"x\":" + "[".repeat(40) + "]".repeat(40) + "}"), "depth");
    assertMalformed(day("{\"horse_id\":\"hrs_1\"},".repeat(20_001) + "{}"), "20000 runners");
  }

  @Test
  void aDayThatIsAnotherOneIsNotTaken() throws Exception {
    assertThat(decode(day(RUNNER).replace("\"date\":\"2025-05-17\"", "\"date\":\"2025-05-18\"")))
        .isInstanceOfSatisfying(
            ProfileResponse.Malformed.class,
            malformed -> assertThat(malformed.kind()).isEqualTo(ErrorKind.WRONG_ID));
  }

  @Test
  void invalidUtf8IsRejectedAnywhere() throws Exception {
    byte[] body = day(RUNNER).getBytes(StandardCharsets.UTF_8);
    for (String place : new String[] {"rac_1", "hrs_7", "bookmaker", "Old Mill"}) {
      byte[] spoilt = body.clone();
      spoilt[day(RUNNER).indexOf(place)] = (byte) 0xC0;
      spoilt[day(RUNNER).indexOf(place) + 1] = (byte) 0x80;
      assertThat(decode(spoilt))
          .isInstanceOfSatisfying(
              ProfileResponse.Malformed.class,
              malformed -> assertThat(malformed.message()).contains("not UTF-8"));
    }
  }

  @Test
  void anInterruptedBodyIsThrownToTheCaller() {
    InputStream broken =
        new InputStream() {
          private int read;

          @Override
          public int read() throws IOException {
            if (read++ < 5_000) {
              return read == 1 ? '{' : ' ';
            }
            throw new IOException("reset");
          }

          @Override
          public int read(byte[] into, int from, int length) throws IOException {
            into[from] = (byte) read();
            return 1;
          }
        };
    assertThatThrownBy(() -> new RacecardsDecoder(new DriftCounter()).decode(DAY, broken))
        .isInstanceOf(IOException.class)
        .hasMessage("reset");
  }

  @Test
  void anOddRaceIsLeftOutAndTheOthersAreUsed() throws Exception {
    String good = "{\"date\":\"2025-05-17\",\"runners\":[" + RUNNER + "]}";
    String stranger = RUNNER.replace("hrs_7", "hrs_70");
    RacecardResponse.RacecardPageRead page =
        page(
            "{\"racecards\":[7,{\"runners\":null},{\"date\":\"2025-05-17\"},"
                + "{\"runners\":["
                + stranger
                + "],\"date\":\"2025-05-18\"},"
                + good.replace("\"odds\":[", "\"or\":NaN,\"odds\":[")
                + "]}");
    assertThat(page.runners()).extracting(runner -> runner.horse().text()).containsExactly("hrs_7");
    assertThat(page.races()).isEqualTo(5);
    assertThat(page.flaws())
        .extracting(RacecardResponse.RacecardFlaw::message)
        .containsExactly(
            "a race is no object",
            "the runners of a race are no list",
            "the runners of a race are no list",
            "requested 2025-05-17, received 2025-05-18");
  }
}
