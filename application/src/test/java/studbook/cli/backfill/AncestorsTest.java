package studbook.cli.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.AncestorRows;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;
import studbook.simulator.fault.FaultProfile;
import studbook.simulator.population.ProfileAvailability;

/** {@code studbook ancestors} through the command line, against the simulated API. */
class AncestorsTest {

  private static final int HORSES = 300;
  private static final int OWN = 25;

  @TempDir Path folder;

  @Test
  void eachGenerationIsStoredOnceAsItWasServed() throws Exception {
    try (BackfillFixture fixture = ownHorses()) {
      Set<String> own = AncestorRows.own(fixture);
      Set<String> parents = AncestorRows.parents(fixture, own, own);
      Set<String> grandparents =
          AncestorRows.parents(fixture, parents, AncestorRows.union(own, parents));
      Result dry = fixture.cli.run("ancestors", "--dry-run", "--generations", "2");
      assertThat(dry.code()).as(dry.err()).isZero();
      assertThat(dry.out())
          .contains("Generation 1: ", "Generation 2: about ", "Nothing was requested");
      assertThat(fixture.cli.run("ancestors", "--dry-run", "--json", "--generations", "1").out())
          .contains("\"horses\" : " + parents.size(), "\"estimated\" : false");

      Result result = ancestors(fixture, "--generations", "2");
      assertThat(result.code()).as(result.out() + result.err()).isZero();
      assertThat(AncestorRows.stored(fixture, 1)).isEqualTo(AncestorRows.rows(fixture, parents));
      assertThat(AncestorRows.stored(fixture, 2))
          .isEqualTo(AncestorRows.rows(fixture, grandparents));
      assertThat(fixture.count("SELECT count(*) FROM ra_horses")).isEqualTo(OWN);
      assertThat(fixture.count("SELECT count(*) FROM studbook.run WHERE kind = 'ancestors'"))
          .isEqualTo(2);
      assertThat(fixture.horsesRequestedTwice()).isEmpty();
      assertThat(ancestors(fixture, "--generations", "2").out())
          .as("unknown ones are completed")
          .contains("Nothing to do");
      assertThat(fixture.cli.run("validate").out()).contains("PASS");
      fixture.sql(
          "UPDATE studbook.ancestor SET requested_at = requested_at - interval '2 years' WHERE generation = 1");
      fixture.sql(
          "UPDATE studbook.ancestor SET status = 'not_found' WHERE horse_id IN (SELECT horse_id FROM studbook.ancestor WHERE generation = 1 LIMIT 2)");
      assertThat(fixture.cli.run("ancestors", "--dry-run", "--json", "--generations", "1").out())
          .as("and requested again after a year")
          .contains(
              "\"horses\" : "
                  + fixture.count(
                      "SELECT count(*) FROM studbook.ancestor WHERE generation = 1 AND status <> 'found'"));
    }
  }

  @Test
  void aMaximumStopsAndTheNextCallContinues() throws Exception {
    try (BackfillFixture fixture = ownHorses()) {
      assertThat(ancestors(fixture, "--max-requests", "5").code()).isZero();
      assertThat(fixture.count("SELECT count(*) FROM studbook.ancestor")).isEqualTo(5);
      fixture.sql("UPDATE studbook.run SET state = 'stopped' WHERE kind = 'ancestors'");
      Result rest = ancestors(fixture, "--generations", "1");
      assertThat(rest.code()).as(rest.out() + rest.err()).isZero();
      Set<String> own = AncestorRows.own(fixture);
      assertThat(AncestorRows.stored(fixture, 1))
          .isEqualTo(AncestorRows.rows(fixture, AncestorRows.parents(fixture, own, own)));
      assertThat(fixture.horsesRequestedTwice()).isEmpty();
    }
  }

  @Test
  void aFailedAncestorIsRetried() throws Exception {
    try (BackfillFixture fixture = ownHorses()) {
      Set<String> own = AncestorRows.own(fixture);
      Set<String> parents = AncestorRows.parents(fixture, own, own);
      String failing = parents.iterator().next();
      fixture.simulator.setFaults(FaultProfile.always(500).onlyFor(failing));
      Result result = ancestors(fixture, "--generations", "1");
      assertThat(result.code()).as(result.out() + result.err()).isEqualTo(1);
      assertThat(AncestorRows.stored(fixture, 1)).hasSize(parents.size() - 1);
      fixture.simulator.setFaults(FaultProfile.NONE);
      Result retry = fixture.cli.run("retry", "--rate", "unlimited", "--non-interactive");
      assertThat(retry.code()).as(retry.out() + retry.err()).isZero();
      assertThat(AncestorRows.stored(fixture, 1)).isEqualTo(AncestorRows.rows(fixture, parents));
    }
  }

