package studbook.cli.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;
import studbook.model.PauseCause;
import studbook.ratelimit.RateLimitKey;
import studbook.simulator.fault.FaultProfile;
import studbook.store.run.HorseSelection;
import studbook.store.run.ProcessIdentity;
import studbook.store.run.RunRepository;
import studbook.store.run.RunStateRepository;
import studbook.store.run.WorkerRepository;
import studbook.time.Rate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finished, failed, running, paused and absent runs. */
class ValidateTest {

  @TempDir Path folder;

  private static JsonNode json(BackfillFixture fixture, String... arguments) {
    return JsonMapper.shared().readTree(validate(fixture, arguments).out());
  }

  private static Result validate(BackfillFixture fixture, String... arguments) {
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    all[0] = "validate";
    all[1] = "--json";
    return fixture.cli.run(all);
  }

  private static JsonNode criterion(JsonNode validation, String name) {
    return validation
        .get("criteria")
        .valueStream()
        .filter(one -> one.get("criterion").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String result(JsonNode validation, String name) {
    return criterion(validation, name).get("result").asString();
  }

  @Test
  void aSampleOfFewRowsHasAllOfThem() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(10, folder).imported()) {
      fixture.cli.run("backfill", "--rate", "unlimited", "--no-racecards");
      long written =
          fixture.count(
              "SELECT count(*) FROM studbook.work_item WHERE row_fingerprint IS NOT NULL");
      for (int seed = 1; seed <= 20; seed++) {
        JsonNode sample = json(fixture, "--seed", Integer.toString(seed)).get("sample");
        assertThat(sample.get("sampled_rows").size()).as("seed %d", seed).isEqualTo((int) written);
      }
    }
  }

