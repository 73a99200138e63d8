package studbook.cli.pedigree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;

/** {@code studbook links} through the command line. */
class LinksCommandTest {

  @TempDir Path folder;

  @Test
  void countsParentsAndShowsContradictions() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(4, folder).imported()) {
      fixture.sql("DELETE FROM ra_horses");
      assertThat(fixture.cli.run("links").out()).contains("No links");
      fixture.sql(
          """
          INSERT INTO ra_horses (horse_id, name, sex_code, dob) VALUES
            ('hrs_1', 'Foal', 'C', '2020-03-01'), ('hrs_2', 'SIRE', 'H', '2010-01-01'),
            ('hrs_3', 'Dam (IRE)', 'G', '2018-01-01'), ('hrs_4', 'Damsire (FR)', 'H', '2000-01-01'),
            ('hrs_5', 'Twin', 'F', '2021-03-01')
          """);
      fixture.sql(
          """
          INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire, dam_id, dam, damsire_id, damsire) VALUES
            ('hrs_1', 'sir_2', 'Sire (GB)', 'dam_3', 'Dam', 'dsi_4', 'Damsire'),
            ('hrs_5', 'sir_2', 'Other', 'dam_9', 'Missing Mare', NULL, 'Nobody'),
            ('hrs_3', 'sir_8', 'Ancestor', 'dam_7', 'unknown', NULL, NULL)
          """);
      fixture.sql(
          "INSERT INTO studbook.ancestor (horse_id, status, generation, name, run_id) VALUES ('hrs_8', 'found', 1, 'Ancestor', 1)");

      Result text = fixture.cli.run("links");
      assertThat(text.code()).isEqualTo(1);
      assertThat(text.out().lines().map(line -> line.strip().replaceAll("\\s+", " ")))
          .contains(
              "Role Links Horses ra_horses ancestor Missing No ID Name Sex Age Damsire",
              "sire 3 2 1 1 0 0 1 0 0 0",
              "dam 2 2 1 0 1 0 0 1 1 0",
              "damsire 2 1 1 0 0 1 0 0 0 1",
              "hrs_1 Foal dam hrs_3 Dam sex G",
              "hrs_1 Foal dam hrs_3 Dam age 2018",
              "hrs_1 Foal damsire hrs_4 Damsire damsire hrs_8",
              "hrs_5 Twin sire hrs_2 Other name SIRE");
      assertThat(text.out()).contains("1 horse named as sire or dam without a row");
      assertThat(fixture.cli.run("links", "--limit", "1", "--json").out())
          .contains("\"contradiction\" : \"sex\"")
          .doesNotContain("\"age\"");
      assertThat(fixture.cli.run("links", "--limit", "0").code()).isEqualTo(2);
    }
  }

  @Test
  void aNameFromOutsideIsPrintable() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(1, folder).imported()) {
      fixture.sql(
          """
          INSERT INTO ra_horses (horse_id, name, sex_code) VALUES ('hrs_1', E'\\x1b[31mRed', 'C'), ('hrs_2', 'B', 'H')
          """);
      fixture.sql(
          "INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire) VALUES ('hrs_1', 'sir_2', E'\\x1b]0;x')");
      assertThat(fixture.cli.run("links").out()).contains("sir").doesNotContain("\u001b");
    }
  }
}
