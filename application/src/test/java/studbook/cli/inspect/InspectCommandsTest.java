package studbook.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;
import studbook.cli.fixture.PlannedRunFixture;
import studbook.model.PauseCause;
import studbook.simulator.fault.FaultProfile;
import studbook.store.run.WorkerRepository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** errors, runs, show and export show the tables in every state of a run. */
class InspectCommandsTest {

  @TempDir Path folder;

  private BackfillFixture withFailures() throws Exception {
    BackfillFixture fixture =
        new BackfillFixture(60, folder).imported().failEveryThird("500:0.5,html:0.5");
    assertThat(fixture.cli.run("backfill", "--rate", "unlimited").code()).isEqualTo(1);
    return fixture;
  }

  private static String out(BackfillFixture fixture, String... arguments) {
    Result result = fixture.cli.run(arguments);
    assertThat(result.code()).as(result.err()).isZero();
    return result.out();
  }

  private static JsonNode json(BackfillFixture fixture, String... arguments) {
    return JsonMapper.shared().readTree(out(fixture, arguments));
  }

  @Test
  void errorsCountsHorsesAndRows() throws Exception {
    try (BackfillFixture fixture = withFailures()) {
      long failed = fixture.in("failed");
      long rows = fixture.count("SELECT count(*) FROM studbook.error");
      assertThat(rows).isGreaterThan(25);
      JsonNode all = json(fixture, "errors", "--json");
      assertThat(all.get("failed").asLong()).isEqualTo(failed);
      assertThat(all.get("log_entries").asLong()).isEqualTo(rows);
      assertThat(all.get("errors").size()).isEqualTo(20);
      assertThat(all.get("omitted").asLong()).isEqualTo(rows - 20);
      for (JsonNode kind : all.get("error_kinds")) {
        String name = kind.get("error_kind").asString();
        assertThat(kind.get("failed").asLong())
            .isEqualTo(
                fixture.count(
                    "SELECT count(*) FROM studbook.work_item WHERE error_kind = '" + name + "'"));
        assertThat(kind.get("log_entries").asLong())
            .isEqualTo(
                fixture.count("SELECT count(*) FROM studbook.error WHERE kind = '" + name + "'"));
      }
      String text = out(fixture, "errors", "--limit", "3");
      assertThat(text)
          .startsWith(
              "Run 1 (finished): %d of 60 horses failed, %d entries in the error log"
                  .formatted(failed, rows))
          .contains((rows - 3) + " more;");
      assertThat(out(fixture, "errors", "--summary")).doesNotContain("Message", "hrs_");
      JsonNode server = json(fixture, "errors", "--kind", "server_error", "--json");
      assertThat(server.get("error_kinds").size()).isEqualTo(1);
      for (JsonNode row : server.get("errors")) {
        assertThat(row.get("error_kind").asString()).isEqualTo("server_error");
        assertThat(row.get("http_status").asInt()).isEqualTo(500);
      }
    }
  }

