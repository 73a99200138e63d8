package studbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import studbook.simulator.Simulator;
import studbook.simulator.SimulatorOptions;
import studbook.simulator.fault.FaultProfile;
import studbook.simulator.http.SimulatedEndpoint;
import studbook.simulator.http.SimulatorStatistics.RepeatedCount;
import studbook.simulator.population.HorseRecord;
import studbook.simulator.population.ParentRef;
import studbook.simulator.population.Population;
import studbook.simulator.population.ProfileAvailability;
import studbook.simulator.population.SyntheticPopulation;
import studbook.store.TestDatabase;

/** A simulated API with its horses, and a database that knows their ids and names. */
public final class BackfillFixture implements AutoCloseable {

  final Population population;
  public final Simulator simulator;
  final TestDatabase database;
  public final CliRunner cli;

  BackfillFixture(int horses, Path folder) {
    this(horses, folder, options());
  }

  public BackfillFixture(int horses, Path folder, SimulatorOptions options) {
    this(new SyntheticPopulation(11, horses), folder, options);
  }

  BackfillFixture(Population population, Path folder, SimulatorOptions options) {
    this(population, folder, options, TestDatabase.fresh());
  }

  BackfillFixture(
      Population population, Path folder, SimulatorOptions options, TestDatabase database) {
    this.population = population;
    this.database = database;
    this.simulator = Simulator.start(options, population);
    this.cli = new CliRunner(folder).on(database).asking(simulator);
  }

  public static SimulatorOptions options() {
    return SimulatorOptions.unlimited(CliRunner.USERNAME, CliRunner.PASSWORD);
  }

  Jdbi jdbi() {
    return Jdbi.create(database.dataSource());
  }

  /** Loads ids and names as a newcomer would. */
  public BackfillFixture imported() throws Exception {
    Path csv = cli.folder().resolve("horses.csv");
    Files.writeString(
        csv,
        population
            .horses()
            .map(horse -> horse.id() + ",\"" + horse.name() + "\"")
            .collect(Collectors.joining("\n", "horse_id,name\n", "\n")));
    assertThat(cli.run("import", csv.toString()).code()).isZero();
    return this;
  }

  /** The horse of that number, from 0. */
  String horse(int number) {
    return population.horses().skip(number).findFirst().orElseThrow().id();
  }

  /**
   * From now on requests for every third horse fail by {@code faults}: others show that the API is
   * up.
   */
  BackfillFixture failEveryThird(String faults) {
    String[] chosen =
        IntStream.range(0, (int) population.horses().count())
            .filter(number -> number % 3 == 0)
            .mapToObj(this::horse)
            .toArray(String[]::new);
    simulator.setFaults(FaultProfile.parse(faults).onlyFor(chosen));
    return this;
  }

