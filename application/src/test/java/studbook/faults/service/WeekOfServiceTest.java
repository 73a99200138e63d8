package studbook.faults.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.CliRunner;
import studbook.cli.fixture.CliRunner.Result;
import studbook.faults.environment.FaultTestEnvironment;
import studbook.faults.invariant.AllowedDeviations;
import studbook.faults.invariant.UserTables;
import studbook.faults.service.ConfirmedRecords.ExpectedChange;
import studbook.simulator.SimulatorOptions;
import studbook.simulator.population.DailyChanges;
import studbook.simulator.population.HorseRecord;
import studbook.simulator.population.NamedHorse;
import studbook.simulator.population.ProfileAvailability;
import studbook.simulator.population.UnlistedRunners;
import tools.jackson.databind.JsonNode;

/**
 * A week of the service in seconds. The clocks are real; a day passes when the simulated API shows
 * its next day and all times in the database are moved one day back.
 */
class WeekOfServiceTest {

  private static final int HORSES = 500;
  private static final int DAYS = 7;

  /** Each day ten horses appear and 1% change, a fifth of them suspiciously; 2% vanish in all. */
  private static final DailyChanges CHANGES = new DailyChanges(70, 10, 0.01, 0.2, 0.003);

  private static final SimulatorOptions OPTIONS =
      SimulatorOptions.unlimited(CliRunner.USERNAME, CliRunner.PASSWORD);

  private static final String SETTINGS =
      """
      racing_api_rate = "unlimited"
      studbook_refresh_raced = "1d"
      studbook_refresh_others = "1d"
      studbook_refresh_old = "2d"

      [jobs.refresh]
      share = "100%"
      """;

  private final MovingDays population = new MovingDays(HORSES, CHANGES);
  private final ConfirmedRecords confirmed = new ConfirmedRecords();
  private final Set<String> expectedHorses = new TreeSet<>();
  private final Map<String, String> horseTimes = new HashMap<>();
  private final Map<String, String> pedigreeTimes = new HashMap<>();

  @TempDir Path folder;

  @Test
  void theTablesFollowTheApi() throws Exception {
    try (FaultTestEnvironment scene = FaultTestEnvironment.open(population, folder, OPTIONS)) {
      scene.cli.faster(20);
      Files.createDirectories(scene.cli.home());
      Files.writeString(scene.cli.home().resolve("studbook.toml"), SETTINGS);
      population.horses().map(NamedHorse::id).forEach(expectedHorses::add);
      expectedHorses.add(UserTables.STANDING);
      run(scene, "enrich");
      scene.assertThatInvariantsHold(AllowedDeviations.STRICT);
      remember(scene);
      for (int day = 1; day <= DAYS; day++) {
        population.nextDay();
        letADayPass(scene);
        workADay(scene);
      }
      assertThat(scene.invariants().violationsOfRecords()).isEmpty();
      assertThatSuspiciousChangesWait(scene);
      assertThat(scene.cli.run("review", "accept", "--all").code()).isZero();
      assertThatAllIsAsServed(scene);
    }
  }

  private void workADay(FaultTestEnvironment scene) {
    population.takeListed();
    run(scene, "discover");
    expectedHorses.addAll(population.takeListed());
    for (String job : List.of("enrich", "refresh", "retry", "validate")) {
      run(scene, job);
    }
    assertThat(
            scene.count(
                """
                SELECT count(*) FROM ra_horses h LEFT JOIN studbook.confirmation c USING (horse_id)
                WHERE c.confirmed_at IS NULL OR c.confirmed_at < clock_timestamp()
                  - CASE WHEN h.dob < current_date - interval '25 years' THEN interval '2 days' ELSE interval '1 day' END
                """))
        .as("horses that were not confirmed within their interval on day %d", population.today())
        .isZero();
    remember(scene);
  }

  private static void run(FaultTestEnvironment scene, String job) {
    Result result = scene.cli.run("schedule", "run", job);
    assertThat(result.code()).as(job + ": " + result.out() + result.err()).isZero();
  }

  /**
   * Moves all times and dates of Studbook's tables one day back; far away first: dates are keys.
   */
  private static void letADayPass(FaultTestEnvironment scene) {
    List<String> updates =
        scene
            .jdbi()
            .withHandle(handle ->
                handle
                    .select(
                        """
                        SELECT format('UPDATE studbook.%I SET ', table_name)
                          || string_agg(format('%1$I = %1$I + :days * interval ''1 day''', column_name), ', ')
                        FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
                        WHERE table_schema = 'studbook' AND table_type = 'BASE TABLE'
                          AND data_type IN ('timestamp with time zone', 'date')
                        GROUP BY table_name
                        """)
                    .mapTo(String.class)
                    .list());
    scene
        .jdbi()
        .useTransaction(handle -> {
          for (int days : List.of(-10_000, 9_999)) {
            updates.forEach(update -> handle.createUpdate(update).bind("days", days).execute());
          }
        });
  }

