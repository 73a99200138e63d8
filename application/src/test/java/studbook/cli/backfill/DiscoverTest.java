package studbook.cli.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;
import studbook.simulator.fault.FaultProfile;
import studbook.simulator.http.RateLimitGroup;
import studbook.simulator.http.SimulatedEndpoint;

class DiscoverTest {

  @TempDir Path folder;

  @Test
  void insertsEnrichedRunnersOfComingDaysAndConfirmsExistingOnes() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(30_000, folder)) {
      assertThat(fixture.cli.run("init").code()).isZero();
      Result first = fixture.cli.run("discover", "--rate", "unlimited", "--days", "1");
      assertThat(first.code()).as(first.err()).isZero();
      long horses = fixture.count("SELECT count(*) FROM ra_horses");
      assertThat(horses).isGreaterThan(200);
      assertThat(first.out()).contains(horses + " runners, " + horses + " inserted, ");
      assertThat(fixture.count("SELECT count(*) FROM ra_horse_pedigree"))
          .isBetween(horses * 9 / 10, horses);
      assertThat(fixture.count("SELECT count(*) FROM ra_horses WHERE name LIKE '% (%)'"))
          .isEqualTo(horses);
      assertThat(
              fixture.count(
                  "SELECT count(*) FROM ra_horses h LEFT JOIN ra_horse_pedigree p USING (horse_id)"
                      + " WHERE h.dob IS NOT NULL AND p.horse_id IS NULL"))
          .as("who has a day of birth has a pedigree, the others are asked for")
          .isZero();
      String horse =
          fixture.list("SELECT min(horse_id) FROM ra_horses WHERE dob IS NOT NULL").getFirst();
      String before = rows(fixture);
      fixture.sql(
          "UPDATE ra_horses SET name = 'Mine', sex = NULL, dob = NULL, updated_at = '2026-01-01'"
              + " WHERE horse_id = '%s'".formatted(horse));
      fixture.sql("UPDATE studbook.confirmation SET confirmed_at = '2026-01-02'");

      Result again = fixture.cli.run("discover", "--rate", "unlimited", "--days", "1");

      assertThat(again.out())
          .contains(" 0 inserted, 0 of them enriched", "1 horse changed", "1 horse to review");
      assertThat(rows(fixture)).as("the name waits for a person").isEqualTo(before);
      assertThat(fixture.list("SELECT name FROM ra_horses WHERE horse_id = '%s'".formatted(horse)))
          .containsExactly("Mine");
      assertThat(
              fixture.count(
                  "SELECT count(*) FROM studbook.confirmation WHERE confirmed_at > '2026-01-03' AND"
                      + " run_id IS NULL AND source = 'racecards'"))
          .isEqualTo(fixture.count("SELECT count(*) FROM ra_horses WHERE dob IS NOT NULL"));
      assertThat(fixture.simulator.statistics().count(SimulatedEndpoint.RACECARDS, 200))
          .isEqualTo(2);
      assertThat(fixture.simulator.statistics().arrivals()).isEqualTo(2);
    }
  }

  private static String rows(BackfillFixture fixture) {
    return fixture
        .list(
            "SELECT string_agg(concat_ws(' ', horse_id, dob, sex, sex_code, colour, region), ';'"
                + " ORDER BY horse_id) FROM ra_horses")
        .toString();
  }

  @Test
  void anUnreadableDayIsReportedAndTheNextIsRead() throws Exception {
    FaultProfile faults = FaultProfile.parse("404:1").only(RateLimitGroup.RACECARDS);
    try (BackfillFixture fixture =
        new BackfillFixture(10, folder, BackfillFixture.options().withFaults(faults))) {
      Result result = fixture.cli.run("discover", "--rate", "unlimited", "--days", "2");
      assertThat(result.code()).isEqualTo(1);
      assertThat(result.out().lines())
          .hasSize(2)
          .allMatch(line -> line.contains("not read: answered 404"));
      assertThat(fixture.cli.run("discover", "--days", "9").code()).isEqualTo(2);
    }
  }
}
