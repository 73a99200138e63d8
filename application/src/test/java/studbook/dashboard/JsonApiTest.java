package studbook.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.faults.environment.Await;
import studbook.simulator.fault.FaultProfile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The JSON API does what its description says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JsonApiTest {

  private final BackfillFixture fixture;
  private final DashboardFixture dashboard;
  private final String reader;
  private final String actor;

  JsonApiTest(@TempDir Path folder) throws Exception {
    fixture = new BackfillFixture(60, folder).imported().failEveryThird("500:1");
    fixture.cli.run("backfill", "--rate", "unlimited", "--no-racecards");
    fixture.sql(
        """
        INSERT INTO studbook.review (horse_id, field, old_value, new_value, source)
        SELECT horse_id, 'name', name, 'Another', 'pro' FROM ra_horses ORDER BY horse_id LIMIT 2
        """);
    fixture.sql(
        """
        INSERT INTO studbook.change (horse_id, column_name, new_value, source)
        SELECT horse_id, 'colour', 'bay', 'pro' FROM ra_horses LIMIT 1
        """);
    fixture.sql(
        """
        INSERT INTO studbook.api_drift (endpoint, path, kind, detail, occurrence_count, example)
        VALUES ('pro', 'shoe', 'unknown_field', 'string', 7, 'steel')
        """);
    fixture.sql(
        """
        INSERT INTO ra_horses (horse_id, name, sex_code, dob) VALUES
          ('hrs_901', 'Long Meadow (IRE)', 'F', '2020-03-04'), ('hrs_902', 'Old Oak (GB)', 'H', '2006-02-03'),
          ('hrs_903', 'Acorn (GB)', 'M', '2012-04-05')
        """);
    fixture.sql(
        """
        INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire, dam_id, dam) VALUES
          ('hrs_901', 'sir_902', 'Old Oak (GB)', 'dam_903', 'Acorn (GB)'),
          ('hrs_903', 'sir_902', 'Old Oak (GB)', 'dam_906', 'Never Fetched')
        """);
    fixture.sql(
        """
        INSERT INTO studbook.change (horse_id, column_name, old_value, new_value, source) VALUES ('hrs_901', 'sex', 'colt', 'filly', 'pro')
        """);
    fixture.sql(
        """
        INSERT INTO studbook.review (horse_id, field, old_value, new_value, source) VALUES ('hrs_901', 'dob', '2020-03-04', '2019-03-04', 'pro')
        """);
    fixture.sql(
        "INSERT INTO studbook.error (run_id, horse_id, kind, http_status, attempt, duration_ms, message) VALUES (1, 'hrs_901', 'malformed', 200, 1, 1, 'no object')");
    fixture.cli.run("pedigree", "check");
    assertThat(fixture.cli.run("pedigree", "inbreeding", "--all").code()).isZero();
    reader = fixture.cli.run("token", "create", "reader", "--role", "viewer").out().strip();
    actor = fixture.cli.run("token", "create", "actor", "--role", "operator").out().strip();
    dashboard = DashboardFixture.within(fixture);
    // Counted in the background, so a first answer may be without them.
    String[] bearer = {"Authorization", "Bearer " + reader};
    dashboard.awaitText("/api/v1/overview", "\"need_enrichment\"", bearer);
    dashboard.awaitText("/api/v1/quality", "\"criteria\"", bearer);
  }

  @AfterAll
  void close() {
    dashboard.close();
    fixture.close();
  }

  private JsonNode document() throws Exception {
    return json(dashboard.get("/api/v1/openapi.json", "Authorization", "Bearer " + reader));
  }

  private static JsonNode json(HttpResponse<String> response) {
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
    return JsonMapper.shared().readTree(response.body());
  }

  /** Its problems with a response; a key that the schema lacks is one. */
  private static List<String> problems(JsonNode document, JsonNode operation, JsonNode response) {
    ObjectNode schema = JsonMapper.shared().createObjectNode();
    schema.put("$schema", SpecificationVersion.DRAFT_2020_12.getDialectId());
    schema.set("components", document.get("components").deepCopy());
    schema
        .get("components")
        .get("schemas")
        .forEach(one -> ((ObjectNode) one).put("additionalProperties", false));
    schema.set(
        "$ref",
        operation
            .get("responses")
            .get("200")
            .get("content")
            .get("application/json")
            .get("schema")
            .get("$ref"));
    Schema compiled =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
    List<String> problems = new ArrayList<>();
    compiled.validate(response).forEach(error -> problems.add(error.toString()));
    return problems;
  }

  private HttpResponse<String> read(String address) throws Exception {
    return dashboard.get(address, "Authorization", "Bearer " + reader);
  }

  /** Of something that exists. */
  private static String address(String path) {
    String known =
        path.replace("/horses/{id}", "/horses/hrs_901")
            .replace("{id}", "1")
            .replace("{job}", "refresh");
    return switch (known) {
      case "/api/v1/horses" -> known + "?q=old+oak";
      case "/api/v1/mating" -> known + "?sire=hrs_902&dam=Acorn";
      default -> known;
    };
  }

  @Test
  void everyResponseHasItsSchema() throws Exception {
    JsonNode document = document();
    assertThat(document.get("openapi").asString()).startsWith("3.1");
    int reads = 0;
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      JsonNode get = path.getValue().get("get");
      if (get != null) {
        HttpResponse<String> response = read(address(path.getKey()));
        assertThat(response.statusCode()).as(path.getKey() + " " + response.body()).isEqualTo(200);
        JsonNode answer = json(response);
        assertThat(problems(document, get, answer)).as(path.getKey() + " " + answer).isEmpty();
        reads++;
      }
    }
    assertThat(reads).isGreaterThanOrEqualTo(15);
  }

  @Test
  void answersHaveContent() throws Exception {
    for (Map.Entry<String, String> list :
        Map.ofEntries(
                Map.entry("/api/v1/runs", "runs"),
                Map.entry("/api/v1/runs/1/errors", "errors"),
                Map.entry("/api/v1/changes", "changes"),
                Map.entry("/api/v1/reviews", "reviews"),
                Map.entry("/api/v1/drift", "drifts"),
                Map.entry("/api/v1/overview", "attention"),
                Map.entry("/api/v1/schedules", "jobs"),
                Map.entry("/api/v1/horses?q=old+oak", "horses"),
                Map.entry("/api/v1/horses/hrs_902/offspring", "offspring"),
                Map.entry("/api/v1/horses/hrs_901/pedigree?generations=2", "ancestors"),
                Map.entry("/api/v1/horses/hrs_901", "fields"),
                Map.entry("/api/v1/quality", "scores"))
            .entrySet()) {
      assertThat(json(read(list.getKey())).get(list.getValue()).size())
          .as(list.getKey())
          .isPositive();
    }
  }

  @Test
  void aHorseHasWhatItsPageShows() throws Exception {
    JsonNode horse = json(read("/api/v1/horses/sir_901"));
    assertThat(horse.get("name").asString()).isEqualTo("Long Meadow (IRE)");
    assertThat(horse.get("fields").get(0).get("source").asString()).isEqualTo("your table");
    assertThat(horse.get("shown").get("changes").size()).isOne();
    assertThat(horse.get("shown").get("history").get(0).get("error_kind").asString())
        .isEqualTo("malformed");
    assertThat(horse.get("reviews").get(0).get("field").asString()).isEqualTo("dob");
    assertThat(horse.get("figures").get("inbreeding_percent").asDouble()).isEqualTo(25);
    assertThat(horse.get("figures_current").asBoolean()).isTrue();
    JsonNode pedigree = json(read("/api/v1/horses/hrs_901/pedigree?generations=2"));
    assertThat(pedigree.get("ancestor_places").asInt()).isEqualTo(6);
    assertThat(pedigree.get("repeated_ancestors").get(0).get("horse_id").asString())
        .isEqualTo("hrs_902");
    assertThat(json(read("/api/v1/horses/hrs_902/offspring?page=2")).get("offspring")).isEmpty();
    assertThat(json(read("/api/v1/horses?q=old+oak")).get("horses").get(0).get("id").asString())
        .isEqualTo("hrs_902");
  }

  @Test
  void commandsPrintTheSameFigures() throws Exception {
    assertThat(json(read("/api/v1/mating?sire=Old+Oak&dam=903")))
        .isEqualTo(printed("pedigree", "mating", "hrs_902", "hrs_903", "--why", "--json"));
    assertThat(json(read("/api/v1/horses/hrs_901/pedigree?generations=5")))
        .isEqualTo(printed("pedigree", "show", "hrs_901", "--json"));
    assertThat(undated(json(read("/api/v1/horses/hrs_901")).get("shown").get("horse")))
        .isEqualTo(undated(printed("show", "hrs_901", "--json").get("horse")));
    assertThat(json(read("/api/v1/overview")).get("tables"))
        .isEqualTo(printed("status", "--json").get("tables"));
    assertThat(json(read("/api/v1/quality")).get("validation").get("criteria"))
        .isEqualTo(printed("validate", "--json").get("criteria"));
  }

  /** The command prints times of its zone. */
  private static JsonNode undated(JsonNode horse) {
    return ((ObjectNode) horse).without("updated_at");
  }

  private JsonNode printed(String... command) {
    return JsonMapper.shared().readTree(fixture.cli.run(command).out());
  }

  @Test
  void aViewersTokenOperatesNothing() throws Exception {
    int acts = 0;
    for (Map.Entry<String, JsonNode> path : document().get("paths").properties()) {
      if (path.getValue().has("post")) {
        HttpResponse<String> refused =
            dashboard.post(address(path.getKey()), Map.of("Authorization", "Bearer " + reader), "");
        assertThat(refused.statusCode()).as(path.getKey()).isEqualTo(403);
        assertThat(json(refused).get("error").asString()).contains("viewer");
        acts++;
      }
    }
    assertThat(acts).isGreaterThanOrEqualTo(14);
  }

  @Test
  void anOperatorsTokenActsAndItsActionsAreRecorded() throws Exception {
    JsonNode document = document();
    Map<String, String> bearer = Map.of("Authorization", "Bearer " + actor);
    JsonNode rejected = json(dashboard.post("/api/v1/reviews/1/reject", bearer, ""));
    assertThat(
            problems(
                document,
                document.get("paths").get("/api/v1/reviews/{id}/reject").get("post"),
                rejected))
        .isEmpty();
    assertThat(rejected.get("succeeded").asBoolean()).as(rejected.toString()).isTrue();
    assertThat(fixture.count("SELECT count(*) FROM studbook.review WHERE state = 'rejected'"))
        .isOne();
    assertThat(
            json(dashboard.post("/api/v1/schedules/refresh/disable", bearer, ""))
                .get("succeeded")
                .asBoolean())
        .isTrue();
    assertThat(
            json(read("/api/v1/schedules"))
                .get("jobs")
                .valueStream()
                .filter(job -> job.get("job").asString().equals("refresh")))
        .allMatch(job -> !job.get("enabled").asBoolean());
    JsonNode paused = json(dashboard.post("/api/v1/runs/active/pause", bearer, ""));
    assertThat(paused.get("succeeded").asBoolean()).isFalse();
    assertThat(paused.get("message").asString()).contains("no run is active");
    fixture.simulator.setFaults(FaultProfile.NONE);
    fixture.sql("UPDATE studbook.work_item SET completed_at = completed_at - interval '2 h'");
    assertThat(
            json(dashboard.post("/api/v1/runs/1/retry", bearer, "")).get("succeeded").asBoolean())
        .isTrue();
    Await.until(
        "the retry",
        () ->
            fixture.count(
                    "SELECT count(*) FROM studbook.run WHERE run_id = 2 AND state = 'finished'")
                == 1);
    Await.until(
        "the recorded end",
        () ->
            fixture.count("SELECT count(*) FROM studbook.operator_action WHERE state = 'running'")
                == 0);
    JsonNode last = json(read("/api/v1/actions?limit=1")).get("actions").get(0);
    assertThat(last.get("state").asString()).isEqualTo("done");
    assertThat(last.get("operator").asString()).isEqualTo("actor");
    assertThat(last.get("message").asString()).isNotEqualTo("started");
    assertThat(
            fixture.count(
                "SELECT count(*) FROM studbook.work_item WHERE run_id = 2 AND state = 'failed'"))
        .isZero();
    assertThat(
            fixture.list(
                "SELECT operator || ': ' || command FROM studbook.operator_action ORDER BY action_id"))
        .containsExactly(
            "actor: review reject 1",
            "actor: schedule disable refresh",
            "actor: pause",
            "actor: retry --run 1 --non-interactive");
  }

  @Test
  void refusalsAreJson() throws Exception {
    HttpResponse<String> stranger = dashboard.get("/api/v1/runs");
    assertThat(stranger.statusCode()).isEqualTo(200); // without users, this machine reads
    HttpResponse<String> wrong =
        dashboard.get("/api/v1/runs", "Authorization", "Bearer " + "x".repeat(43));
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(json(wrong).get("error").asString()).contains("API token");
    for (Map.Entry<String, String> wrongly :
        Map.of(
                "/api/v1/horses/hrs_77", "There is no horse hrs_77.",
                "/api/v1/horses/hrs_77/pedigree", "There is no horse hrs_77.",
                "/api/v1/horses", "q has to be a name or an ID.",
                "/api/v1/mating?sire=Old+Oak", "No dam is named: give its name or ID.",
                "/api/v1/mating?sire=Nobody+Else&dam=903",
                    "No horse has the name or the ID Nobody Else.",
                "/api/v1/mating?sire=902&dam=902",
                    "The sire and the dam have to be two horses of the database.",
                "/api/v1/runs/1/errors?kind=none", "There is no such kind of error.")
            .entrySet()) {
      HttpResponse<String> refused = read(wrongly.getKey());
      assertThat(refused.statusCode()).as(wrongly.getKey()).isEqualTo(404);
      assertThat(json(refused).get("error").asString()).isEqualTo(wrongly.getValue());
    }
    HttpResponse<String> missing =
        dashboard.get("/api/v1/runs/77", "Authorization", "Bearer " + reader);
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(json(missing).get("error").asString()).isEqualTo("There is no run 77.");
  }
}