  /** Notes what the API said when it last answered about each horse. */
  private void remember(FaultTestEnvironment scene) {
    Map<String, Integer> ages =
        scene
            .jdbi()
            .withHandle(handle ->
                handle
                    .select(
                        """
                        SELECT horse_id, floor(extract(epoch FROM clock_timestamp() - confirmed_at) / 86400)::int AS age
                        FROM studbook.confirmation WHERE confirmed_at > '-infinity'
                        """)
                    .map((row, _) -> Map.entry(row.getString("horse_id"), row.getInt("age")))
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    ages.forEach((id, age) ->
        population
            .indexOf(id)
            .ifPresent(index -> {
              HorseRecord record = population.horseOn(population.today() - age, index);
              if (record.availability() != ProfileAvailability.NONE) {
                confirmed.confirm(record);
              }
            }));
    UserTables tables = scene.tables();
    updateTimes(tables.horses()).forEach(horseTimes::putIfAbsent);
    updateTimes(tables.pedigrees()).forEach(pedigreeTimes::putIfAbsent);
  }

  private void assertThatSuspiciousChangesWait(FaultTestEnvironment scene) {
    Set<String> suspicious =
        confirmed.changes().stream()
            .filter(change -> change.column().equals("dob"))
            .map(ExpectedChange::horse)
            .collect(Collectors.toSet());
    assertThat(suspicious).hasSizeGreaterThan(2);
    List<String> waiting =
        scene
            .jdbi()
            .withHandle(handle ->
                handle
                    .select("SELECT horse_id FROM studbook.review WHERE state = 'waiting'")
                    .mapTo(String.class)
                    .list());
    assertThat(waiting).containsExactlyInAnyOrderElementsOf(suspicious);
  }

  private void assertThatAllIsAsServed(FaultTestEnvironment scene) {
    UserTables tables = scene.tables();
    Set<String> unlisted = new HashSet<>();
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    for (LocalDate day = today.minusDays(2);
        day.isBefore(today.plusDays(4));
        day = day.plusDays(1)) {
      for (HorseRecord runner : new UnlistedRunners(OPTIONS.seed()).runners(day, 1_000)) {
        if (tables.horses().containsKey(runner.id())) {
          unlisted.add(runner.id());
          confirmed.confirm(withoutProfile(runner));
        }
      }
    }
    Set<String> horses = new TreeSet<>(tables.horses().keySet());
    horses.removeAll(unlisted);
    assertThat(horses).isEqualTo(expectedHorses);
    assertThat(horses.size()).as("new horses").isGreaterThan(HORSES - 70 + 10);
    assertThat(confirmed.violations(tables)).isEmpty();
    assertThat(tables.horses().get(UserTables.STANDING))
        .isEqualTo(scene.tablesBefore().horses().get(UserTables.STANDING));
    assertThat(recordedChanges(scene)).containsExactlyInAnyOrderElementsOf(confirmed.changes());
    assertThat(confirmed.changes()).hasSizeGreaterThan(20);
    assertThat(writtenSince(horseTimes, tables.horses()))
        .isEqualTo(confirmed.changesByHorse(false).keySet());
    assertThat(writtenSince(pedigreeTimes, tables.pedigrees()))
        .isEqualTo(confirmed.changesByHorse(true).keySet());
  }

  /**
   * What a racecard says of a runner of which the API has no profile: all, but one without parents
   * gets no date of birth, so that its profile is requested.
   */
  private static HorseRecord withoutProfile(HorseRecord runner) {
    boolean hasParents = runner.sire() != null || runner.dam() != null || runner.damsire() != null;
    return new HorseRecord(
        runner.id(),
        runner.name(),
        runner.region(),
        hasParents ? runner.dob() : null,
        runner.sexCode(),
        runner.colour(),
        runner.breeder(),
        runner.sire(),
        runner.dam(),
        runner.damsire(),
        ProfileAvailability.DETAILED);
  }

  private static List<ExpectedChange> recordedChanges(FaultTestEnvironment scene) {
    return scene
        .jdbi()
        .withHandle(handle ->
            handle
                .select("SELECT horse_id, column_name, old_value, new_value FROM studbook.change")
                .map((row, _) ->
                    new ExpectedChange(
                        row.getString("horse_id"),
                        row.getString("column_name"),
                        row.getString("old_value"),
                        row.getString("new_value")))
                .list());
  }

  /** The rows whose updated_at is another than it was; a row that is gone is one of them. */
  private static Set<String> writtenSince(Map<String, String> times, Map<String, JsonNode> rows) {
    Map<String, String> now = updateTimes(rows);
    return times.entrySet().stream()
        .filter(row -> !row.getValue().equals(now.get(row.getKey())))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static Map<String, String> updateTimes(Map<String, JsonNode> rows) {
    return rows.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, row -> row.getValue().path("updated_at").asString()));
  }
}
