package studbook.faults.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import studbook.cli.fixture.CliRunner.Result;
import studbook.faults.invariant.AllowedDeviations;
import studbook.faults.invariant.ExpectedRows;
import studbook.faults.invariant.UserTables;
import studbook.simulator.population.ChangingPopulation;
import studbook.simulator.population.DailyChanges;
import studbook.simulator.population.HorseRecord;
import studbook.simulator.population.Population;
import studbook.simulator.population.ProfileAvailability;
import tools.jackson.databind.JsonNode;

/**
 * Horses that a backfill filled on one day, and an API that has other values for some of them on
 * the next: corrections, changes that a person has to decide, and horses that vanished. What a
 * refresh should do follows from the two days alone.
 */
public final class RefreshFixture implements AutoCloseable {

  private static final int HORSES = 300;

  private static final DailyChanges CHANGES = new DailyChanges(0, 0, 0.3, 0.3, 0.05);

  /** Of rows and confirmations before the refresh. */
  private static final String LONG_AGO = "2024-03-01 00:00:00+00";

  private static final List<String> HORSE_COLUMNS =
      List.of("dob", "sex", "sex_code", "colour", "colour_code", "region");

  public final FaultTestEnvironment environment;

  private final AtomicInteger today;
  private final Population population;
  private final Map<String, HorseRecord> before = new HashMap<>();
  private final UserTables filled;

  /** A value that the API has changed. */
  private record Change(String horse, String column, @Nullable String from, String to) {

    @Override
    public String toString() {
      return "%s %s: %s to %s".formatted(horse, column, from, to);
    }
  }

  private RefreshFixture(Path folder) {
    today = new AtomicInteger();
    population =
        new ChangingPopulation(FaultTestEnvironment.synthetic(HORSES), CHANGES, 5, today::get);
    environment = FaultTestEnvironment.open(population, folder, FaultTestEnvironment.options());
    Result result = environment.cli.run("backfill", "--rate", "unlimited", "--no-racecards");
    assertThat(result.code()).as(result.err() + result.out()).isZero();
    for (String table : List.of("ra_horses", "ra_horse_pedigree")) {
      environment.sql("UPDATE %s SET updated_at = '%s'".formatted(table, LONG_AGO));
    }
    environment.sql(
        "UPDATE studbook.confirmation SET confirmed_at = '%s' WHERE isfinite(confirmed_at)"
            .formatted(LONG_AGO));
    filled = UserTables.look(environment.jdbi());
    horses().forEach(horse -> before.put(horse.id(), horse));
    today.set(1);
  }

  /** All horses are due; the API has its values of the second day. */
  public static RefreshFixture open(Path folder) {
    return new RefreshFixture(folder);
  }

  private List<HorseRecord> horses() {
    return java.util.stream.IntStream.range(0, HORSES).mapToObj(population::horse).toList();
  }

  /** The command that refreshes all horses. */
  public static String[] refresh(String rate, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("refresh", "--older-than", "0d", "--non-interactive", "--rate", rate));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  /**
   * Fails unless the refresh is finished, the rows are what the API serves, except what waits for a
   * person, each changed value was recorded once, and all other rows are untouched.
   */
  public void assertThatEachChangeWasWrittenOnce() {
    assertThat(environment.runState()).isEqualTo("finished");
    List<Change> changes = new ArrayList<>();
    List<String> reviews = new ArrayList<>();
    Set<String> written = new TreeSet<>();
    for (HorseRecord now : horses()) {
      HorseRecord was = Objects.requireNonNull(before.get(now.id()));
      if (now.availability() == ProfileAvailability.DETAILED) {
        expect(was, now, changes, reviews, written);
      }
    }
    assertThat(changes).hasSizeGreaterThan(20);
    assertThat(reviews).hasSizeGreaterThan(5);
    assertThat(recordedChanges())
        .as("studbook.change")
        .containsExactlyInAnyOrderElementsOf(changes.stream().map(Change::toString).toList());
    assertThat(waitingReviews()).as("studbook.review").containsExactlyInAnyOrderElementsOf(reviews);
    UserTables now = UserTables.look(environment.jdbi());
    assertThatRowsAre(changes, written, "ra_horses", filled.horses(), now.horses());
    assertThatRowsAre(changes, written, "ra_horse_pedigree", filled.pedigrees(), now.pedigrees());
    assertThatRowsAreWhatIsServed(now, reviews);
    assertThatTheCountsAgree();
  }