  @Test
  void aReportGoesToStdoutAndAnImportComesFromStdin() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(5, folder)) {
      Result imported =
          fixture.cli.typing("sep=;\nhorse_id;name\nhrs_7;From a pipe\n").run("import", "-");
      assertThat(imported.code()).as(imported.err()).isZero();
      assertThat(fixture.list("SELECT name FROM ra_horses")).containsExactly("From a pipe");
      assertThat(fixture.cli.typing("horse_id,name\nhrs_x,A\n").run("import", "-").err())
          .contains("studbook: stdin: ");
      fixture.cli.run("backfill", "--yes", "--rate", "unlimited");
      assertThat(out(fixture, "report", "--out", "-", "--format", "md")).startsWith("# ");
      assertThat(folder.resolve("-")).doesNotExist();
    }
  }

  @Test
  void statusNamesEveryOutcomeThatLeavesAHorseWithoutADateOfBirth() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(30, folder).imported()) {
      assertThat(fixture.cli.run("backfill", "--rate", "unlimited").code()).isZero();
      fixture
          .jdbi()
          .useHandle(handle ->
              handle.execute(
                  """
                  UPDATE studbook.chunk SET enriched = 0, no_dob = 0, basic = 0, not_found = 0, failed = 0;
                  UPDATE studbook.chunk SET enriched = 9, no_dob = 7, basic = 6, not_found = 5, failed = 3
                  WHERE chunk_no = (SELECT min(chunk_no) FROM studbook.chunk);
                  """));
      assertThat(out(fixture, "status"))
          .contains(
              "30 of 30 completed: 9 enriched, 7 without a date of birth, 6 with a basic profile"
                  + " only, 5 not found, 3 failed.");
    }
  }

  @Test
  void mistakesAreSentences() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(5, folder).imported()) {
      assertMistake(fixture, "there is no run yet", "errors");
      assertMistake(fixture, "there is no run 7", "errors", "--run", "7");
      assertMistake(
          fixture,
          "'--kind': 'slow' is not one of timeout, connection,",
          "errors",
          "--kind",
          "slow");
      assertMistake(fixture, "--limit must be 1 or more", "errors", "--limit", "0");
      assertMistake(fixture, "--limit must be 1 or more", "runs", "--limit", "0");
      assertMistake(fixture, "neither ra_horses nor any run has a horse hrs_0", "show", "hrs_0");
      assertMistake(fixture, "there is no run yet", "export", "errors", "e.csv");
      assertMistake(fixture, "no such file or directory", "export", "horses", "nowhere/h.csv");
      Files.writeString(folder.resolve("mine.csv"), "mine");
      assertMistake(
          fixture,
          "mine.csv already exists: --force replaces a file",
          "export",
          "horses",
          "mine.csv");
      assertMistake(fixture, "--format", "export", "horses", "--format", "xml", "h.xml");
      assertMistake(fixture, "writes CSV and JSON", "export", "horses", "h.xlsx");
      assertThat(folder.resolve("mine.csv")).hasContent("mine");
      assertThat(folder).isDirectoryNotContaining("glob:**.part");
      assertThat(out(fixture, "runs")).contains("No run yet.");
    }
  }

  private static void assertMistake(BackfillFixture fixture, String says, String... arguments) {
    Result result = fixture.cli.run(arguments);
    assertThat(result.code()).as(String.join(" ", arguments)).isEqualTo(2);
    assertThat(result.err()).contains(says);
  }

  @Test
  void runsShowsActiveStoppedAndDeadRuns() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(30, folder).imported()) {
      try (PlannedRunFixture run = PlannedRunFixture.alive(fixture)) {
        assertThat(out(fixture, "runs")).containsPattern("1 +running ");
        assertThat(out(fixture, "errors")).startsWith("Run 1 (running): 0 of 30 horses failed");
        JsonNode step = json(fixture, "show", anyHorse(fixture), "--json").get("history").get(0);
        assertThat(step.get("outcome").asString()).isEqualTo("pending");
        assertThat(step.get("occurred_at").isNull()).isTrue();
        run.runStates.pause(
            1, run.owner, PauseCause.CREDENTIALS, "answered \u001B[31m401", Optional.empty());
        assertThat(out(fixture, "runs")).containsPattern("1 +paused ");
        new WorkerRepository(fixture.jdbi())
            .heartbeat(
                run.owner,
                new WorkerRepository.WorkerStatus(Optional.of(1L), 0, 0, Optional.empty()));
        assertThat(
                json(fixture, "workers", "--json").get("workers").get(0).get("status").asString())
            .isEqualTo("paused");
        assertThat(out(fixture, "workers")).contains("paused, owner");
        JsonNode paused = json(fixture, "runs", "--json").get("runs").get(0);
        assertThat(paused.get("state").asString()).isEqualTo("paused");
        assertThat(paused.get("active").asBoolean()).isTrue();
        assertThat(out(fixture, "status"))
            .contains("(paused: answered \uFFFD[31m401)")
            .doesNotContain("\u001B");
        run.runStates.leave(1, run.owner, Optional.empty(), "stopped by a signal");
        assertThat(out(fixture, "runs")).containsPattern("1 +stopped ");
      }
      try (PlannedRunFixture run = PlannedRunFixture.dead(fixture)) {
        assertThat(run.run.id()).isEqualTo(2);
        assertThat(out(fixture, "runs"))
            .containsPattern("2 +process died ")
            .containsPattern("1 +superseded ")
            .contains("`studbook backfill --resume` continues run 2.");
        assertThat(json(fixture, "runs", "--json").get("runs").get(0).get("active").asBoolean())
            .isFalse();
        assertThat(out(fixture, "errors")).startsWith("Run 2 (process died)");
        assertThat(json(fixture, "show", anyHorse(fixture), "--json").get("history"))
            .as("the run that was superseded never requested it")
            .singleElement()
            .satisfies(one -> assertThat(one.get("run_id").asLong()).isEqualTo(2));
      }
    }
  }

  private static String anyHorse(BackfillFixture fixture) {
    return fixture.population.named(3).id();
  }

  @Test
  void showReportsTheLastWriteAndLaterChanges() throws Exception {
    try (BackfillFixture fixture =
        new BackfillFixture(20, folder, BackfillFixture.options()).imported()) {
      fixture.simulator.setFaults(
          FaultProfile.parse("500:1").onlyFirst(1).onlyFor(fixture.horse(0), fixture.horse(7)));
      fixture.cli.run("backfill", "--rate", "unlimited");
      String id =
          fixture
              .jdbi()
              .withHandle(handle ->
                  handle
                      .createQuery(
                          "SELECT min(horse_id) FROM studbook.work_item WHERE state = 'enriched' AND"
                              + " has_pedigree AND request_count > 1")
                      .mapTo(String.class)
                      .one());
      assertThat(out(fixture, "show", id))
          .contains("Written by run 1 from pro, ", "the row is unmodified.", "→ enriched")
          .contains("server_error", "answered 500", "Sire ", "Born ");
      JsonNode shown = json(fixture, "show", id, "--json");
      assertThat(shown.get("history").size()).isEqualTo(2);
      assertThat(shown.get("history").get(1).get("outcome").asString()).isEqualTo("enriched");
      assertThat(shown.get("last_write").get("unmodified").asBoolean()).isTrue();

      fixture
          .jdbi()
          .useHandle(handle ->
              handle.execute("UPDATE ra_horse_pedigree SET dam = 'Else' WHERE horse_id = ?", id));
      assertThat(out(fixture, "show", id)).contains("the row was modified since.");

      fixture
          .jdbi()
          .useHandle(handle -> {
            handle.execute("DELETE FROM ra_horse_pedigree WHERE horse_id = ?", id);
            handle.execute("DELETE FROM ra_horses WHERE horse_id = ?", id);
          });
      assertThat(out(fixture, "show", id))
          .contains(
              "Missing: ra_horses has no such row.", "the row was deleted since.", "→ enriched");
      assertThat(json(fixture, "show", id, "--json").get("horse").isNull()).isTrue();
    }
  }

  @Test
  void exportsAreWholeAndFailedIdsAreAnIdsFile() throws Exception {
    try (BackfillFixture fixture = withFailures()) {
      long failed = fixture.in("failed");
      assertThat(out(fixture, "export", "failed-ids", "ids.txt"))
          .isEqualTo("%d ids in ids.txt.%n".formatted(failed));
      assertThat(Files.readAllLines(folder.resolve("ids.txt"))).hasSize((int) failed);
      assertThat(json(fixture, "export", "failed-ids", "-", "--format", "json").size())
          .isEqualTo((int) failed);
      assertThat(json(fixture, "export", "errors", "--format", "json", "-").size())
          .isEqualTo((int) fixture.count("SELECT count(*) FROM studbook.error"));
      assertThat(json(fixture, "export", "horses", "--format", "json", "-").size()).isEqualTo(60);
      assertThat(json(fixture, "export", "horses", "--run", "1", "--format", "json", "-").size())
          .isEqualTo(
              (int)
                  fixture.count(
                      "SELECT count(*) FROM studbook.work_item WHERE row_fingerprint IS NOT NULL"));
      assertThat(json(fixture, "export", "pedigrees", "--format", "json", "-").size())
          .isEqualTo((int) fixture.count("SELECT count(*) FROM ra_horse_pedigree"));
      out(fixture, "export", "horses", "h.csv");
      List<String> lines = Files.readAllLines(folder.resolve("h.csv"));
      assertThat(lines).hasSize(61);
      assertThat(lines.getFirst())
          .isEqualTo("horse_id,name,sex,sex_code,dob,colour,colour_code,region,updated_at");
      out(fixture, "export", "pedigrees", "h.csv", "--force");
      assertThat(folder.resolve("h.csv")).content().startsWith("horse_id,sire_id,sire,");

      fixture.simulator.setFaults(FaultProfile.NONE);
      assertThat(out(fixture, "backfill", "--ids-file", "ids.txt", "--rate", "unlimited"))
          .contains("Run 2 started: " + failed + " horse");
    }
  }

  @Test
  void hostileTextIsData() throws Exception {
    String hostile = "=cmd('\u001B[2J\u009B31m')\n\"'; drop table ra_horses; --\u202E";
    try (BackfillFixture fixture = new BackfillFixture(5, folder).imported()) {
      fixture.cli.run("backfill", "--rate", "unlimited");
      String id = anyHorse(fixture);
      fixture
          .jdbi()
          .useHandle(handle -> {
            handle.execute("UPDATE ra_horses SET name = ? WHERE horse_id = ?", hostile, id);
            handle.execute(
                """
                INSERT INTO ra_horse_pedigree (horse_id, breeder, sire) VALUES (?, ?, ?)
                ON CONFLICT (horse_id) DO UPDATE SET breeder = EXCLUDED.breeder, sire = EXCLUDED.sire
                """,
                id,
                hostile,
                hostile);
            handle.execute(
                "INSERT INTO studbook.error (run_id, horse_id, kind, message) VALUES (1, ?,"
                    + " 'malformed', ?)",
                id,
                hostile);
            handle.execute("UPDATE studbook.run SET reason = ?", hostile);
          });
      for (List<String> call :
          List.of(
              List.of("errors"),
              List.of("show", id),
              List.of("runs"),
              List.of("status"),
              List.of("errors", "--json"),
              List.of("show", id, "--json"),
              List.of("runs", "--json"),
              List.of("export", "horses", "-"),
              List.of("export", "pedigrees", "-"),
              List.of("export", "errors", "-"),
              List.of("export", "horses", "--format", "json", "-"),
              List.of("export", "errors", "--format", "json", "-"))) {
        String out = out(fixture, call.toArray(String[]::new));
        assertThat(out).as("%s", call).doesNotContain("\u001B", "\u009B", "\n=cmd", ",=cmd");
        if (!call.contains("-") || call.contains("json")) {
          assertThat(out).as("%s", call).doesNotContain("\u202E");
        }
      }
      assertThat(json(fixture, "show", id, "--json").get("horse").get("name").asString())
          .isEqualTo(hostile);
      assertThat(json(fixture, "errors", "--json").get("errors").get(0).get("message").asString())
          .isEqualTo(hostile);
      assertThat(fixture.count("SELECT count(*) FROM ra_horses")).isEqualTo(5);
      assertMistake(fixture, "\uFFFD[31m", "show", "\u001B[31m'; drop table ra_horses");
    }
  }
}
