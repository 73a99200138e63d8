package studbook.cli.pedigree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.CliRunner;
import studbook.cli.fixture.CliRunner.Result;
import studbook.store.TestStore;
import studbook.store.search.SearchIndexes;

/** How horses of the database are named on the command line. */
class DatabaseHorsesTest {

  private static final TestStore STORE = TestStore.fresh();

  @TempDir Path folder;

  private CliRunner cli;

  @AfterAll
  static void drop() {
    STORE.close();
  }

  @BeforeEach
  void fill() {
    STORE.reset();
    cli = new CliRunner(folder).on(STORE.server);
    STORE.sql(
        """
        INSERT INTO ra_horses (horse_id, name, dob) VALUES
          ('hrs_1', 'Long Meadow (IRE)', '2015-03-04'), ('hrs_2', 'Señor Muñoz (CHI)', '2008-09-10'),
          ('hrs_3', 'O''Malley''s Hill', '2004-02-03'), ('hrs_4', 'Dublin Bay (GB)', '2001-02-03'),
          ('hrs_5', 'Dublin Bay (USA)', '2011-02-03'), ('hrs_6', 'Long Meadow Lane (GB)', '2019-05-06')
        """);
    STORE.sql(
        """
        INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire, dam_id, dam, damsire_id, damsire) VALUES
          ('hrs_1', 'sir_2', 'Señor Muñoz', 'dam_8', 'First Mare (GB)', 'dsi_9', 'Far Sire (FR)'),
          ('hrs_6', 'sir_2', 'Señor Muñoz', NULL, NULL, 'dsi_10', 'Farther Sire (FR)')
        """);
    STORE.sql(
        """
        INSERT INTO studbook.ancestor (horse_id, status, generation, name, run_id) VALUES
          ('hrs_11', 'found', 1, 'Stored Mare (FR)', 1), ('hrs_12', 'not_found', 1, 'Missing Mare', 1)
        """);
  }

  private Result show(String horse) {
    return cli.run("pedigree", "show", horse);
  }

  private void assertShown(String horse, String name) {
    Result result = show(horse);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains(name);
  }

  private void assertMistake(String horse, String says) {
    Result result = show(horse);
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains(says).hasLineCount(1);
  }

  @Test
  void anIdHasAnyPrefixOrNone() {
    for (String id : new String[] {"hrs_1", "sir_1", "dam_1", "dsi_1", "1"}) {
      assertShown(id, "Long Meadow (IRE) 4 Mar 2015");
    }
    assertShown("11", "Stored Mare (FR)");
  }

  @Test
  void aHorseWithoutARecordIsFoundWhereOthersNameIt() {
    assertShown("8", "Far Sire (FR)");
    assertShown("dsi_9", "Far Sire (FR)");
    assertShown("10", "Farther Sire (FR)");
    assertMistake("12", "no horse '12'");
    assertMistake("4711", "no horse '4711'");
  }

  @Test
  void aNameIsFoundWithoutSuffixCaseAccentsAndPunctuation() {
    for (String name :
        new String[] {"Long Meadow (IRE)", "long meadow", "LONG MEADOW", "Long-Meadow (ire)"}) {
      assertShown(name, "Long Meadow (IRE) 4 Mar 2015");
    }
    assertShown("Senor Munoz", "Señor Muñoz (CHI)");
    assertShown("SEÑOR MUÑOZ", "Señor Muñoz (CHI)");
    assertShown("omalleys hill", "O'Malley's Hill");
    assertShown("stored mare", "Stored Mare (FR)");
  }

  @Test
  void aNameOfSeveralHorsesIsNoAnswer() {
    assertMistake(
        "dublin bay",
        "2 horses are named 'dublin bay'; use an ID: Dublin Bay (GB) (hrs_4, 2001), Dublin Bay"
            + " (USA) (hrs_5, 2011)");
  }

  @Test
  void anUnknownNameIsAnsweredWithTheThreeNearest() {
    for (boolean indexed : new boolean[] {false, true}) {
      if (indexed) {
        new SearchIndexes(STORE.server.dataSource()).create();
      } else {
        STORE.sql("DROP INDEX IF EXISTS studbook_horses_by_name");
      }
      assertMistake(
          "Stored Meadow",
          "no horse 'Stored Meadow'; the nearest names: Stored Mare (FR) (hrs_11), Long Meadow (IRE)"
              + " (hrs_1, 2015), Long Meadow Lane (GB) (hrs_6, 2019)");
      assertMistake(
          "Long Mea", "no horse 'Long Mea'; the nearest names: Long Meadow (IRE) (hrs_1,");
      assertMistake("%", "no horse '%'");
      assertMistake(" ", "no horse");
    }
  }

  @Test
  void eachCommandAboutHorsesFindsThem() {
    assertThat(cli.run("pedigree", "inbreeding", "long meadow").out()).contains("[hrs_1]");
    assertThat(cli.run("pedigree", "inbreeding", "long meadow", "6", "--out", "-").out())
        .contains("\nhrs_1,hrs_2,hrs_8,0.0,1.25,2,1,", "\nhrs_6,hrs_2,,0.0,0.5,1,0,");
    assertThat(cli.run("pedigree", "lines", "senor munoz").out())
        .contains("Offspring: 2: Long Meadow (IRE) 2015, Long Meadow Lane (GB) 2019");
    assertThat(cli.run("pedigree", "lines", "6").out())
        .contains("Half-siblings by the sire: 1: Long Meadow (IRE) 2015");
    assertThat(cli.run("pedigree", "mating", "1", "6", "--json").out())
        .contains("\"inbreeding_percent\" : 12.5");
    assertThat(cli.run("pedigree", "mating", "1", "Lang Meadow").code()).isEqualTo(2);
  }
}
