package studbook.cli.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A good database with one fault at a time: exactly that figure changes. */
class SpoiledRowsTest {

  private static final int HORSES = 600;

  @TempDir static Path folder;
  private static BackfillFixture fixture;
  private static Map<String, String> good = Map.of();

  @BeforeAll
  static void fill() throws Exception {
    fixture = new BackfillFixture(HORSES, folder).imported();
    assertThat(fixture.cli.run("backfill", "--rate", "unlimited").code()).isZero();
    keep("CREATE SCHEMA kept");
    for (String table : TABLES) {
      keep("CREATE TABLE kept.%s AS SELECT * FROM %s".formatted(bare(table), table));
    }
    good = results();
    assertThat(good.values()).containsOnly("pass");
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  private static final String[] TABLES = {
    "ra_horses", "ra_horse_pedigree", "studbook.work_item", "studbook.chunk", "studbook.run_event"
  };

  @AfterEach
  void mend() {
    for (String table : TABLES) {
      keep("TRUNCATE " + table);
      keep("INSERT INTO %s SELECT * FROM kept.%s".formatted(table, bare(table)));
    }
    fixture.cli.environment().keySet().removeIf(name -> name.startsWith("STUDBOOK_M"));
  }

  private static String bare(String table) {
    return table.substring(table.indexOf('.') + 1);
  }

  private static void keep(String statement) {
    fixture.jdbi().useHandle(handle -> handle.createScript(statement).execute());
  }

  /** The results of every criterion and check and of the sample, by name. */
  private static Map<String, String> results() {
    JsonNode json =
        JsonMapper.shared().readTree(fixture.cli.run("validate", "--json", "--seed", "1").out());
    Map<String, String> results = new TreeMap<>();
    json.get("criteria")
        .forEach(one -> results.put(one.get("criterion").asString(), one.get("result").asString()));
    json.get("row_checks")
        .forEach(one -> results.put(one.get("check").asString(), one.get("result").asString()));
    results.put("sample", json.get("sample").get("result").asString());
    return results;
  }

  /**
   * One way to spoil it.
   *
   * @param turns the figures that become bad, and how
   * @param more good rows that no run wrote, to be spoiled
   */
  record Spoil(
      Map<String, String> turns, int more, String statement, Map<String, String> settings) {

    boolean fails() {
      return turns.containsValue("fail");
    }
  }

  private static Spoil rows(String turns, int more, String statement) {
    return rows(turns, more, statement, Map.of());
  }

  private static Spoil rows(
      String turns, int more, String statement, Map<String, String> settings) {
    Map<String, String> results = new TreeMap<>();
    for (String turn : turns.split(", ", -1)) {
      results.put(turn.substring(0, turn.indexOf(' ')), turn.substring(turn.indexOf(' ') + 1));
    }
    return new Spoil(results, more, statement, settings);
  }

  static Stream<Spoil> spoils() {
    return Stream.of(
        rows(
            "enriched not_yet",
            0,
            "INSERT INTO ra_horses (horse_id, name) SELECT 'hrs_8' || i, 'Bare ' || i FROM generate_series(1, 60) i"),
        rows(
            "pedigree fail",
            0,
            "INSERT INTO ra_horse_pedigree (horse_id, sire) SELECT 'none_' || i, 'Stray' FROM generate_series(1, 60) i",
            Map.of("STUDBOOK_MIN_PEDIGREE", "99")),
        rows(
            "errors fail",
            0,
            """
            UPDATE studbook.work_item SET state = 'failed', row_fingerprint = NULL, has_pedigree = false
            WHERE horse_id IN (SELECT horse_id FROM studbook.work_item WHERE state = 'enriched' LIMIT 35);
            UPDATE studbook.chunk c SET (enriched, failed, pedigrees) = (
              SELECT count(*) FILTER (WHERE state = 'enriched'), count(*) FILTER (WHERE state = 'failed'),
                     count(*) FILTER (WHERE has_pedigree)
              FROM studbook.work_item i WHERE i.horse_id BETWEEN c.first_horse_id AND c.last_horse_id)
            """),
        rows(
            "critical fail",
            0,
            """
            INSERT INTO studbook.run_event (run_id, occurred_at, event, cause)
            VALUES (1, clock_timestamp() - interval '1 h', 'paused', 'database'),
                   (1, clock_timestamp() - interval '49 min', 'resumed', NULL)
            """),
        rows(
            "totals fail",
            0,
            "UPDATE studbook.chunk SET not_found = not_found + 1 WHERE chunk_no = 1"),
        rows(
            "totals fail",
            0,
            "UPDATE studbook.chunk SET pedigrees = pedigrees - 1 WHERE chunk_no = 0"),
        rows(
            "totals fail",
            0,
            "DELETE FROM ra_horse_pedigree WHERE horse_id = (SELECT min(horse_id) FROM studbook.work_item WHERE has_pedigree)"),
        rows(
            "totals fail",
            0,
            "UPDATE ra_horses SET dob = NULL WHERE horse_id = (SELECT min(horse_id) FROM studbook.work_item WHERE state = 'enriched')"),
        rows("sample fail", 0, "UPDATE ra_horses SET colour_code = 'X'"),
        rows("sample fail", 0, "UPDATE ra_horse_pedigree SET breeder = 'Somebody Else'"),
        rows(
            "dob_missing warn",
            40,
            "UPDATE ra_horses SET dob = NULL" + SPOILED,
            Map.of("STUDBOOK_MIN_ENRICHED", "50")),
        rows(
            "dob_missing fail",
            80,
            "UPDATE ra_horses SET dob = NULL" + SPOILED,
            Map.of("STUDBOOK_MIN_ENRICHED", "50")),
        rows("sex_code_missing warn", 40, "UPDATE ra_horses SET sex_code = NULL" + SPOILED),
        rows("sex_code_missing fail", 80, "UPDATE ra_horses SET sex_code = ''" + SPOILED),
        rows("colour_missing fail", 80, "UPDATE ra_horses SET colour = NULL" + SPOILED),
        rows("region_missing fail", 80, "UPDATE ra_horses SET region = ''" + SPOILED),
        rows("sire_known warn", 80, "UPDATE ra_horse_pedigree SET sire = NULL" + SPOILED),
        rows("sire_known fail", 250, "UPDATE ra_horse_pedigree SET sire = ''" + SPOILED),
        rows("dam_known warn", 80, "UPDATE ra_horse_pedigree SET dam = NULL" + SPOILED),
        rows("damsire_known warn", 80, "UPDATE ra_horse_pedigree SET damsire = NULL" + SPOILED),
        rows("breeder_known warn", 80, "UPDATE ra_horse_pedigree SET breeder = NULL" + SPOILED),
        rows("sex_code_unknown fail", 1, "UPDATE ra_horses SET sex_code = 'X'" + SPOILED),
        rows("dob_impossible fail", 1, "UPDATE ra_horses SET dob = current_date + 2" + SPOILED),
        rows("dob_impossible fail", 1, "UPDATE ra_horses SET dob = '1699-12-31'" + SPOILED),
        rows("id_prefix fail", 1, "UPDATE ra_horse_pedigree SET sire_id = 'dam_77'" + SPOILED),
        rows("id_prefix fail", 1, "UPDATE ra_horse_pedigree SET damsire_id = 'hrs_77'" + SPOILED),
        rows(
            "own_parent fail",
            1,
            "UPDATE ra_horse_pedigree SET dam_id = 'dam_0' || substr(horse_id, 5)" + SPOILED),
        rows(
            "sire_is_dam fail",
            1,
            "UPDATE ra_horse_pedigree SET dam_id = 'dam_' || substr(sire_id, 5)" + SPOILED),
        rows(
            "sire_is_dam fail, parent_without_id warn",
            1,
            "UPDATE ra_horse_pedigree SET dam_id = NULL, dam = sire" + SPOILED),
        rows(
            "parent_without_id warn",
            1,
            "UPDATE ra_horse_pedigree SET damsire_id = NULL" + SPOILED),
        rows("parent_without_id fail", 20, "UPDATE ra_horse_pedigree SET sire_id = ''" + SPOILED),
        rows("region_suffix warn", 1, "UPDATE ra_horses SET region = 'fr'" + SPOILED),
        rows("region_suffix fail", 20, "UPDATE ra_horses SET region = 'fr'" + SPOILED),
        rows("repeated warn", 2, "UPDATE ra_horses SET name = 'One (GB)'" + SPOILED),
        rows("repeated fail", 20, "UPDATE ra_horses SET name = 'One (GB)'" + SPOILED));
  }

  private static final String SPOILED = " WHERE horse_id LIKE 'hrs\\_90000%'";

  @ParameterizedTest
  @MethodSource("spoils")
  void exactlyThatTurns(Spoil spoil) {
    addGoodRows(spoil.more());
    spoil.settings().forEach(fixture.cli::with);
    if (spoil.more() > 0) {
      assertThat(results()).as("before").isEqualTo(good);
    }
    keep(spoil.statement());
    Map<String, String> results = results();
    results.entrySet().removeAll(good.entrySet());
    // Beside a row that no run has requested, the requested ones are judged alone.
    results
        .entrySet()
        .removeIf(
            result -> result.getKey().endsWith("_requested") && result.getValue().equals("pass"));
    assertThat(results).isEqualTo(spoil.turns());
    Result text = fixture.cli.run("validate", "--seed", "1");
    assertThat(text.code()).isEqualTo(spoil.fails() ? 1 : 0);
    assertThat(text.out().lines().toList().getLast())
        .startsWith(text.code() == 0 ? "PASS" : "FAIL");
  }

  private static void addGoodRows(int count) {
    fixture
        .jdbi()
        .useHandle(handle -> {
          handle.execute(
              """
              INSERT INTO ra_horses (horse_id, name, sex, sex_code, dob, colour, colour_code, region)
              SELECT 'hrs_' || 900000000 + i, 'Good ' || i || ' (GB)', 'mare', 'M', '2015-03-04', 'bay', 'B', 'gb'
              FROM generate_series(1, ?) i
              """,
              count);
          handle.execute(
              """
              INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire, dam_id, dam, damsire_id, damsire, breeder, region)
              SELECT 'hrs_' || 900000000 + i, 'sir_1', 'Sire (GB)', 'dam_2', 'Dam (GB)', 'dsi_3', 'Damsire (GB)', 'Stud', 'gb'
              FROM generate_series(1, ?) i
              """,
              count);
        });
  }

  @Test
  void aRegionThatIsTheSuffixInOtherLettersContradictsNothing() {
    addGoodRows(3);
    keep("UPDATE ra_horses SET region = ' GB '" + SPOILED);
    assertThat(results()).isEqualTo(good);
  }

  @Test
  void differencesOfSampledRowsAreReported() {
    keep("DELETE FROM ra_horse_pedigree");
    assertThat(fixture.cli.run("validate").out()).contains("run 1: pedigree deleted");
    mend();
    keep("UPDATE ra_horses SET dob = NULL");
    assertThat(fixture.cli.run("validate").out()).contains("run 1: dob erased");
    mend();
    keep("UPDATE ra_horses SET colour = 'puce', updated_at = clock_timestamp()");
    assertThat(fixture.cli.run("validate").out())
        .containsPattern("run 1: changed \\w+ \\d+ \\w+ \\d\\d:\\d\\d");
    mend();
    keep("DELETE FROM ra_horses");
    assertThat(fixture.cli.run("validate").out()).contains("run 1: horse deleted");
  }
}
