package studbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.chart.ChartFixture;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner;
import studbook.cli.fixture.CliRunner.Result;
import studbook.cli.fixture.JsonDocument;
import studbook.ratelimit.RateLimitKey;
import studbook.simulator.fault.FaultProfile;
import studbook.store.run.ProcessIdentity;
import studbook.store.run.WorkerRepository;
import studbook.time.Rate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every printed key is in docs/json.md, and every key there is printed. */
class JsonKeysTest {

  @TempDir Path folder;

  @Test
  void theTablesHaveTheKeysOfTheCommands() throws Exception {
    try (BackfillFixture fixture =
        new BackfillFixture(90, folder).imported().failEveryThird("500:0.6")) {
      fixture.cli.run("backfill", "--rate", "unlimited");
      String failed =
          fixture
              .list("SELECT min(horse_id) FROM studbook.work_item WHERE state = 'failed'")
              .getFirst();
      fixture.simulator.setFaults(FaultProfile.always(500).onlyFor(failed));
      fixture.cli.run("retry", "--rate", "unlimited");
      assertThat(fixture.in("failed")).isPositive();
      fixture.simulator.setFaults(FaultProfile.NONE);
      String horse =
          fixture
              .jdbi()
              .withHandle(handle ->
                  handle
                      .createQuery(
                          "SELECT min(horse_id) FROM studbook.work_item WHERE state = 'enriched'"
                              + " AND has_pedigree AND request_count > 1")
                      .mapTo(String.class)
                      .one());
      String sire = parent(fixture, horse, "sire");
      String dam = parent(fixture, horse, "dam");
      Files.writeString(folder.resolve("horses.csv"), "horse_id,name,notes\nhrs_1,A,b\n");
      Files.writeString(folder.resolve("pedigree.csv"), ChartFixture.LINEBRED);
      new WorkerRepository(fixture.jdbi())
          .register(
              UUID.randomUUID(),
              ProcessIdentity.mine(),
              "test",
              new RateLimitKey("test"),
              new Rate(2),
              Optional.empty(),
              _ -> {});
      fixture
          .jdbi()
          .useHandle(handle -> {
            handle.execute(
                """
                INSERT INTO studbook.run_event (run_id, event, detail)
                SELECT max(run_id), 'limit_lowered', 'to 1.5/s' FROM studbook.run
                """);
            handle.execute(
                """
                INSERT INTO studbook.job_occurrence (job, due_at, process, ended_at, result, message)
                VALUES ('discover', now(), 'host a (process 1)', now(), 'done', '12 inserted')
                """);
            handle.execute(
                """
                INSERT INTO studbook.run_field (run_id, endpoint, field, response_count, filled_count)
                SELECT max(run_id), 'pro', 'never', 100, 0 FROM studbook.run
                """);
            handle.execute(
                """
                INSERT INTO studbook.api_drift (endpoint, path, kind, detail, first_seen_at, occurrence_count, example)
                VALUES ('pro', 'trainer', 'unknown_field', '', '2001-01-01', 1, 'J Smith')
                """);
            handle.execute(
                """
                INSERT INTO studbook.run (run_id, state, owner_worker_id, version, horses_before, enriched_before,
                  pedigrees_before, started_at, ended_at)
                OVERRIDING SYSTEM VALUE
                SELECT 0, 'finished', owner_worker_id, version, 0, 0, 0, '2001-01-05 UTC', '2001-01-06 UTC'
                FROM studbook.run LIMIT 1
                """);
            handle.execute(
                """
                INSERT INTO studbook.error (run_id, occurred_at, kind, message)
                VALUES (0, '2001-01-05 UTC', 'timeout', 'no response')
                """);
            handle.execute(
                """
                INSERT INTO studbook.change (horse_id, column_name, old_value, new_value, source, run_id)
                VALUES (?, 'sex_code', 'C', 'G', 'pro', 1)
                """,
                horse);
            handle.execute(
                """
                INSERT INTO studbook.review (horse_id, field, old_value, new_value, source, run_id)
                VALUES (?, 'dob', '2001-01-01', '2009-01-01', 'pro', 1)
                """,
                horse);
            handle.execute(
                """
                UPDATE ra_horse_pedigree SET sire = 'A Namesake', dam_id = 'dam_7', dam = 'A Missing Mare'
                WHERE horse_id = (
                  SELECT max(horse_id) FROM ra_horse_pedigree WHERE dam_id IS NOT NULL AND horse_id <> ?)
                """,
                horse);
          });
      fixture.cli.run("archive", "--before", "2001-02");
      fixture.cli.with("STUDBOOK_WEBHOOK_URL", "http://127.0.0.1:1/none"); // refuses connections
      fixture.sql("UPDATE studbook.run SET ledger_archived = false WHERE run_id = 0");
      JsonDocument document = JsonDocument.read();
      assertThat(document.commands()).hasSizeGreaterThanOrEqualTo(15);
      TreeSet<String> seen = new TreeSet<>();
      for (String command : document.commands()) {
        String called =
            command.replace("HORSE_ID", horse).replace("SIRE", sire).replace("DAM", dam);
        Result result = fixture.cli.run(called.split(" "));
        assertThat(result.code()).as(command + ": " + result.err()).isIn(0, 1);
        JsonNode printed = JsonMapper.shared().readTree(result.out());
        assertThat(document.differences(command, printed, seen)).as(command).isEmpty();
      }
      assertThat(document.sections().keySet())
          .as("every table was compared with an object that a command printed")
          .filteredOn(name -> !document.section(name).isEmpty())
          .isSubsetOf(seen);
    }
  }

  /** The horse's parent, which becomes one of two half-siblings. */
  private static String parent(BackfillFixture fixture, String horse, String side) {
    String parent =
        fixture
            .list(
                "SELECT 'hrs_' || substr(%s_id, 5) FROM ra_horse_pedigree WHERE horse_id = '%s'"
                    .formatted(side, horse))
            .getFirst();
    fixture.sql("DELETE FROM ra_horse_pedigree WHERE horse_id = '%s'".formatted(parent));
    fixture.sql(
        "INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire) VALUES ('%s', 'sir_987654321', 'Old Oak')"
            .formatted(parent));
    fixture.sql(
        "UPDATE ra_horse_pedigree SET damsire_id = 'dsi_987654321', damsire = 'Old Oak' WHERE substr(dam_id, 5) = '%s'"
            .formatted(parent.substring(4)));
    return parent;
  }

  @Test
  void aKeyHasTheSameTypeAndUnitEverywhere() throws Exception {
    assertThat(JsonDocument.read().contradictions()).isEmpty();
  }

  @Test
  void everyCommandThatPrintsJsonIsDocumented() throws Exception {
    CliRunner cli = new CliRunner(folder);
    Set<String> documented = new TreeSet<>();
    JsonDocument.read()
        .commands()
        .forEach(command -> documented.add(command.replaceFirst(" .*", "")));
    for (String command : HelpTest.commands(cli)) {
      if (cli.run(command, "--help").out().contains("--json")) {
        assertThat(documented).contains(command);
      }
    }
  }
}
