package studbook.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner;
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

/** Reports of finished, failed, running, paused, stopped, superseded and absent runs. */
class ReportTest {

  private static final Rate RATE = new Rate(2);

  @TempDir Path folder;

  private static JsonNode json(BackfillFixture fixture, String... more) {
    Result result =
        fixture.cli.run(
            Stream.concat(Stream.of("report", "--json"), Stream.of(more)).toArray(String[]::new));
    assertThat(result.code()).as(result.err()).isZero();
    return JsonMapper.shared().readTree(result.out());
  }

  private List<Path> left() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("studbook-data/logs"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("report_"))
          .sorted()
          .toList();
    }
  }

  /** A run that this process owns and has not begun to work on. */
  private static RunRepository.RunRow planned(RunRepository runRepository, UUID me) {
    RunRepository.RunConfig config =
        new RunRepository.RunConfig("1.0", RATE, List.of("RACING_API_RATE=2/s"), Optional.empty());
    return ((RunRepository.StartResult.RunStarted)
            runRepository.plan(me, config, HorseSelection.ALL))
        .run();
  }

  private static UUID registered(BackfillFixture fixture) {
    UUID me = UUID.randomUUID();
    new WorkerRepository(fixture.jdbi())
        .register(
            me,
            ProcessIdentity.mine(),
            "1.0",
            RateLimitKey.of(URI.create("https://example.org"), "me", "account"),
            RATE,
            Optional.empty(),
            _ -> {});
    return me;
  }

  @Test
  void aFinishedRunLeavesItsReportForItsOwnerAlone() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(300, folder).imported()) {
      Result backfill = fixture.cli.run("backfill", "--rate", "unlimited");

      List<Path> left = left();
      assertThat(left)
          .extracting(file -> file.getFileName().toString())
          .allMatch(name -> name.matches("report_\\d{8}_\\d{6}_run1\\.(html|md)"))
          .hasSize(2);
      assertThat(backfill.out()).contains("Report: " + left.getFirst());
      for (Path file : left) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
      assertThat(Files.readString(left.getFirst()))
          .contains("<!doctype html>", "<svg", "300 of 300 horses completed")
          .doesNotContain("<script", "src=", "@import", CliRunner.PASSWORD, CliRunner.USERNAME);
      assertThat(Files.readString(left.getLast()))
          .contains("# Studbook execution report: run 1", "**finished**", "| PASS");
      JsonNode json = json(fixture);
      assertThat(json.get("run").get("counts").get("enriched").asLong())
          .isEqualTo(fixture.in("enriched"));
      assertThat(json.get("growth").get("pedigrees").asLong())
          .isEqualTo(fixture.count("SELECT count(*) FROM ra_horse_pedigree"));
      assertThat(json.get("performance").get("requests_sent").asLong())
          .isEqualTo(fixture.simulator.statistics().arrivals());
      assertThat(json.get("response_times").get("responses").asLong()).isEqualTo(300);
      assertThat(json.get("slowest_responses").size()).isEqualTo(10);
      assertThat(json.get("after_is_final").asBoolean()).isTrue();
    }
  }

  @Test
  void aRunWithFailuresSaysSoAndWhatToDo() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(40, folder).imported()) {
      String[] some =
          fixture.population.horses().limit(12).map(horse -> horse.id()).toArray(String[]::new);
      fixture.simulator.setFaults(FaultProfile.parse("wrong-id:1").onlyFor(some));
      Result backfill = fixture.cli.run("backfill", "--rate", "unlimited");

      assertThat(backfill.code()).isEqualTo(1);
      assertThat(backfill.out()).contains("Report: ");
      JsonNode json = json(fixture);
      assertThat(json.get("run").get("counts").get("failed").asLong()).isEqualTo(12);
      assertThat(json.get("performance").get("retries").asLong()).isEqualTo(24);
      assertThat(json.get("error_kinds").get(0).get("error_kind").asString()).isEqualTo("wrong_id");
      assertThat(json.get("error_kinds").get(0).get("failed").asLong()).isEqualTo(12);
      assertThat(json.get("passes").asBoolean()).isFalse();
      assertThat(json.get("recommendations").findValuesAsString("rule"))
          .contains("error_rate", "unusable_responses");
      assertThat(fixture.cli.run("report").out())
          .contains("`studbook retry`", "Response for another horse", "| FAIL");
    }
  }

  @Test
  void aReportThatCannotBeWrittenDoesNotChangeTheRunsOutcome() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(20, folder).imported()) {
      fixture
          .jdbi()
          .useHandle(handle -> handle.execute("ALTER TABLE studbook.error RENAME message TO away"));
      Result backfill = fixture.cli.run("backfill", "--rate", "unlimited");
      assertThat(backfill.out()).contains("Run 1 is finished.", "The report could not be written");
      assertThat(backfill.code()).isZero();
      assertThat(left()).isEmpty();
    }
  }

  @Test
  void anUnfinishedRunIsReported() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(30, folder).imported()) {
      fixture.cli.run("init");
      RunRepository runRepository = new RunRepository(fixture.jdbi());
      RunStateRepository runStates = new RunStateRepository(fixture.jdbi());
      UUID me = registered(fixture);
      long run = planned(runRepository, me).id();
      assertThat(fixture.cli.run("report").out())
          .contains("**running**", "is in progress", "0 of 30 horses completed");
      assertThat(json(fixture).get("run").get("active").asBoolean()).isTrue();

      runStates.pause(run, me, PauseCause.CREDENTIALS, "answered 401 | <b>", Optional.empty());
      assertThat(fixture.cli.run("report").out()).contains("**paused**", "answered 401 \\| \\<b>");
      assertThat(json(fixture).get("run").get("state").asString()).isEqualTo("paused");

      runStates.leave(run, me, Optional.empty(), "stopped by a signal");
      assertThat(fixture.cli.run("report", "--run", Long.toString(run)).out())
          .contains("**stopped**", "`studbook backfill --resume`", "30 horses are pending");
      assertThat(json(fixture).get("after_is_final").asBoolean()).isFalse();

      planned(runRepository, me);
      assertThat(fixture.cli.run("report", "--run", Long.toString(run)).out())
          .contains("**superseded**", "a later run replaced it");
      assertThat(folder.resolve("studbook-data/logs")).doesNotExist();
    }
  }

  @Test
  void aDeadProcessIsReported() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(30, folder).imported()) {
      fixture.cli.run("init");
      UUID me = registered(fixture);
      planned(new RunRepository(fixture.jdbi()), me);
      new WorkerRepository(fixture.jdbi()).leave(me);
      assertThat(fixture.cli.run("report").out())
          .contains("**process died**", "no other took over", "`studbook backfill --resume`");
    }
  }

  @Test
  void aRetryShowsItsChain() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(30, folder).imported()) {
      fixture.cli.run("backfill", "--rate", "unlimited", "--max", "10");
      RunRepository runRepository = new RunRepository(fixture.jdbi());
      RunRepository.RunConfig config =
          new RunRepository.RunConfig("1.0", RATE, List.of(), Optional.of(1L));
      runRepository.plan(registered(fixture), config, HorseSelection.ALL);
      for (String run : List.of("1", "2")) {
        assertThat(json(fixture, "--run", run).get("retry_chain").size()).isEqualTo(2);
        assertThat(fixture.cli.run("report", "--run", run).out())
            .contains("## Retry chain", run + " (this one)");
      }
    }
  }

  @Test
  void writesTheFormatThatTheNameSaysAndReplacesReportsOnly() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(20, folder).imported()) {
      fixture.cli.run("backfill", "--rate", "unlimited");
      for (String name : List.of("r.html", "r.md", "r.json")) {
        Result first = fixture.cli.run("report", "--out", name);
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out()).isEmpty();
        assertThat(first.err()).contains("The report of run 1 is in " + folder.resolve(name));
        assertThat(fixture.cli.run("report", "--out", name).err())
            .contains("an earlier report was replaced");
      }
      assertThat(Files.readString(folder.resolve("r.json"))).startsWith("{");
      Files.writeString(folder.resolve("mine.html"), "<p>mine</p>");
      Result refused = fixture.cli.run("report", "--out", "mine.html");
      assertThat(refused.code()).isEqualTo(2);
      assertThat(refused.err()).contains("already exists: it is not a report and was not replaced");
      assertThat(folder.resolve("mine.html")).hasContent("<p>mine</p>");
    }
  }

  @Test
  void usageErrorsAreOneSentence() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(5, folder).imported()) {
      assertMistake(fixture, "there is no run yet", "report");
      assertMistake(fixture, "there is no run 7", "report", "--run", "7");
      assertMistake(
          fixture, "'--format': 'pdf' is not one of md, html, json", "report", "--format", "pdf");
      assertMistake(fixture, "the name r.pdf has no known extension", "report", "--out", "r.pdf");
      assertMistake(
          fixture,
          "--json cannot be combined with --format md",
          "report",
          "--json",
          "--format",
          "md");
      fixture.cli.run("backfill", "--rate", "unlimited");
      assertMistake(fixture, "cannot write", "report", "--out", "no/such/folder/r.md");
    }
  }

  private static void assertMistake(BackfillFixture fixture, String sentence, String... arguments) {
    Result result = fixture.cli.run(arguments);
    assertThat(result.code()).as(result.out()).isEqualTo(2);
    assertThat(result.err()).contains(sentence);
    assertThat(result.err().lines()).hasSize(1);
  }
}
