package studbook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import studbook.simulator.population.HorseRecord;
import studbook.simulator.population.ParentRef;
import studbook.simulator.population.Population;
import studbook.simulator.population.ProfileAvailability;
import studbook.simulator.population.SyntheticPopulation;
import tools.jackson.databind.JsonNode;

class ProfileShapeTest {

  private final Population population = new SyntheticPopulation(1, 5000);
  private final Simulator simulator = Simulator.start(SimulatorClient.options(), population);
  private final SimulatorClient client = new SimulatorClient(simulator);

  @AfterEach
  void close() {
    client.close();
    simulator.close();
  }

  @Test
  void aDetailedProfileHasTheFieldsOfTheApiAndNoRegion() throws Exception {
    HorseRecord horse =
        first(h -> h.availability() == ProfileAvailability.DETAILED && hasEverything(h));

    JsonNode json = client.json("/horses/" + horse.id() + "/pro");

    assertThat(json.propertyNames())
        .containsExactlyInAnyOrder(
            "id",
            "name",
            "dob",
            "sex",
            "sex_code",
            "colour",
            "colour_code",
            "breeder",
            "sire",
            "sire_id",
            "dam",
            "dam_id",
            "damsire",
            "damsire_id");
    assertThat(json.get("name").asString()).isEqualTo(horse.name() + " (" + horse.region() + ")");
    assertThat(json.get("dob").asString()).isEqualTo(String.valueOf(horse.dob()));
    assertThat(json.get("breeder").asString()).isEqualTo(horse.breeder());
    ParentRef sire = horse.sire();
    assertThat(json.get("sire").asString()).isEqualTo(sire == null ? "" : sire.fullName());
    assertThat(json.get("sire_id").asString())
        .isEqualTo("sir_" + (sire == null ? "" : sire.number()));
    assertThat(json.get("dam_id").asString()).startsWith("dam_");
    assertThat(json.get("damsire_id").asString()).startsWith("dsi_");
  }

  @Test
  void aHorseWithoutDetailedProfileMayHaveAStandardOne() throws Exception {
    HorseRecord horse =
        first(h -> h.availability() == ProfileAvailability.BASIC && h.damsire() != null);

    var detailed = client.get("/horses/" + horse.id() + "/pro");
    JsonNode standard = client.json("/horses/" + horse.id() + "/standard");

    assertThat(detailed.statusCode()).isEqualTo(404);
    assertThat(SimulatorClient.text(detailed)).isEqualTo("{\"detail\":\"Not Found\"}");
    assertThat(standard.propertyNames())
        .containsExactlyInAnyOrder(
            "id", "name", "sire", "sire_id", "dam", "dam_id", "damsire", "damsire_id");
    assertThat(standard.get("id").asString()).isEqualTo(horse.id());
  }

  @Test
  void someHorsesHaveNeitherProfile() throws Exception {
    HorseRecord horse = first(h -> h.availability() == ProfileAvailability.NONE);

    assertThat(client.get("/horses/" + horse.id() + "/pro").statusCode()).isEqualTo(404);
    assertThat(client.get("/horses/" + horse.id() + "/standard").statusCode()).isEqualTo(404);
  }

  @Test
  void someDamsiresLackTheSuffixInStandardProfilesOnly() throws Exception {
    HorseRecord horse =
        first(h ->
            h.availability() == ProfileAvailability.DETAILED
                && h.damsire() != null
                && h.id().matches(".*[0369]"));

    assertThat(client.json("/horses/" + horse.id() + "/standard").get("damsire").asString())
        .doesNotContain("(");
    assertThat(client.json("/horses/" + horse.id() + "/pro").get("damsire").asString())
        .contains("(");
  }

  @Test
  void whatIsUnknownIsNullOrEmpty() throws Exception {
    HorseRecord nulls = first(h -> h.breeder() == null && h.id().matches(".*[13579]"));
    HorseRecord empties = first(h -> h.breeder() == null && h.id().matches(".*[02468]"));

    assertThat(client.json("/horses/" + nulls.id() + "/pro").get("breeder").isNull()).isTrue();
    assertThat(client.json("/horses/" + empties.id() + "/pro").get("breeder").asString()).isEmpty();
  }

  @Test
  void whatIsNoHorseIsNotFound() throws Exception {
    assertThat(client.get("/horses/hrs_1/pro").statusCode()).isEqualTo(404);
    assertThat(client.get("/horses/sir_1/pro").statusCode()).isEqualTo(404);
    assertThat(client.get("/horses/hrs_999999999999999999/pro").statusCode()).isEqualTo(404);
    assertThat(client.get("/horses").statusCode()).isEqualTo(404);
  }

  private HorseRecord first(Predicate<HorseRecord> wanted) {
    return IntStream.range(0, population.size())
        .mapToObj(population::horse)
        .filter(wanted)
        .findFirst()
        .orElseThrow();
  }

  private static boolean hasEverything(HorseRecord horse) {
    return horse.dob() != null && horse.breeder() != null && horse.damsire() != null;
  }
}
