package studbook.faults.invariant;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import studbook.simulator.http.SimulatedEndpoint;
import studbook.simulator.http.SimulatorStatistics;
import studbook.simulator.population.HorseRecord;
import studbook.simulator.population.NamedHorse;
import studbook.simulator.population.Population;
import tools.jackson.databind.JsonNode;

/**
 * The invariants that hold after every fault, checked from outside: on the arrivals at the API, the
 * work items and the tables. It shares no statement with the program.
 *
 * @param stalls when the API itself stood still
 * @param before the user's tables before the first run
 * @param charged answers that failed each horse, as the error log has them
 * @param views the results as each command tells them
 */
public record Invariants(
    Population population,
    SimulatorStatistics statistics,
    ArrivalStalls stalls,
    UserTables before,
    UserTables after,
    WorkItemSnapshot workItems,
    Map<String, Long> charged,
    List<View> views,
    List<OutputScanner.Text> texts,
    List<String> secrets) {

  /** The figures of the newest run as one command prints them. */
  public record View(String command, JsonNode figures) {}

  private static final long SECOND = 1_000_000_000L;
  private static final int ATTEMPTS = 3;

  /** A busy machine may delay a packet by this: two sent a second apart may arrive this close. */
  private static final long JITTER = 30_000_000L;

  private static final Set<String> HORSE_COLUMNS =
      Set.of("sex", "sex_code", "dob", "colour", "colour_code", "region", "updated_at");

  /** Each violated invariant, with its number and the violation; empty if all hold. */
  public List<String> violations(AllowedDeviations terms) {
    List<String> found = new ArrayList<>();
    everyHorseHasOneOutcome(found);
    noneIsCountedTwice(found);
    theLimitHolds(terms, found);
    allViewsSayTheSame(found);
    rowsAreWhatWasServed(found);
    littleIsAskedAgain(terms, found);
    outsideFaultsUseUpNoAttempts(terms, found);
    noCredentialIsAnywhere(found);
    progressNeverDecreases(found);
    return found;
  }

  /** The violated invariants on work items, views and texts; they also hold after a refresh. */
  public List<String> violationsOfRecords() {
    List<String> found = new ArrayList<>();
    everyHorseHasOneOutcome(found);
    noneIsCountedTwice(found);
    allViewsSayTheSame(found);
    noCredentialIsAnywhere(found);
    progressNeverDecreases(found);
    return found;
  }

  /**
   * I10: how long after {@code healed} it took until a second was as full as the rate makes it; ten
   * minutes where none was.
   *
   * @param healed by the monotonic clock
   */
  public Duration rateIsBackAfter(long healed, double rate) {
    long[] arrivals =
        Arrays.stream(statistics.arrivalNanos()).filter(at -> at - healed >= 0).toArray();
    int full = (int) Math.ceil(0.7 * rate);
    for (int last = full - 1; last < arrivals.length; last++) {
      if (arrivals[last] - arrivals[last - full + 1] < SECOND) {
        return Duration.ofNanos(arrivals[last] - healed);
      }
    }
    return Duration.ofMinutes(10);
  }

  private void everyHorseHasOneOutcome(List<String> found) {
    List<String> planned = workItems.rows().stream().map(WorkItemSnapshot.Row::horse).toList();
    Set<String> once = new TreeSet<>(planned);
    if (once.size() != planned.size()) {
      found.add("I1: a horse has two work items");
    }
    Set<String> wanted = new HashSet<>(before.wanted());
    if (workItems.run() == 1 && !once.equals(wanted)) {
      found.add("I1: horses of the run are not those that were selected");
    }
    long pending = workItems.counts().getOrDefault("pending", 0L);
    if (workItems.state().equals("finished") && pending > 0) {
      found.add("I1: " + pending + " horses are pending in a finished run");
    }
    if (workItems.total() != planned.size()) {
      found.add("I1: the run's total is " + workItems.total() + " of " + planned.size());
    }
  }

  private void noneIsCountedTwice(List<String> found) {
    Map<String, Long> counts = workItems.counts();
    workItems
        .tallies()
        .forEach((state, tally) -> {
          if (!tally.equals(counts.get(state))) {
            found.add(
                "I2: %s is tallied %d and counted %d".formatted(state, tally, counts.get(state)));
          }
        });
    long pedigrees = workItems.rows().stream().filter(WorkItemSnapshot.Row::withPedigree).count();
    if (pedigrees != workItems.tallyWithPedigree()) {
      found.add(
          "I2: with pedigree is tallied %d and counted %d"
              .formatted(workItems.tallyWithPedigree(), pedigrees));
    }
  }

  private void theLimitHolds(AllowedDeviations terms, List<String> found) {
    long[] arrivals = statistics.arrivalNanos();
    stalls
        .tooEarly(arrivals, terms.limit(), SECOND - JITTER)
        .ifPresent(early ->
            found.add(
                "I3: more than %d arrivals in a second before the last of these, in ms after the first of all: %s; the machine stood still at %s"
                    .formatted(
                        terms.limit(),
                        Arrays.stream(arrivals, Math.max(0, early - 2 * terms.limit()), early + 1)
                            .mapToObj(at -> Long.toString((at - arrivals[0]) / 1_000_000))
                            .collect(Collectors.joining(" ")),
                        stalls.describe(arrivals[0]))));
  }

  private void allViewsSayTheSame(List<String> found) {
    Map<String, Long> counts = workItems.counts();
    for (View view : views) {
      for (String state : WorkItemSnapshot.STATES) {
        long said = view.figures().path(state).asLong(-1);
        if (said != counts.getOrDefault(state, 0L)) {
          found.add(
              "I4: %s says %s %d of %d".formatted(view.command(), state, said, counts.get(state)));
        }
      }
    }
  }

  private void rowsAreWhatWasServed(List<String> found) {
    for (WorkItemSnapshot.Row row : workItems.rows()) {
      if (row.state().equals("missing")) {
        if (after.horses().containsKey(row.horse())) {
          found.add("I5: " + row.horse() + " is gone and stands");
        }
      } else if (!row.state().equals("already_filled")) {
        compare(row, found);
      }
    }
    for (Map.Entry<String, JsonNode> horse : before.horses().entrySet()) {
      Optional.ofNullable(after.horses().get(horse.getKey()))
          .ifPresent(now -> unnamedColumns(horse.getKey(), horse.getValue(), now, found));
    }
    Set<String> planned =
        new HashSet<>(workItems.rows().stream().map(WorkItemSnapshot.Row::horse).toList());
    untouched(before.horses(), after.horses(), planned, found);
    untouched(before.pedigrees(), after.pedigrees(), planned, found);
  }

  private void compare(WorkItemSnapshot.Row row, List<String> found) {
    boolean answered = List.of("enriched", "no_dob", "basic").contains(row.state());
    Optional<HorseRecord> known = population.horse(row.horse());
    if (known.isEmpty()) {
      found.add("I5: " + row.horse() + " is none of the API's horses");
      return;
    }
    HorseRecord truth = known.get();
    JsonNode horse = after.horses().get(row.horse());
    if (horse == null) {
      found.add("I5: " + row.horse() + " has vanished");
      return;
    }
    if (row.state().equals("pending")) {
      halfKnown(row, truth, horse, found);
      return;
    }
    ExpectedRows.horse(truth)
        .forEach((column, served) ->
            equal(row, "ra_horses", column, answered ? served : null, horse, found));
    JsonNode pedigree = after.pedigrees().get(row.horse());
    Optional<Map<String, @Nullable String>> served =
        answered ? ExpectedRows.pedigree(truth) : Optional.empty();
    if (served.isPresent() != (pedigree != null)) {
      found.add(
          "I5: %s (%s): a pedigree is missing or too many".formatted(row.horse(), row.state()));
    } else if (pedigree != null) {
      served
          .orElseThrow()
          .forEach(
              (column, value) -> equal(row, "ra_horse_pedigree", column, value, pedigree, found));
      if (pedigree.get("stud_fee").asInt() != 7) {
        found.add("I5: " + row.horse() + ": stud_fee was written");
      }
    }
  }

  /** A racecard may lack date of birth or parents: its values are written, the rest is blank. */
  private static void halfKnown(
      WorkItemSnapshot.Row row, HorseRecord truth, JsonNode horse, List<String> found) {
    ExpectedRows.horse(truth)
        .forEach((column, served) -> {
          JsonNode value = horse.get(column);
          boolean blank = value == null || value.isNull();
          if (column.equals("dob")) {
            equal(row, "ra_horses", column, null, horse, found);
          } else if (!blank) {
            equal(row, "ra_horses", column, served, horse, found);
          }
        });
  }

  private static void equal(
      WorkItemSnapshot.Row row,
      String table,
      String column,
      @Nullable String served,
      JsonNode stands,
      List<String> found) {
    JsonNode value = stands.get(column);
    @Nullable String text = value == null || value.isNull() ? null : value.asString();
    if (!Objects.equals(text, served)) {
      found.add(
          "I5: %s (%s) %s.%s is %s, served was %s"
              .formatted(row.horse(), row.state(), table, column, text, served));
    }
  }

  private static void unnamedColumns(String id, JsonNode then, JsonNode now, List<String> found) {
    for (String column : then.propertyNames()) {
      if (!HORSE_COLUMNS.contains(column) && !then.get(column).equals(now.get(column))) {
        found.add("I5: " + id + ": the column " + column + " was changed");
      }
    }
  }

  private static void untouched(
      Map<String, JsonNode> then,
      Map<String, JsonNode> now,
      Set<String> planned,
      List<String> found) {
    then.forEach((id, row) -> {
      if (!planned.contains(id) && !row.equals(now.get(id))) {
        found.add("I5: " + id + " is not of the run and was changed");
      }
    });
  }

  /**
   * A horse without a detailed profile may be requested twice at each endpoint: when several in a
   * row are not found, the endpoint may have moved for a moment.
   */
  private void littleIsAskedAgain(AllowedDeviations terms, List<String> found) {
    Set<String> doubtful =
        workItems.rows().stream()
            .filter(row -> row.state().equals("not_found") || row.state().equals("basic"))
            .map(WorkItemSnapshot.Row::horse)
            .collect(Collectors.toSet());
    long again = 0;
    List<String> which = new ArrayList<>();
    for (NamedHorse horse : population.horses().toList()) {
      int usual = doubtful.contains(horse.id()) ? 2 : 1;
      int pro = statistics.requestCount(SimulatedEndpoint.PRO, horse.id());
      int standard = statistics.requestCount(SimulatedEndpoint.STANDARD, horse.id());
      int more = Math.max(0, pro - usual) + Math.max(0, standard - usual);
      if (more > 0) {
        which.add("%s %d and %d times".formatted(horse.id(), pro, standard));
      }
      again += more;
    }
    if (again > terms.askedAgain()) {
      found.add(
          "I6: %d requests asked again, at most %d may: %s"
              .formatted(again, terms.askedAgain(), which));
    }
  }

  private void outsideFaultsUseUpNoAttempts(AllowedDeviations terms, List<String> found) {
    List<String> failed =
        workItems.rows().stream()
            .filter(row -> row.state().equals("failed"))
            .map(WorkItemSnapshot.Row::horse)
            .toList();
    if (failed.size() > terms.failures()) {
      found.add("I7: %d horses failed, at most %d may".formatted(failed.size(), terms.failures()));
    }
    workItems.rows().stream()
        .filter(row -> row.state().equals("failed") && !row.refused())
        .map(WorkItemSnapshot.Row::horse)
        .filter(horse -> charged.getOrDefault(horse, 0L) < ATTEMPTS)
        .forEach(
            horse -> found.add("I7: " + horse + " failed without three answers that failed it"));
  }

  private void noCredentialIsAnywhere(List<String> found) {
    for (OutputScanner.Text text : texts) {
      if (secrets.stream().anyMatch(text.content()::contains)) {
        found.add("I8: a credential stands in " + text.from());
      }
    }
  }

  private void progressNeverDecreases(List<String> found) {
    List<Long> sorted = new ArrayList<>(workItems.processed());
    Collections.sort(sorted);
    if (!sorted.equals(workItems.processed())) {
      found.add("I9: progress decreased: " + workItems.processed());
    }
    if (workItems.state().equals("finished")
        && (sorted.isEmpty() || sorted.getLast() != workItems.total())) {
      found.add("I9: a finished run's progress ends at " + sorted);
    }
  }
}
