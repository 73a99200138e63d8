package studbook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.simulator.population.HorseRecord;
import studbook.simulator.population.Population;
import studbook.simulator.population.SyntheticPopulation;
import tools.jackson.databind.JsonNode;

class RacecardShapeTest {

  private final Population population = new SyntheticPopulation(1, 111_430);
  private final Simulator simulator =
      Simulator.start(
          SimulatorClient.options(),
          population,
          () -> 0,
          (Duration _) -> {},
          Clock.fixed(Instant.parse("2025-03-01T12:00:00Z"), ZoneOffset.UTC));
  private final SimulatorClient client = new SimulatorClient(simulator);

  @AfterEach
  void close() {
    client.close();
    simulator.close();
  }

  @Test
  void aDayIsAsHeavyAsARealOne() throws Exception {
    var response = client.get("/racecards/pro?date=2024-05-04");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body().length).isBetween(900_000, 2_200_000);
    JsonNode day = client.json("/racecards/pro?date=2024-05-04");
    assertThat(day.get("total").asInt()).isBetween(30, 50);
    List<JsonNode> runners = runners(day);
    assertThat(response.body().length / runners.size()).isBetween(1_000, 4_500);
  }

  @Test
  void theSameDayIsTheSameBytes() throws Exception {
    assertThat(client.get("/racecards/pro?date=2024-05-05").body())
        .isEqualTo(client.get("/racecards/pro?date=2024-05-05").body());
  }

  @Test
  void aRunnerAgreesWithItsProfile() throws Exception {
    int known = 0;
    for (JsonNode runner : runners(client.json("/racecards/pro?date=2024-05-07"))) {
      var horse = population.horse(runner.get("horse_id").asString());
      if (horse.isPresent()) {
        known++;
        assertSame(runner, horse.get());
      }
    }
    assertThat(known).isBetween(90, 170);
  }

  @Test
  void aHorseRunsOnceADayAtMost() throws Exception {
    List<JsonNode> runners = runners(client.json("/racecards/pro?date=2024-08-03"));
    Set<String> ids = new HashSet<>();
    runners.forEach(runner -> ids.add(runner.get("horse_id").asString()));

    assertThat(ids).hasSameSizeAs(runners);
  }

  @Test
  void pagesTogetherAreTheDay() throws Exception {
    JsonNode day = client.json("/racecards/pro?date=2024-05-04");
    JsonNode first = client.json("/racecards/pro?date=2024-05-04&limit=20");
    JsonNode rest = client.json("/racecards/pro?date=2024-05-04&limit=500&skip=20");

    List<JsonNode> pages = new ArrayList<>();
    first.get("racecards").forEach(pages::add);
    rest.get("racecards").forEach(pages::add);
    assertThat(first.get("racecards").size()).isEqualTo(20);
    assertThat(pages).hasSize(day.get("total").asInt());
    assertThat(pages.getLast())
        .isEqualTo(day.get("racecards").get(day.get("racecards").size() - 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "date=2023-01-22",
        "date=2025-03-09",
        "date=yesterday",
        "date=2024-02-30",
        "date=2024-05-04&limit=501",
        "date=2024-05-04&limit=0",
        "date=2024-05-04&skip=501",
        "date=2024-05-04&skip=-1",
        "date=2024-05-04&limit=many"
      })
  void badParametersAreComplainedAboutInTheShapeOfTheApi(String query) throws Exception {
    var response = client.get("/racecards/pro?" + query);

    assertThat(response.statusCode()).isEqualTo(422);
    JsonNode complaint = client.json("/racecards/pro?" + query).get("detail").get(0);
    assertThat(complaint.get("loc").get(0).asString()).isEqualTo("query");
    assertThat(complaint.propertyNames()).containsExactlyInAnyOrder("loc", "msg", "type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2023-01-23", "2025-03-08"})
  void theFirstDayAndAWeekAheadAreThere(String day) throws Exception {
    assertThat(client.get("/racecards/pro?date=" + day).statusCode()).isEqualTo(200);
  }

  private static void assertSame(JsonNode runner, HorseRecord horse) {
    assertThat(runner.get("horse").asString()).isEqualTo(horse.name()).doesNotContain("(");
    assertThat(runner.get("region").asString()).isEqualTo(horse.region());
    assertThat(runner.get("dob").asString())
        .isEqualTo(horse.dob() == null ? "" : String.valueOf(horse.dob()));
    assertThat(runner.get("sex_code").asString()).isEqualTo(horse.sexCode());
    assertThat(runner.get("sex").asString()).isEqualTo(horse.sex());
    assertThat(runner.get("colour").asString().toUpperCase(Locale.ROOT))
        .isEqualTo(horse.colourCode());
    assertThat(runner.has("colour_code")).isFalse();
    var damsire = horse.damsire();
    assertThat(runner.get("damsire").asString()).isEqualTo(damsire == null ? "" : damsire.name());
    assertThat(runner.get("damsire_id").asString())
        .isEqualTo(damsire == null ? "" : "dsi_" + damsire.number());
    assertThat(runner.get("damsire_region").asString())
        .isEqualTo(damsire == null ? "" : damsire.region());
  }

  private static List<JsonNode> runners(JsonNode day) {
    List<JsonNode> runners = new ArrayList<>();
    day.get("racecards").forEach(race -> race.get("runners").forEach(runners::add));
    return runners;
  }
}