  @Test
  void anotherNameIsAReviewAndNoLink() throws Exception {
    try (BackfillFixture fixture = ownHorses()) {
      String foal =
          fixture
              .list(
                  "SELECT min(horse_id) FROM ra_horse_pedigree WHERE sire_id NOT IN (SELECT replace(horse_id, 'hrs', 'sir') FROM ra_horses)")
              .getFirst();
      fixture.sql(
          "UPDATE ra_horse_pedigree SET sire = 'A Namesake (GB)' WHERE horse_id = '%s'"
              .formatted(foal));
      fixture.sql("UPDATE ra_horse_pedigree SET dam = upper(dam)");
      assertThat(ancestors(fixture, "--generations", "1").code()).isZero();

      assertThat(fixture.list("SELECT horse_id || field || old_value FROM studbook.review"))
          .containsExactly(foal + "sire" + "A Namesake (GB)");
      assertThat(sireOf(fixture, foal)).isEmpty();
      assertThat(fixture.cli.run("review").out()).contains(foal, "A Namesake");
      assertThat(fixture.cli.run("links", "--json").out()).contains("\"contradiction\" : \"name\"");
      Result accepted = fixture.cli.run("review", "accept", "--all");
      assertThat(accepted.out()).contains("1 review accepted");
      assertThat(sireOf(fixture, foal)).hasSize(1);
      assertThat(fixture.cli.run("links").code()).isZero();
    }
  }

  @Test
  void theNameOfAnAncestorsParentIsReviewed() throws Exception {
    try (BackfillFixture fixture = ownHorses()) {
      assertThat(ancestors(fixture, "--generations", "1").code()).isZero();
      String parent =
          fixture
              .list(
                  "SELECT min(horse_id) FROM studbook.ancestor WHERE dam_id NOT IN (SELECT replace(horse_id, 'hrs', 'dam') FROM ra_horses UNION SELECT replace(horse_id, 'hrs', 'dam') FROM studbook.ancestor)")
              .getFirst();
      fixture.sql(
          "UPDATE studbook.ancestor SET dam = 'A Namesake' WHERE horse_id = '%s'"
              .formatted(parent));
      assertThat(ancestors(fixture, "--generations", "2").code()).isZero();
      assertThat(fixture.list("SELECT horse_id || field FROM studbook.review"))
          .containsExactly(parent + "dam");
      assertThat(fixture.cli.run("review", "accept", "--all").out()).contains("1 review accepted");
      assertThat(
              fixture.list(
                  "SELECT count(*) FROM studbook.ancestor a JOIN studbook.ancestor d ON d.horse_id = 'hrs_' || substr(a.dam_id, 5) AND d.name = a.dam WHERE a.horse_id = '%s'"
                      .formatted(parent)))
          .containsExactly("1");
    }
  }

  @Test
  void theUsersTablesTakeThemOnRequest() throws Exception {
    try (BackfillFixture fixture = ownHorses()) {
      Set<String> own = AncestorRows.own(fixture);
      Set<String> parents = AncestorRows.parents(fixture, own, own);
      Set<String> grandparents =
          AncestorRows.parents(fixture, parents, AncestorRows.union(own, parents));
      Result result = ancestors(fixture, "--generations", "2", "--into-ra-horses");
      assertThat(result.code()).as(result.out() + result.err()).isZero();
      Set<String> added =
          new TreeSet<>(
              fixture.list(
                  "SELECT horse_id FROM ra_horses WHERE horse_id IN (SELECT horse_id FROM studbook.ancestor WHERE status = 'in_ra_horses')"));
      assertThat(added)
          .isEqualTo(
              AncestorRows.select(
                  fixture,
                  AncestorRows.union(parents, grandparents),
                  horse -> horse.availability() == ProfileAvailability.DETAILED));
      assertThat(ancestors(fixture, "--generations", "2", "--into-ra-horses").out())
          .as("generations count from the user's own horses")
          .contains("Nothing to do");
      assertThat(
              fixture.count(
                  "SELECT count(*) FROM studbook.ancestor WHERE status = 'in_ra_horses' AND sire_id IS NOT NULL"))
          .isZero();
    }
  }

  @Test
  void wrongOptionsAreUsageErrors() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(10, folder).imported()) {
      assertThat(fixture.cli.run("ancestors", "--generations", "0").err())
          .contains("--generations must be from 1 to 60, not 0");
      assertThat(fixture.cli.run("ancestors", "--max-requests", "0").code()).isEqualTo(2);
      assertThat(fixture.cli.run("ancestors", "--json").err()).contains("--json needs --dry-run");
    }
  }

  private BackfillFixture ownHorses() throws Exception {
    return AncestorRows.ownHorses(HORSES, OWN, folder);
  }

  private static Result ancestors(BackfillFixture fixture, String... more) {
    return fixture.cli.run(
        Stream.concat(
                Stream.of("ancestors", "--rate", "unlimited", "--non-interactive"),
                Arrays.stream(more))
            .toArray(String[]::new));
  }

  private static List<String> sireOf(BackfillFixture fixture, String horse) {
    return fixture.list(
        "SELECT parent_id FROM studbook.parents('%s') WHERE side = 'S'".formatted(horse));
  }
}