  @Test
  void aFinishedRunPassesAndItsScoreIsKept() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(600, folder).imported()) {
      fixture.cli.run("backfill", "--rate", "unlimited");

      Result text = fixture.cli.run("validate", "--seed", "3");

      assertThat(text.code()).as(text.out()).isZero();
      assertThat(text.err()).isEmpty();
      assertThat(text.out())
          .contains(
              "Run 1 (finished",
              "Success criteria",
              "with dob / horses",
              "failed / attempted",
              "at random compared with what was written (--seed 3)")
          .endsWith("PASS: every criterion is met, no check fails, the sampled rows match.\n")
          .doesNotContain("\u001B", "FAIL ");
      JsonNode validation = json(fixture, "--seed", "3");
      assertThat(validation.propertyNames())
          .containsExactly(
              "passes",
              "run_id",
              "state",
              "unfinished",
              "retry_chain",
              "criteria",
              "incomplete",
              "rows",
              "row_checks",
              "score",
              "sample");
      assertThat(criterion(validation, "enriched").get("fraction").asString())
          .isEqualTo(fixture.in("enriched") + " / 600");
      assertThat(validation.get("sample").get("sampled_rows").size()).isEqualTo(10);
      assertThat(json(fixture, "--seed", "3")).as("the same rows").isEqualTo(validation);
      assertThat(json(fixture, "--seed", "4").get("sample")).isNotEqualTo(validation.get("sample"));
      RunRepository.RunQuality quality =
          new RunRepository(fixture.jdbi()).find(1).orElseThrow().quality();
      assertThat(quality.before()).isEmpty();
      assertThat(quality.after().orElseThrow())
          .isCloseTo(validation.get("score").get("quality_score").asDouble(), within(1e-4))
          .isBetween(90.0, 100.0);
    }
  }

  @Test
  void aNarrowTerminalIsNotOverrunAndNamesAreMadeHarmless() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(120, folder).imported()) {
      fixture.cli.run("backfill", "--rate", "unlimited");
      sql(fixture, "UPDATE ra_horses SET name = E'\\x1b[2J' || name");
      sql(
          fixture,
          "INSERT INTO ra_horses (horse_id, name, dob, sex_code) VALUES (E'x\\x1b[31m', 'Nobody', '1600-01-01', 'Q')");
      Result result = fixture.cli.with("NO_COLOR", "1").typing("").run("validate");
      assertThat(result.code()).as(result.err()).isEqualTo(1);
      assertThat(result.out())
          .doesNotContain("\u001B")
          .contains("\uFFFD[2J", "x\uFFFD[31m", "FAIL");
      assertThat(result.out().lines())
          .allSatisfy(
              line -> assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(80));
      Result coloured = fixture.cli.with("NO_COLOR", "").typing("").run("validate");
      assertThat(coloured.out()).contains("\u001B[31mFAIL\u001B[0m", "\u001B[32mPASS\u001B[0m");
    }
  }

  @Test
  void withoutARunTheTablesAreJudgedAlone() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(30, folder)) {
      fixture.cli.run("init");
      Result empty = fixture.cli.run("validate");
      assertThat(empty.code()).isEqualTo(1);
      assertThat(empty.out()).contains("No run yet", "`studbook import FILE.csv` loads them.");
      JsonNode validation = json(fixture.imported());
      assertThat(validation.get("run_id").isNull()).isTrue();
      assertThat(result(validation, "enriched")).isEqualTo("fail");
      for (String ofARun : List.of("errors", "critical", "totals")) {
        assertThat(result(validation, ofARun)).isEqualTo("not_applicable");
      }
      assertThat(validation.get("score").isNull()).isTrue();
      Result absent = fixture.cli.run("validate", "--run", "7");
      assertThat(absent.code()).isEqualTo(2);
      assertThat(absent.err()).isEqualTo("studbook: there is no run 7\n");
    }
  }

  @Test
  void aTestRunIsJudgedByTheHorsesThatItTook() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(200, folder).imported()) {
      fixture.cli.run("backfill", "--test", "--rate", "unlimited");

      Result text = fixture.cli.run("validate");

      assertThat(text.code()).as(text.out()).isZero();
      assertThat(text.out())
          .contains("not yet  enriched ", "with dob / requested")
          .endsWith("PASS for the requested horses; `studbook backfill` requests the others.\n");
      JsonNode validation = json(fixture);
      assertThat(result(validation, "enriched")).isEqualTo("not_yet");
      assertThat(result(validation, "enriched_requested")).isEqualTo("pass");
      assertThat(criterion(validation, "enriched_requested").get("fraction").asString())
          .isEqualTo(fixture.in("enriched") + " / 10");
      assertThat(fixture.cli.run("report", "--out", "-").out()).contains("NOT YET", "PASS");

      fixture.sql(
          "UPDATE studbook.work_item SET state = 'failed', error_kind = 'timeout' WHERE state = 'enriched'");
      assertThat(result(json(fixture), "enriched_requested")).isEqualTo("fail");
    }
  }

  @Test
  void aLaterRunOfAFewHorsesIsNotJudgedAlone() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(80, folder).imported()) {
      fixture.simulator.setFaults(FaultProfile.parse("500:1").onlyFor(fixture.horse(0)));
      fixture.cli.run("backfill", "--rate", "unlimited");
      fixture.cli.run("retry", "--rate", "unlimited");
      fixture.sql("UPDATE studbook.run SET retry_of_run_id = NULL");

      JsonNode validation = json(fixture);

      assertThat(validation.get("run_id").asLong()).isEqualTo(2);
      assertThat(criterion(validation, "errors").get("fraction").asString()).isEqualTo("1 / 80");
      assertThat(result(validation, "errors")).isEqualTo("pass");
      assertThat(criterion(json(fixture, "--run", "2"), "errors").get("fraction").asString())
          .isEqualTo("1 / 1");
    }
  }

  @Test
  void aRetryIsJudgedTogetherWithWhatItRetries() throws Exception {
    try (BackfillFixture fixture =
        new BackfillFixture(80, folder).imported().failEveryThird("500:1")) {
      fixture.cli.run("backfill", "--rate", "unlimited");
      long failed = fixture.in("failed");
      JsonNode first = json(fixture);
      assertThat(result(first, "errors")).isEqualTo("fail");
      assertThat(criterion(first, "errors").get("fraction").asString()).isEqualTo(failed + " / 80");
      assertThat(fixture.cli.run("validate").out()).contains("`studbook retry`");

      fixture.simulator.setFaults(FaultProfile.NONE);
      fixture.sql("UPDATE studbook.work_item SET completed_at = completed_at - interval '2 h'");
      fixture.cli.run("backfill", "--rate", "unlimited");
      assertThat(criterion(json(fixture, "--run", "2"), "errors").get("fraction").asString())
          .isEqualTo("0 / " + failed);
      sql(fixture, "UPDATE studbook.run SET retry_of_run_id = 1 WHERE run_id = 2");
      sql(
          fixture,
          "UPDATE studbook.work_item SET state = 'failed', row_fingerprint = NULL, has_pedigree = false"
              + " WHERE run_id = 2 AND horse_id = (SELECT max(horse_id) FROM studbook.work_item WHERE run_id = 2)");

      RunRepository runRepository = new RunRepository(fixture.jdbi());
      assertThat(runRepository.find(2).orElseThrow().quality().before())
          .as("what the first left is what the second found")
          .isPresent()
          .isEqualTo(runRepository.find(1).orElseThrow().quality().after());

      JsonNode both = json(fixture);
      assertThat(both.get("retry_chain").findValues("run_id"))
          .extracting(JsonNode::asLong)
          .containsExactly(1L, 2L);
      assertThat(criterion(both, "errors").get("fraction").asString()).isEqualTo("1 / 80");
      assertThat(criterion(json(fixture, "--run", "1"), "errors"))
          .isEqualTo(criterion(both, "errors"));
      assertThat(fixture.cli.run("validate").out()).contains(", with run 1");
    }
  }

  @Test
  void anActiveRunIsValidated() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(40, folder).imported()) {
      Planned planned = Planned.on(fixture);
      Result result = fixture.cli.run("validate");
      assertThat(result.code()).isEqualTo(1);
      assertThat(result.out())
          .contains("Run 1 (running): 0 of 40 completed; figures so far.")
          .contains("WARN: not yet enriched, pedigree. Validate again when the run is finished.");
      JsonNode validation = json(fixture);
      assertThat(result(validation, "enriched")).isEqualTo("warn");
      assertThat(result(validation, "errors")).isEqualTo("not_applicable");
      assertThat(result(validation, "totals")).isEqualTo("pass");
      assertThat(validation.get("unfinished").asBoolean()).isTrue();
      assertThat(validation.get("sample").get("result").asString()).isEqualTo("not_applicable");

      planned.runStates().leave(1, planned.worker(), Optional.empty(), "stopped by a signal");
      assertThat(fixture.cli.run("validate").out())
          .contains("Run 1 (stopped", "`studbook backfill --resume` continues the run.");
    }
  }

  @Test
  void aLongPauseByCredentialsIsCritical() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(20, folder).imported()) {
      Planned planned = Planned.on(fixture);
      planned
          .runStates()
          .pause(1, planned.worker(), PauseCause.CREDENTIALS, "answered 401", Optional.empty());
      assertThat(result(json(fixture), "critical")).isEqualTo("pass");
      sql(fixture, "UPDATE studbook.run_event SET occurred_at = occurred_at - interval '9 min'");
      assertThat(result(json(fixture), "critical")).isEqualTo("pass");
      sql(fixture, "UPDATE studbook.run_event SET occurred_at = occurred_at - interval '2 min'");
      Result result = fixture.cli.run("validate");
      assertThat(result.code()).isEqualTo(1);
      assertThat(result.out())
          .contains(
              "run 1 has been paused for 11 min",
              "by credentials",
              "needs action  ended, paused > 10 min",
              "Fix what stopped the run");
      assertThat(result(json(fixture), "critical")).isEqualTo("fail");
      fixture.cli.with("STUDBOOK_MAX_OUTAGE", "2h");
      assertThat(result(json(fixture), "critical")).isEqualTo("pass");
    }
  }

  /** A run that this process owns and does not work on. */
  private record Planned(RunStateRepository runStates, UUID worker) {

    static Planned on(BackfillFixture fixture) {
      Jdbi jdbi = fixture.jdbi();
      UUID worker = UUID.randomUUID();
      new WorkerRepository(jdbi)
          .register(
              worker,
              ProcessIdentity.mine(),
              "test",
              new RateLimitKey("test"),
              new Rate(2),
              Optional.empty(),
              _ -> {});
      new RunRepository(jdbi)
          .plan(
              worker,
              new RunRepository.RunConfig("test", new Rate(2), List.of(), Optional.empty()),
              HorseSelection.ALL);
      return new Planned(new RunStateRepository(jdbi), worker);
    }
  }

  private static void sql(BackfillFixture fixture, String statement) {
    fixture.jdbi().useHandle(handle -> handle.execute(statement));
  }

  @Test
  void thresholdsAreSettings() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(20, folder).imported()) {
      for (Map.Entry<String, String> bad :
          Map.of(
                  "STUDBOOK_MIN_ENRICHED",
                  "101",
                  "STUDBOOK_MIN_PEDIGREE",
                  "-1",
                  "STUDBOOK_MAX_ERRORS",
                  "few",
                  "STUDBOOK_MAX_OUTAGE",
                  "soon")
              .entrySet()) {
        fixture.cli.with(bad.getKey(), bad.getValue());
      }
      Result result = fixture.cli.run("validate");
      assertThat(result.code()).isEqualTo(2);
      assertThat(result.err().lines())
          .hasSize(4)
          .allMatch(line -> line.matches("studbook: STUDBOOK_(MIN|MAX)_\\w+ should be .*"));
    }
  }
}
