package studbook.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;

/** The page of a mating, over HTTP. */
class MatingPageTest {

  @TempDir private Path folder;

  @Test
  void halfSiblingsHaveAFoalWithAnEighth() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(5, folder)) {
      assertThat(fixture.cli.run("init").code()).isZero();
      fixture.sql(
          """
          INSERT INTO ra_horses (horse_id, name, sex_code, dob) VALUES
            ('hrs_1', 'Old Sire (GB)', 'H', '2000-03-01'), ('hrs_2', 'Young Colt (GB)', 'C', '2015-03-01'),
            ('hrs_3', 'Young Filly (GB)', 'F', '2015-04-01')
          """);
      fixture.sql(
          """
          INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire, dam_id, dam) VALUES
            ('hrs_2', 'sir_1', 'Old Sire (GB)', 'dam_8', 'One Mare (GB)'),
            ('hrs_3', 'sir_1', 'Old Sire (GB)', 'dam_9', 'Other Mare (GB)')
          """);
      try (DashboardFixture dashboard = DashboardFixture.start(fixture, "serve-")) {
        assertThat(dashboard.get("/mating").body()).contains("coefficient of inbreeding");
        assertThat(dashboard.get("/mating?sire=hrs_2&dam=hrs_3").body())
            .contains("12.500%", "Old Sire");
        assertThat(dashboard.get("/mating?sire=hrs_2&dam=hrs_77").body())
            .contains("notice bad", "hrs_77");
        assertThat(dashboard.get("/mating?sire=--out&dam=hrs_3").body())
            .as("an option is no horse")
            .contains("coefficient of inbreeding");
        assertThat(dashboard.get("/mating?sire=%3Cscript%3E&dam=hrs_3").body())
            .doesNotContain("<script>");
      }
    }
  }
}
