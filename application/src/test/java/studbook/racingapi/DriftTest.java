package studbook.racingapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import studbook.model.HorseId;
import studbook.model.drift.ApiDrift;
import studbook.model.drift.DriftKind;
import studbook.racingapi.drift.DriftCounter;

/** Differences of responses from what Studbook knows. */
class DriftTest {

  private static final HorseId HORSE = new HorseId("hrs_7");
  private static final LocalDate DAY = LocalDate.of(2025, 5, 17);

  private static final String PROFILE =
      """
      {"id":"hrs_7","name":"Long Meadow (FR)","dob":"2021-03-04","sex":"filly","sex_code":"F","colour":"b/br",
       "colour_code":"B/BR","breeder":"","sire":"Far Shore (GB)","sire_id":"sir_9","dam":null,"dam_id":null,
       "damsire":null,"damsire_id":""}
      """;

  private static final String RUNNER =
      """
      {"horse_id":"hrs_7","horse":"Long Meadow","dob":"2021-03-04","age":"4","sex":"filly","sex_code":"F",
       "colour":"b/br","region":"FR","breeder":"A Breeder","dam":"Old Mill","dam_id":"dam_8","dam_region":"IRE",
       "sire":"Far Shore","sire_id":"sir_9","sire_region":"GB","damsire":"Unnamed","damsire_id":"dsi_10",
       "damsire_region":"","odds":[{"bookmaker":"x"}]}
      """;

  private final DriftCounter drift = new DriftCounter();

  private ProfileResponse profile(String body) {
    return new ProfileDecoder(new FieldCounter(), drift)
        .decode(HORSE, Endpoint.PRO, body.getBytes(StandardCharsets.UTF_8));
  }

  private void racecard(String race) throws IOException {
    String body = "{\"racecards\":[%s],\"total\":1,\"query\":[]}".formatted(race);
    new RacecardsDecoder(drift)
        .decode(DAY, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }

  private static ApiDrift pro(String path, DriftKind kind, String detail, String example) {
    return new ApiDrift("pro", path, kind, detail, 1, example);
  }

  @Test
  void aUsualProfileAndRacecardHaveNone() throws Exception {
    profile(PROFILE);
    racecard("{\"race_id\":\"rac_1\",\"date\":\"2025-05-17\",\"runners\":[" + RUNNER + "]}");
    assertThat(drift.take()).isEmpty();
  }

  @Test
  void numericIdsAndDatesWithATimeAreUnderstoodAndCounted() {
    ProfileResponse response =
        profile(
            PROFILE
                .replace("\"hrs_7\"", "7")
                .replace("\"2021-03-04\"", "\"2021-03-04T23:00:00Z\"")
                .replace("\"sir_9\"", "9"));
    assertThat(response).isInstanceOf(ProfileResponse.Found.class);
    assertThat(((ProfileResponse.Found) response).profile().sire().id()).isEqualTo("9");
    assertThat(drift.take())
        .containsExactly(
            pro("dob", DriftKind.OTHER_FORMAT, "", "2021-03-04T23:00:00Z"),
            pro("id", DriftKind.OTHER_TYPE, "a number", "7"),
            pro("sire_id", DriftKind.OTHER_TYPE, "a number", "9"));
  }

  @Test
  void unknownAndMissingFieldsAreCounted() {
    profile(
        PROFILE
            .replace("\"breeder\"", "\"bred_by\"")
            .replace("\"dam\":null", "\"dam\":null,\"trainer\":{\"name\":\"x\"}"));
    assertThat(drift.take())
        .containsExactly(
            pro("bred_by", DriftKind.UNKNOWN_FIELD, "", ""),
            pro("breeder", DriftKind.MISSING_FIELD, "", ""),
            pro("trainer", DriftKind.UNKNOWN_FIELD, "", ""));
    assertThat(drift.unknownFields("pro")).containsExactly("bred_by", "trainer");
  }

  @Test
  void newValuesOfClosedSetsAreCountedByValue() throws Exception {
    profile(PROFILE.replace("\"F\"", "\"X\"").replace("\"B/BR\"", "\"PINK\""));
    profile(PROFILE.replace("\"F\"", "\"X\""));
    racecard(
        "{\"date\":\"2025-05-17\",\"runners\":["
            + RUNNER.replace("\"FR\"", "\"ATL\"").replace("b/br", "purple")
            + "]}");
    assertThat(drift.take())
        .containsExactly(
            pro("colour_code", DriftKind.NEW_VALUE, "PINK", "PINK"),
            new ApiDrift("pro", "sex_code", DriftKind.NEW_VALUE, "X", 2, "X"),
            new ApiDrift(
                "racecards",
                "racecards.runners.colour",
                DriftKind.NEW_VALUE,
                "purple",
                1,
                "purple"),
            new ApiDrift(
                "racecards", "racecards.runners.region", DriftKind.NEW_VALUE, "ATL", 1, "ATL"));
  }

  @Test
  void racecardsHaveThePathOfAField() throws Exception {
    racecard(
        "{\"date\":\"2025-05-17\",\"race_mood\":\"good\",\"runners\":["
            + RUNNER.replace("\"age\"", "\"shoe_size\"").replace("\"breeder\":\"A Breeder\",", "")
            + "]}");
    assertThat(drift.take())
        .containsExactly(
            new ApiDrift(
                "racecards", "racecards.race_mood", DriftKind.UNKNOWN_FIELD, "", 1, "good"),
            new ApiDrift(
                "racecards", "racecards.runners.breeder", DriftKind.MISSING_FIELD, "", 1, ""),
            new ApiDrift(
                "racecards", "racecards.runners.shoe_size", DriftKind.UNKNOWN_FIELD, "", 1, "4"));
  }

  @Test
  void examplesAreShortAndPrintable() {
    profile(
        PROFILE.replace(
            "\"breeder\":\"\"", "\"breeder\":\"\",\"\\u001b[2Jx\":\"" + "y".repeat(5_000) + "\""));
    ApiDrift one = drift.take().getFirst();
    assertThat(one.path()).isEqualTo("\uFFFD[2Jx");
    assertThat(one.example()).hasSize(61).endsWith("y…");
  }

  @Test
  void endlessNamesNeitherFillTheMemoryNorHideOthers() {
    for (int response = 0; response < 20; response++) {
      int number = response;
      String names =
          IntStream.range(0, 2_000)
              .mapToObj(i -> "\"f%d_%d\":1".formatted(number, i))
              .collect(Collectors.joining(","));
      profile(PROFILE.replace("\"breeder\":\"\"", "\"breeder\":\"\"," + names));
    }
    assertThat(drift.take()).hasSize(200);
    assertThat(drift.unknownFields("pro")).hasSize(200);
    assertThat(drift.take()).isEmpty();
  }
}
