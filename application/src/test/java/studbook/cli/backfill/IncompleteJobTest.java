package studbook.cli.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;
import studbook.cli.fixture.PlannedRunFixture;
import studbook.simulator.fault.FaultProfile;
import studbook.simulator.population.HorseRecord;
import studbook.simulator.population.ParentRef;
import studbook.simulator.population.ProfileAvailability;
import studbook.store.run.HorseSelection;
import tools.jackson.databind.json.JsonMapper;

/** Horses that have a date of birth and lack other fields, from the import to the second run. */
class IncompleteJobTest {

  private static final String DOB = "1999-09-09";

  @TempDir Path folder;

  /** Horses with a date of birth that the API does not confirm, and no other field. */
  private BackfillFixture dated(int horses) throws Exception {
    BackfillFixture fixture = new BackfillFixture(horses, folder).imported();
    fixture.sql("UPDATE ra_horses SET dob = '" + DOB + "'");
    return fixture;
  }

  private static Result incomplete(BackfillFixture fixture, String... more) {
    List<String> words =
        new ArrayList<>(List.of("backfill", "--incomplete", "--rate", "unlimited"));
    words.addAll(List.of(more));
    return fixture.cli.run(words.toArray(String[]::new));
  }

  /** The API has every field. */
  private static HorseRecord known(BackfillFixture fixture, int number) {
    return fixture
        .population
        .horses()
        .flatMap(horse -> fixture.population.horse(horse.id()).stream())
        .filter(horse -> horse.availability() == ProfileAvailability.DETAILED)
        .filter(horse -> horse.sire() != null && horse.dam() != null && horse.damsire() != null)
        .filter(horse -> horse.breeder() != null && horse.sexCode() != null)
        .filter(horse -> horse.colour() != null && horse.region() != null)
        .skip(number)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aHorseWithADateOfBirthIsCompletedOnceAndNothingOfItIsOverwritten() throws Exception {
    try (BackfillFixture fixture = dated(40)) {
      String bare = known(fixture, 0).id();
      ParentRef sire = Objects.requireNonNull(known(fixture, 0).sire());
      String withSire = known(fixture, 1).id();
      fixture.sql(
          "INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire) VALUES ('%s', 'sir_7', 'My Own (GB)')"
              .formatted(withSire));
      assertThat(fixture.cli.run("status").out())
          .contains(
              "40 horses with a date of birth lack another field: `studbook backfill --incomplete`"
                  + " requests them.");
      assertThat(fixture.cli.run("plan").out())
          .contains("Incomplete 40 horses with a date of birth lack another field");
      Result ordinary = fixture.cli.run("backfill", "--rate", "unlimited");
      assertThat(ordinary.out()).contains("Incomplete 40 horses", "Nothing to do: every horse");
      assertThat(fixture.simulator.statistics().arrivals()).isZero();

      Path ids = Files.writeString(folder.resolve("ids.txt"), bare + "\n" + withSire + "\n");
      assertThat(fixture.cli.run("backfill", "--ids-file", ids.toString()).out())
          .contains(
              "Skipped    2 of the IDs file, already enriched",
              "Incomplete 2 horses of the IDs file with a date of birth lack another field:"
                  + " `studbook backfill --incomplete` requests them");
      assertThat(incomplete(fixture, "--ids-file", ids.toString()).out())
          .contains("Run 1 started: 2 horses.", "Run 1 is finished.");

      assertThat(fixture.count("SELECT count(*) FROM ra_horses WHERE dob <> '" + DOB + "'"))
          .isZero();
      assertThat(
              fixture.list(
                  "SELECT concat_ws('|', sire_id, sire) FROM ra_horse_pedigree ORDER BY horse_id = '"
                      + bare
                      + "'"))
          .containsExactly(
              "sir_7|My Own (GB)", "sir_%s|%s".formatted(sire.number(), sire.fullName()));
      assertThat(
              fixture.count(
                  "SELECT count(*) FROM ra_horse_pedigree WHERE breeder <> '' AND dam_id <> '' AND damsire_id <> ''"))
          .isEqualTo(2);
      assertThat(
              fixture.count(
                  "SELECT count(*) FROM ra_horses WHERE colour <> '' AND sex_code <> '' AND region <> ''"))
          .isEqualTo(2);
    }
  }

  @Test
  void incompleteHorsesAreRequestedAgainAfterNinetyDays() throws Exception {
    try (BackfillFixture fixture = dated(60)) {
      assertThat(incomplete(fixture, "--test").out()).contains("Run 1 started: 10 horses.");
      assertThat(incomplete(fixture).out()).contains("Run 2 started: 50 horses.");
      long lacking =
          fixture.count(
              """
              SELECT count(*) FROM ra_horses h LEFT JOIN ra_horse_pedigree p USING (horse_id)
              WHERE (h.sex <> '' AND h.sex_code <> '' AND h.colour <> '' AND h.colour_code <> '' AND h.region <> ''
                     AND p.sire_id <> '' AND p.dam_id <> '' AND p.damsire_id <> '' AND p.breeder <> '') IS NOT TRUE
              """);
      assertThat(lacking).isPositive();
      long asked = fixture.simulator.statistics().arrivals();

      Result second = incomplete(fixture);

      assertThat(second.code()).isZero();
      assertThat(second.out())
          .contains(
              "Skipped    %d confirmed by the API in the last 90 days".formatted(lacking),
              "Nothing to do: every incomplete horse was requested");
      assertThat(fixture.cli.run("status").out()).doesNotContain("lack another field");
      assertThat(fixture.simulator.statistics().arrivals()).isEqualTo(asked);
      assertThat(fixture.cli.run("validate", "--json").out())
          .contains("\"result\" : \"pass\"")
          .contains("\"incomplete\" : 0");
      assertThat(
              JsonMapper.shared()
                  .readTree(fixture.cli.run("validate", "--json").out())
                  .get("sample")
                  .get("result")
                  .asString())
          .isEqualTo("pass");

      fixture.sql("UPDATE studbook.work_item SET completed_at = completed_at - interval '91 days'");
      assertThat(fixture.cli.run("plan", "--incomplete", "--json").out())
          .contains("\"pending\" : " + lacking, "\"incomplete\" : " + lacking);
      assertThat(fixture.cli.run("validate").out())
          .contains("lack another field: `studbook backfill --incomplete` requests them.");
      assertThat(incomplete(fixture).out()).contains("Run 3 started: %d horse".formatted(lacking));
      assertThat(fixture.simulator.statistics().arrivals()).isGreaterThan(asked);
      assertThat(fixture.count("SELECT count(*) FROM ra_horses WHERE dob = '" + DOB + "'"))
          .isEqualTo(60);
    }
  }

  @Test
  void aRunThatDiedIsResumedAndOneUnderWayIsNotReplaced() throws Exception {
    try (BackfillFixture fixture = dated(30)) {
      HorseSelection all =
          new HorseSelection(true, 0, Optional.empty(), Optional.empty(), Optional.empty(), false);
      try (PlannedRunFixture dead = PlannedRunFixture.dead(fixture, all)) {
        assertThat(dead.run.total()).isEqualTo(30);
        assertThat(incomplete(fixture, "--resume").err())
            .contains("--incomplete cannot be combined with --resume");
        Result resumed =
            fixture.cli.run("backfill", "--resume", "--rate", "unlimited", "--non-interactive");
        assertThat(resumed.out()).contains("Run 1 is finished.");
      }
      assertThat(fixture.count("SELECT count(*) FROM ra_horses WHERE dob = '" + DOB + "'"))
          .isEqualTo(30);
      assertThat(fixture.count("SELECT count(*) FROM ra_horse_pedigree")).isGreaterThan(20);
      assertThat(fixture.in("already_filled")).isZero();

      fixture.sql("UPDATE ra_horses SET dob = NULL WHERE horse_id = '" + fixture.horse(0) + "'");
      try (PlannedRunFixture _ = PlannedRunFixture.alive(fixture)) {
        Result refused = incomplete(fixture);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("run 2 is already active");
      }
    }
  }

  @Test
  void aRetryRequestsFailedIncompleteHorses() throws Exception {
    try (BackfillFixture fixture = dated(30).failEveryThird("500:0.9")) {
      assertThat(incomplete(fixture).code()).isEqualTo(1);
      long failed = fixture.in("failed");
      fixture.simulator.setFaults(FaultProfile.NONE);
      assertThat(incomplete(fixture).out()).contains("failed recently");
      assertThat(fixture.cli.run("retry", "--rate", "unlimited").out())
          .contains("Run 2 started: %d horse".formatted(failed), "Run 2 is finished.");
      assertThat(fixture.count("SELECT count(*) FROM ra_horses WHERE dob = '" + DOB + "'"))
          .isEqualTo(30);
      assertThat(incomplete(fixture).out())
          .contains("Nothing to do: every incomplete horse was requested");
    }
  }

  @Test
  void importedPedigreeValuesStayAndBlanksAreFilled() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(20, folder)) {
      String horse = known(fixture, 0).id();
      ParentRef dam = Objects.requireNonNull(known(fixture, 0).dam());
      Path csv =
          Files.writeString(
              folder.resolve("pedigrees.csv"),
              "horse_id,name,dob,sire_id,sire,breeder\n%s,A,%s,sir_7,My Own (GB),nan\n"
                  .formatted(horse, DOB));
      Result imported = fixture.cli.run("import", csv.toString());
      assertThat(imported.code()).as(imported.err()).isZero();
      assertThat(imported.out())
          .contains("Columns loaded: horse_id, name, dob, sire_id, sire, breeder.");

      assertThat(incomplete(fixture).out()).contains("Run 1 started: 1 horse.");

      assertThat(
              fixture.list(
                  "SELECT concat_ws('|', h.dob, p.sire_id, p.sire, p.dam_id) FROM ra_horses h JOIN ra_horse_pedigree p USING (horse_id)"))
          .containsExactly(DOB + "|sir_7|My Own (GB)|dam_" + dam.number());
      assertThat(fixture.count("SELECT count(*) FROM ra_horse_pedigree WHERE breeder <> ''"))
          .isEqualTo(1);
    }
  }

  @Test
  void racecardsCompleteWhatTheyCan() throws Exception {
    try (BackfillFixture fixture = dated(1_000)) {
      Result result =
          incomplete(fixture, "--racecards-since", "2025-06-20", "--racecards-until", "2025-06-30");
      assertThat(result.code()).as(result.out() + result.err()).isZero();
      assertThat(
              fixture.count("SELECT count(*) FROM studbook.work_item WHERE endpoint = 'racecards'"))
          .isPositive();
      assertThat(
              fixture.count(
                  """
                  SELECT count(*) FROM studbook.work_item i JOIN ra_horse_pedigree p USING (horse_id)
                  WHERE i.endpoint = 'racecards' AND COALESCE(p.breeder, '') = ''
                  """))
          .as("left to the profile")
          .isZero();
      assertThat(fixture.count("SELECT count(*) FROM ra_horses WHERE dob = '" + DOB + "'"))
          .isEqualTo(1_000);
      assertThat(fixture.cli.run("status").out()).doesNotContain("lack another field");
    }
  }
}