  private static void expect(
      HorseRecord was,
      HorseRecord now,
      List<Change> changes,
      List<String> reviews,
      Set<String> written) {
    Map<String, @Nullable String> old = values(was);
    values(now)
        .forEach((column, value) -> {
          if (value == null || value.equals(old.get(column))) {
            return;
          }
          if (column.equals("dob")) {
            reviews.add("%s dob: %s to %s".formatted(now.id(), old.get(column), value));
          } else {
            changes.add(new Change(now.id(), column, old.get(column), value));
            written.add(
                (HORSE_COLUMNS.contains(column) ? "ra_horses " : "ra_horse_pedigree ") + now.id());
          }
        });
  }

  private static Map<String, @Nullable String> values(HorseRecord horse) {
    Map<String, @Nullable String> values = new HashMap<>(ExpectedRows.horse(horse));
    ExpectedRows.pedigree(horse)
        .map(row -> row.get("breeder"))
        .ifPresent(breeder -> values.put("breeder", breeder));
    return values;
  }

  private List<String> recordedChanges() {
    return list(
        """
        SELECT format('%s %s: %s to %s', horse_id, column_name, COALESCE(old_value, 'null'), new_value)
        FROM studbook.change WHERE run_id = (SELECT max(run_id) FROM studbook.run)
        """);
  }

  private List<String> waitingReviews() {
    return list(
        """
        SELECT format('%s %s: %s to %s', horse_id, field, old_value, new_value)
        FROM studbook.review WHERE state = 'waiting'
        """);
  }

  private List<String> list(String query) {
    return environment
        .jdbi()
        .withHandle(handle -> handle.createQuery(query).mapTo(String.class).list());
  }

  private static void assertThatRowsAre(
      List<Change> changes,
      Set<String> written,
      String table,
      Map<String, JsonNode> then,
      Map<String, JsonNode> now) {
    assertThat(now.keySet()).as(table).isEqualTo(then.keySet());
    now.forEach((horse, row) -> {
      JsonNode old = Objects.requireNonNull(then.get(horse));
      boolean changed = written.contains(table + " " + horse);
      assertThat(row.get("updated_at").equals(old.get("updated_at")))
          .as("%s %s keeps its updated_at", table, horse)
          .isEqualTo(!changed);
      for (String column : old.propertyNames()) {
        if (!column.equals("updated_at")) {
          assertThat(text(row, column))
              .as("%s.%s of %s", table, column, horse)
              .isEqualTo(
                  expected(changes, horse, column).orElse(String.valueOf(text(old, column))));
        }
      }
    });
  }

  private static Optional<String> expected(List<Change> changes, String horse, String column) {
    return changes.stream()
        .filter(change -> change.horse().equals(horse) && change.column().equals(column))
        .map(Change::to)
        .findFirst();
  }

  private static String text(JsonNode row, String column) {
    JsonNode value = row.get(column);
    return value.isNull() ? "null" : value.asString();
  }

  private void assertThatRowsAreWhatIsServed(UserTables now, List<String> reviews) {
    Set<String> waiting =
        new TreeSet<>(reviews.stream().map(one -> one.substring(0, one.indexOf(' '))).toList());
    horses().stream()
        .filter(horse -> horse.availability() == ProfileAvailability.DETAILED)
        .forEach(horse ->
            ExpectedRows.horse(horse)
                .forEach((column, value) -> {
                  if (!column.equals("dob") || !waiting.contains(horse.id())) {
                    JsonNode row = Objects.requireNonNull(now.horses().get(horse.id()));
                    assertThat(text(row, column))
                        .as("%s of %s", column, horse.id())
                        .isEqualTo(String.valueOf(value));
                  }
                }));
  }

  /**
   * The invariants for every run, but for those on rows and requests, which are of the first run.
   */
  private void assertThatTheCountsAgree() {
    assertThat(environment.invariants().violations(AllowedDeviations.STRICT))
        .filteredOn(violation -> !violation.startsWith("I5") && !violation.startsWith("I6"))
        .isEmpty();
  }

  @Override
  public void close() {
    environment.close();
  }
}