  Map<String, Long> states() {
    return jdbi()
        .withHandle(handle ->
            handle
                .createQuery("SELECT state, count(*) AS n FROM studbook.work_item GROUP BY state")
                .map((row, context) -> Map.entry(row.getString("state"), row.getLong("n")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /** How many horses are in a state. */
  long in(String state) {
    return states().getOrDefault(state, 0L);
  }

  long count(String sql) {
    return jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  void sql(String statement) {
    jdbi().useHandle(handle -> handle.execute(statement));
  }

  public List<String> list(String query) {
    return jdbi().withHandle(handle -> handle.createQuery(query).mapTo(String.class).list());
  }

  /** Each row is what was served for its horse; rows without outcome are blank. */
  void assertThatRowsEqualWhatWasServed() {
    List<String> rows =
        jdbi()
            .withHandle(handle ->
                handle
                    .createQuery(
                        """
                        SELECT concat_ws('|', h.horse_id::text, h.name, COALESCE(h.dob::text, '-'), COALESCE(h.sex, '-'),
                          COALESCE(h.sex_code, '-'), COALESCE(h.colour, '-'), COALESCE(h.colour_code, '-'), COALESCE(h.region, '-'),
                          COALESCE(p.sire_id, '-'), COALESCE(p.sire, '-'), COALESCE(p.dam_id, '-'), COALESCE(p.dam, '-'),
                          COALESCE(p.damsire_id, '-'), COALESCE(p.breeder, '-'), COALESCE(p.region, '-'))
                        FROM ra_horses h LEFT JOIN ra_horse_pedigree p ON p.horse_id::text = h.horse_id::text ORDER BY h.horse_id
                        """)
                    .mapTo(String.class)
                    .list());
    List<String> expected =
        population
            .horses()
            .map(horse -> row(population.horse(horse.id()).orElseThrow(), horse.name()))
            .sorted()
            .toList();
    assertThat(rows.stream().sorted().toList()).isEqualTo(expected);
  }

  /**
   * What the ledger tells of a horse's requests is what arrived for it. A horse that was found may
   * have been asked for more often: whether the API still knows horses is asked with it.
   *
   * @param condition which rows of the ledger; each horse in one run only
   */
  void assertThatRequestsAreTold(String condition) {
    List<String> wrong = new ArrayList<>();
    long references = 0;
    for (Told told : told(condition)) {
      String horse = told.horse();
      int arrived =
          simulator.statistics().requestCount(SimulatedEndpoint.PRO, horse)
              + simulator.statistics().requestCount(SimulatedEndpoint.STANDARD, horse);
      boolean found = List.of("enriched", "no_dob").contains(told.state());
      if (found && arrived > told.requests()) {
        references += arrived - told.requests();
      } else if (arrived != told.requests()) {
        wrong.add("%s, %d arrived".formatted(told, arrived));
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(references).as("whether the API still knows horses").isLessThanOrEqualTo(4);
  }

  /**
   * Horses that were requested more than once, but for one canary request: where the last answers
   * of a run are 404s, a horse that was found is requested again, to see whether the API still
   * knows horses.
   */
  List<String> horsesRequestedTwice() {
    List<RepeatedCount> twice = simulator.statistics().repeatedRequests(1000);
    boolean canary =
        twice.size() == 1
            && twice.getFirst().times() == 2
            && foundHorses().contains(twice.getFirst().horse());
    return canary ? List.of() : twice.stream().map(RepeatedCount::horse).toList();
  }

  /** Horses with a profile, by the work items of all runs. */
  List<String> foundHorses() {
    return list("SELECT horse_id FROM studbook.work_item WHERE state IN ('enriched', 'no_dob')");
  }

  private List<Told> told(String condition) {
    return jdbi()
        .withHandle(handle ->
            handle
                .createQuery(
                    "SELECT horse_id, state, request_count FROM studbook.work_item WHERE "
                        + condition)
                .map((row, _) ->
                    new Told(
                        row.getString("horse_id"),
                        row.getString("state"),
                        row.getInt("request_count")))
                .list());
  }

  private record Told(String horse, String state, int requests) {}

  private static String row(HorseRecord horse, String name) {
    boolean detailed = horse.availability() == ProfileAvailability.DETAILED;
    boolean known = horse.availability() != ProfileAvailability.NONE;
    boolean pedigree =
        known && (horse.sire() != null || horse.dam() != null || horse.damsire() != null);
    String region = lower(horse.region());
    return String.join(
        "|",
        horse.id(),
        name,
        detailed ? dash(horse.dob()) : "-",
        detailed ? dash(horse.sex()) : "-",
        detailed ? dash(horse.sexCode()) : "-",
        detailed ? dash(horse.colour()) : "-",
        detailed ? dash(horse.colourCode()) : "-",
        known ? region : "-",
        pedigree ? id("sir_", horse.sire()) : "-",
        pedigree ? name(horse.sire()) : "-",
        pedigree ? id("dam_", horse.dam()) : "-",
        pedigree ? name(horse.dam()) : "-",
        pedigree ? id("dsi_", horse.damsire()) : "-",
        pedigree && detailed ? dash(horse.breeder()) : "-",
        pedigree ? region : "-");
  }

  private static String lower(@Nullable String region) {
    return region == null ? "-" : region.toLowerCase(Locale.ROOT);
  }

  private static String dash(@Nullable Object value) {
    return Objects.toString(value, "-");
  }

  private static String id(String prefix, @Nullable ParentRef parent) {
    return parent == null ? "-" : prefix + parent.number();
  }

  private static String name(@Nullable ParentRef parent) {
    return parent == null ? "-" : parent.fullName();
  }

  @Override
  public void close() {
    simulator.close();
    database.close();
  }
}
