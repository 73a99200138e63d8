package studbook.faults.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import studbook.cli.fixture.CliRunner;
import studbook.faults.invariant.AllowedDeviations;

/** Each violated invariant is found. */
class InvariantsTest {

  @TempDir static Path folder;
  private static FaultTestEnvironment environment;

  @BeforeAll
  static void aGoodRun() throws Exception {
    environment = FaultTestEnvironment.open(60, folder);
    assertThat(environment.cli.run("backfill", "--rate", "unlimited").code()).isZero();
  }

  @AfterAll
  static void close() throws Exception {
    environment.close();
  }

  @Test
  void findsNothingInAGoodRun() {
    environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
  }

  /** A way to spoil it, and to mend it; {@code H} is a horse that was enriched. */
  record Spoil(String says, String how, String mend) {
    @Override
    public String toString() {
      return says;
    }
  }

  private static Spoil piece(String says, String column) {
    String change = "UPDATE studbook.chunk SET %s = %s %s 1 WHERE chunk_no = 0";
    return new Spoil(
        says, change.formatted(column, column, "+"), change.formatted(column, column, "-"));
  }

  private static Spoil state(String says, String state) {
    String change =
        "UPDATE studbook.work_item SET state = '%s', error_kind = 'timeout' WHERE horse_id = H";
    return new Spoil(says, change.formatted(state), change.formatted("enriched"));
  }

  private static Spoil horse(String says, String column, String value) {
    return new Spoil(
        says,
        "UPDATE ra_horses SET %s = %s WHERE horse_id = H".formatted(column, value),
        "UPDATE ra_horses h SET %s = k.%s FROM kept k WHERE h.horse_id = k.horse_id"
            .formatted(column, column));
  }

  static List<Spoil> spoils() {
    return List.of(
        new Spoil(
            "I1: horses of the run",
            "UPDATE studbook.work_item SET horse_id = 'hrs_1' WHERE horse_id = H",
            "UPDATE studbook.work_item SET horse_id = H WHERE horse_id = 'hrs_1'"),
        state("I1: 1 horses are pending", "pending"),
        new Spoil(
            "I1: the run's total",
            "UPDATE studbook.run SET horse_count = horse_count + 1",
            "UPDATE studbook.run SET horse_count = horse_count - 1"),
        piece("I2: enriched is tallied", "enriched"),
        piece("I2: with pedigree is tallied", "pedigrees"),
        piece("I4: status --json says enriched", "enriched"),
        piece("I4: monitor --once --json says basic", "basic"),
        piece("I4: report --json says not_found", "not_found"),
        horse("ra_horses.sex is", "sex", "'unicorn'"),
        horse("ra_horses.dob is null", "dob", "NULL"),
        horse("the column trainer", "trainer", "'us'"),
        horse("the column name", "name", "'Else'"),
        new Spoil(
            "stud_fee",
            "UPDATE ra_horse_pedigree SET stud_fee = 8 WHERE horse_id = H",
            "UPDATE ra_horse_pedigree SET stud_fee = 7 WHERE horse_id = H"),
        new Spoil(
            "ra_horse_pedigree.sire is",
            "UPDATE ra_horse_pedigree SET sire = sire || '!' WHERE horse_id = H",
            "UPDATE ra_horse_pedigree SET sire = rtrim(sire, '!') WHERE horse_id = H"),
        new Spoil(
            "is not of the run",
            "UPDATE ra_horses SET region = 'ire' WHERE horse_id = 'hrs_99999999'",
            "UPDATE ra_horses SET region = 'gb' WHERE horse_id = 'hrs_99999999'"),
        state("I7: 1 horses failed", "failed"),
        state("failed without three answers", "failed"),
        new Spoil(
            "I8: a credential stands in studbook.run",
            "UPDATE studbook.run SET reason = '%s'".formatted(CliRunner.PASSWORD),
            "UPDATE studbook.run SET reason = NULL"),
        new Spoil(
            "I9: progress decreased",
            """
            INSERT INTO studbook.run_sample
            SELECT gen_random_uuid(), run_id, sampled_at + interval '1 s', worker_id, interval_ms, 1, horses_failed,
                   horses_per_second, remaining_seconds, bottleneck, requests_sent, requests_throttled, max_requests_per_second
            FROM studbook.run_sample ORDER BY sampled_at DESC LIMIT 1
            """,
            "DELETE FROM studbook.run_sample WHERE horses_completed = 1"));
  }

  @ParameterizedTest
  @MethodSource("spoils")
  void seesWhatIsSpoilt(Spoil spoil) {
    String horse =
        environment
            .jdbi()
            .withHandle(handle ->
                handle
                    .select(
                        """
                        SELECT horse_id FROM studbook.work_item WHERE state = 'enriched' AND has_pedigree
                        ORDER BY horse_id LIMIT 1
                        """)
                    .mapTo(String.class)
                    .one());
    environment.sql("CREATE TABLE IF NOT EXISTS kept AS SELECT * FROM ra_horses");
    environment.sql(spoil.how().replace("= H", "= '" + horse + "'"));
    List<String> found = environment.invariants().violations(AllowedDeviations.STRICT);
    environment.sql(spoil.mend().replace("= H", "= '" + horse + "'"));

    assertThat(found).anyMatch(violation -> violation.contains(spoil.says()));
    environment.assertThatInvariantsHold(AllowedDeviations.STRICT);
  }

  @Test
  void seesACredentialInALog() throws Exception {
    Path log = folder.resolve("studbook-data/logs/careless.log");
    Files.writeString(
        log,
        Base64.getEncoder()
            .encodeToString(
                (CliRunner.USERNAME + ":" + CliRunner.PASSWORD).getBytes(StandardCharsets.UTF_8)));
    List<String> found = environment.invariants().violations(AllowedDeviations.STRICT);
    Files.delete(log);
    assertThat(found).hasSize(1).allMatch(violation -> violation.contains("careless.log"));
  }

  @Test
  void seesTheLimitBroken() {
    assertThat(environment.invariants().violations(AllowedDeviations.STRICT.limit(10)))
        .hasSize(1)
        .allMatch(violation -> violation.startsWith("I3: "));
  }

  @Test
  void detectsARepeatedRequest(@TempDir Path elsewhere) throws Exception {
    try (FaultTestEnvironment other = FaultTestEnvironment.open(5, elsewhere)) {
      other.cli.run("backfill", "--rate", "unlimited");
      for (int time = 0; time < 5; time++) {
        ask(other, other.invariants().workItems().rows().getFirst().horse());
      }
      assertThat(other.invariants().violations(AllowedDeviations.STRICT))
          .hasSize(1)
          .allMatch(violation -> violation.matches("I6: [5-9] requests asked again.*"));
    }
  }

  private static void ask(FaultTestEnvironment environment, String horse) throws Exception {
    String pair = CliRunner.USERNAME + ":" + CliRunner.PASSWORD;
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(environment.simulator.baseUri() + "/horses/" + horse + "/pro"))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      client.send(request, HttpResponse.BodyHandlers.discarding());
    }
  }
}
