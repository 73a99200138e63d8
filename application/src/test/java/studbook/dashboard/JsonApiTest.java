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
    reader = fixture.cli.run("token", "create", "reader", "--role", "viewer").out().strip();
    actor = fixture.cli.run("token", "create", "actor", "--role", "operator").out().strip();
    dashboard = DashboardFixture.start(fixture, "serve-");
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

  @Test
  void everyResponseHasItsSchema() throws Exception {
    JsonNode document = document();
    assertThat(document.get("openapi").asString()).startsWith("3.1");
    int reads = 0;
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      JsonNode get = path.getValue().get("get");
      if (get != null) {
        JsonNode answer =
            json(
                dashboard.get(
                    path.getKey().replace("{id}", "1"), "Authorization", "Bearer " + reader));
        assertThat(problems(document, get, answer)).as(path.getKey() + " " + answer).isEmpty();
        reads++;
      }
    }
    assertThat(reads).isGreaterThanOrEqualTo(7);
  }

  @Test
  void answersHaveContent() throws Exception {
    for (Map.Entry<String, String> list :
        Map.of(
                "/api/v1/runs", "runs",
                "/api/v1/runs/1/errors", "errors",
                "/api/v1/changes", "changes",
                "/api/v1/reviews", "reviews",
                "/api/v1/drift", "drifts")
            .entrySet()) {
      assertThat(
              json(dashboard.get(list.getKey(), "Authorization", "Bearer " + reader))
                  .get(list.getValue())
                  .size())
          .as(list.getKey())
          .isPositive();
    }
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
    assertThat(
            fixture.count(
                "SELECT count(*) FROM studbook.work_item WHERE run_id = 2 AND state = 'failed'"))
        .isZero();
    assertThat(
            fixture.list(
                "SELECT operator || ': ' || command FROM studbook.operator_action ORDER BY action_id"))
        .containsExactly(
            "actor: review reject 1", "actor: pause", "actor: retry --run 1 --non-interactive");
  }

  @Test
  void refusalsAreJson() throws Exception {
    HttpResponse<String> stranger = dashboard.get("/api/v1/runs");
    assertThat(stranger.statusCode()).isEqualTo(200); // without users, this machine reads
    HttpResponse<String> wrong =
        dashboard.get("/api/v1/runs", "Authorization", "Bearer " + "x".repeat(43));
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(json(wrong).get("error").asString()).contains("API token");
    HttpResponse<String> viewer =
        dashboard.post("/api/v1/runs", Map.of("Authorization", "Bearer " + reader), "");
    assertThat(viewer.statusCode()).isEqualTo(403);
    HttpResponse<String> missing =
        dashboard.get("/api/v1/runs/77", "Authorization", "Bearer " + reader);
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(json(missing).get("error").asString()).isEqualTo("There is no run 77.");
  }
}
