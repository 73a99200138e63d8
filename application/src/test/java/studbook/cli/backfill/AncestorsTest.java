package studbook.cli.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;
import studbook.simulator.fault.FaultProfile;
import studbook.simulator.population.HorseRecord;
import studbook.simulator.population.ParentRef;
import studbook.simulator.population.ProfileAvailability;

/** {@code studbook ancestors} through the command line, against the simulated API. */
class AncestorsTest {

  private static final int HORSES = 300;
  private static final int OWN = 25;

  @TempDir Path folder;

  @Test
  void eachGenerationIsStoredOnceAsItWasServed() throws Exception {
    try (BackfillFixture fixture = ownHorses()) {
      Set<String> own = own(fixture);
      Set<String> parents = parents(fixture, own, own);
      Set<String> grandparents = parents(fixture, parents, union(own, parents));
      Result dry = fixture.cli.run("ancestors", "--dry-run", "--generations", "2");
      assertThat(dry.code()).as(dry.err()).isZero();
      assertThat(dry.out())
          .contains("Generation 1: ", "Generation 2: about ", "Nothing was requested");
      assertThat(fixture.cli.run("ancestors", "--dry-run", "--json", "--generations", "1").out())
          .contains("\"horses\" : " + parents.size(), "\"estimated\" : false");

      Result result = ancestors(fixture, "--generations", "2");
      assertThat(result.code()).as(result.out() + result.err()).isZero();
      assertThat(stored(fixture, 1)).isEqualTo(rows(fixture, parents));
      assertThat(stored(fixture, 2)).isEqualTo(rows(fixture, grandparents));
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
      Set<String> own = own(fixture);
      assertThat(stored(fixture, 1)).isEqualTo(rows(fixture, parents(fixture, own, own)));
      assertThat(fixture.horsesRequestedTwice()).isEmpty();
    }
  }

  @Test
  void aFailedAncestorIsRetried() throws Exception {
    try (BackfillFixture fixture = ownHorses()) {
      Set<String> own = own(fixture);
      Set<String> parents = parents(fixture, own, own);
      String failing = parents.iterator().next();
      fixture.simulator.setFaults(FaultProfile.always(500).onlyFor(failing));
      Result result = ancestors(fixture, "--generations", "1");
      assertThat(result.code()).as(result.out() + result.err()).isEqualTo(1);
      assertThat(stored(fixture, 1)).hasSize(parents.size() - 1);
      fixture.simulator.setFaults(FaultProfile.NONE);
      Result retry = fixture.cli.run("retry", "--rate", "unlimited", "--non-interactive");
      assertThat(retry.code()).as(retry.out() + retry.err()).isZero();
      assertThat(stored(fixture, 1)).isEqualTo(rows(fixture, parents));
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
      Set<String> own = own(fixture);
      Set<String> parents = parents(fixture, own, own);
      Set<String> grandparents = parents(fixture, parents, union(own, parents));
      Result result = ancestors(fixture, "--generations", "2", "--into-ra-horses");
      assertThat(result.code()).as(result.out() + result.err()).isZero();
      Set<String> added =
          new TreeSet<>(
              fixture.list(
                  "SELECT horse_id FROM ra_horses WHERE horse_id IN (SELECT horse_id FROM studbook.ancestor WHERE status = 'in_ra_horses')"));
      assertThat(added)
          .isEqualTo(
              select(
                  fixture,
                  union(parents, grandparents),
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

  /** The youngest horses with their profiles. */
  private BackfillFixture ownHorses() throws Exception {
    BackfillFixture fixture = new BackfillFixture(HORSES, folder);
    Path csv = folder.resolve("own.csv");
    Files.writeString(
        csv,
        fixture
            .population
            .horses()
            .skip(HORSES - OWN)
            .map(horse -> horse.id() + ",\"" + horse.name() + "\"")
            .collect(Collectors.joining("\n", "horse_id,name\n", "\n")));
    assertThat(fixture.cli.run("import", csv.toString()).code()).isZero();
    Result result =
        fixture.cli.run("backfill", "--rate", "unlimited", "--no-racecards", "--non-interactive");
    assertThat(result.code()).as(result.out() + result.err()).isZero();
    return fixture;
  }

  private static Result ancestors(BackfillFixture fixture, String... more) {
    return fixture.cli.run(
        Stream.concat(
                Stream.of("ancestors", "--rate", "unlimited", "--non-interactive"),
                Arrays.stream(more))
            .toArray(String[]::new));
  }

  private static Set<String> own(BackfillFixture fixture) {
    return new TreeSet<>(fixture.list("SELECT horse_id FROM ra_horses"));
  }

  /** The parents that the API names for horses, without those that are stored. */
  private static Set<String> parents(
      BackfillFixture fixture, Collection<String> horses, Set<String> stored) {
    return horses.stream()
        .map(id -> fixture.population.horse(id).orElseThrow())
        .filter(horse -> horse.availability() != ProfileAvailability.NONE)
        .flatMap(horse -> Stream.of(horse.sire(), horse.dam()))
        .filter(Objects::nonNull)
        .map(parent -> "hrs_" + parent.number())
        .filter(id -> !stored.contains(id))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    Set<String> all = new TreeSet<>(some);
    all.addAll(others);
    return all;
  }

  private static Set<String> select(
      BackfillFixture fixture, Set<String> ids, Predicate<HorseRecord> condition) {
    return ids.stream()
        .filter(id -> condition.test(fixture.population.horse(id).orElseThrow()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> stored(BackfillFixture fixture, int generation) {
    return fixture.list(
        """
        SELECT concat_ws('|', horse_id, status, name, dob, sex_code, sire_id, dam_id, dam, damsire_id)
        FROM studbook.ancestor WHERE generation = %d ORDER BY horse_id
        """
            .formatted(generation));
  }

  private static List<String> rows(BackfillFixture fixture, Set<String> ids) {
    return ids.stream().map(id -> row(fixture.population.horse(id).orElseThrow())).toList();
  }

  /** As stored; an unknown value is left out. */
  private static String row(HorseRecord horse) {
    boolean detailed = horse.availability() == ProfileAvailability.DETAILED;
    if (horse.availability() == ProfileAvailability.NONE) {
      return horse.id() + "|not_found";
    }
    return Stream.of(
            horse.id(),
            detailed ? "found" : "basic",
            horse.fullName(),
            detailed ? horse.dob() : null,
            detailed ? horse.sexCode() : null,
            id("sir_", horse.sire()),
            id("dam_", horse.dam()),
            horse.dam() == null ? null : horse.dam().fullName(),
            id("dsi_", horse.damsire()))
        .filter(Objects::nonNull)
        .map(Object::toString)
        .collect(Collectors.joining("|"));
  }

  private static @Nullable String id(String prefix, @Nullable ParentRef parent) {
    return parent == null ? null : prefix + parent.number();
  }

  private static List<String> sireOf(BackfillFixture fixture, String horse) {
    return fixture.list(
        "SELECT parent_id FROM studbook.parents('%s') WHERE side = 'S'".formatted(horse));
  }
}
