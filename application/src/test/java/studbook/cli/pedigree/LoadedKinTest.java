package studbook.cli.pedigree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.chart.ChartJson;
import studbook.chart.tree.AncestorTree;
import studbook.cli.figures.FamilyJson;
import studbook.cli.figures.FamilyLines;
import studbook.cli.fixture.CliRunner;
import studbook.inbreeding.AnalysedHorse;
import studbook.inbreeding.FigureLoader;
import studbook.inbreeding.InbreedingJson;
import studbook.inbreeding.LoadedPedigree;
import studbook.inbreeding.MatingJson;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.check.RuleThresholds;
import studbook.store.TestStore;
import studbook.store.pedigree.KinExtent;
import studbook.store.pedigree.PedigreeLoader;
import studbook.text.JsonFormat;
import studbook.time.SystemTime;

/**
 * What is loaded for some horses alone gives the charts and figures that all horses of the database
 * give, to the last digit: on horses of chance, many of them with records that cannot be true.
 */
class LoadedKinTest {

  private static final TestStore STORE = TestStore.fresh();
  private static final int HORSES = 240;
  private static final int GENERATIONS = 8;

  private final FigureLoader loader =
      new FigureLoader(STORE.jdbi, RuleThresholds.USUAL, SystemTime.clock());

  @TempDir Path folder;

  @AfterAll
  static void drop() {
    STORE.close();
  }

  @BeforeEach
  void empty() {
    STORE.reset();
  }

  @Test
  void theFiguresOfEachHorseAreThoseOfTheWhole() {
    for (long seed = 0; seed < 3; seed++) {
      Random random = new Random(seed);
      LoadedPedigree whole = fill(random);
      int faulty = 0;
      for (int horse = (int) seed; horse < whole.table().size(); horse += 5) {
        String id = whole.table().id(horse);
        LoadedPedigree kin = loader.load(List.of(id), KinExtent.FAMILY);
        OptionalInt place = kin.table().indexOf(id);
        assertThat(place).as("seed %d, %s", seed, id).isPresent();
        assertThat(described(kin, place.getAsInt()))
            .as("seed %d, %s", seed, id)
            .isEqualTo(described(whole, horse));
        LoadedPedigree figures = load(id);
        assertThat(ancestry(figures, index(figures, id)))
            .as("seed %d, %s", seed, id)
            .isEqualTo(ancestry(whole, horse));
        AnimalTable ancestors =
            new PedigreeLoader(STORE.jdbi).load(List.of(id), KinExtent.ANCESTORS);
        assertThat(chart(ancestors, ancestors.indexOf(id).orElseThrow()))
            .as("seed %d, %s", seed, id)
            .isEqualTo(chart(whole.table(), horse));
        assertBoundedChart(whole.table(), horse);
        faulty += whole.leftOutOf(horse);
      }
      assertThat(faulty).as("links in error among the ancestors").isGreaterThan(100);
    }
  }

  @Test
  void theFoalOfTwoHorsesIsThatOfTheWhole() {
    Random random = new Random(7);
    LoadedPedigree whole = fill(random);
    for (int mating = 0; mating < 20; mating++) {
      int sire = random.nextInt(whole.table().size());
      int dam = (sire + 1 + random.nextInt(whole.table().size() - 1)) % whole.table().size();
      List<String> ids = List.of(whole.table().id(sire), whole.table().id(dam));
      LoadedPedigree kin = loader.load(ids, KinExtent.FIGURES);
      assertThat(foal(kin, index(kin, ids.getFirst()), index(kin, ids.getLast())))
          .as("%s", ids)
          .isEqualTo(foal(whole, sire, dam));
    }
  }

  @Test
  void aHorseThatNoRecordHasOrNamesIsNotLoaded() {
    fill(new Random(1));
    assertThat(load("hrs_" + (HORSES + 1), "Horse 1").table().size()).isZero();
    assertThat(load().table().size()).isZero();
  }

  @Test
  void horsesOfOtherFamiliesAreNotRead() {
    STORE.sql(
        """
        INSERT INTO ra_horses (horse_id, name) SELECT 'hrs_' || i, 'Horse ' || i FROM generate_series(1, 9) i
        """);
    STORE.sql(
        """
        INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire, dam_id, dam) VALUES
          ('hrs_1', 'sir_2', 'Horse 2', 'dam_3', 'Horse 3'), ('hrs_4', 'sir_5', 'Horse 5', 'dam_3', 'Horse 3'),
          ('hrs_6', 'sir_5', 'Horse 5', 'dam_7', 'Horse 7'), ('hrs_8', 'sir_1', 'Horse 1', 'dam_9', 'Horse 9')
        """);
    LoadedPedigree kin = load("hrs_1");
    assertThat(kin.table().indexOf("hrs_4")).as("a foal of the dam").isPresent();
    assertThat(kin.table().indexOf("hrs_6")).isEmpty();
    assertThat(kin.table().indexOf("hrs_7")).isEmpty();
    assertThat(kin.table().indexOf("hrs_8")).isEmpty();
    assertThat(loader.load(List.of("hrs_1"), KinExtent.FAMILY).table().indexOf("hrs_8"))
        .as("an offspring")
        .isPresent();
  }

  /** A cycle may go through more generations than are read. */
  private static void assertBoundedChart(AnimalTable whole, int horse) {
    AncestorTree expected = AncestorTree.of(whole, horse, 4);
    if (!expected.hasCycle()) {
      String id = whole.id(horse);
      AnimalTable read = new PedigreeLoader(STORE.jdbi).load(List.of(id), KinExtent.chart(4));
      AncestorTree shown = AncestorTree.of(read, read.indexOf(id).orElseThrow(), 4);
      assertThat(json(ChartJson.of(shown))).as("%s", id).isEqualTo(json(ChartJson.of(expected)));
    }
  }

  @Test
  void aChartReadsNoMoreGenerationsThanItShows() {
    STORE.sql(
        """
        INSERT INTO ra_horses (horse_id, name) SELECT 'hrs_' || i, 'Horse ' || i FROM generate_series(1, 100) i
        """);
    STORE.sql(
        """
        INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire, damsire_id, damsire, dam_id, dam)
        SELECT 'hrs_' || i, 'sir_' || i + 1, 'Horse ' || i + 1, 'dsi_' || i + 500, 'Sire', 'dam_' || i + 900, 'Mare'
        FROM generate_series(1, 100) i
        """);
    AnimalTable read = new PedigreeLoader(STORE.jdbi).load(List.of("hrs_1"), KinExtent.chart(3));
    for (String id : List.of("hrs_4", "hrs_901", "hrs_501", "hrs_902", "hrs_502", "hrs_903")) {
      assertThat(read.indexOf(id)).as(id).isPresent();
    }
    assertThat(read.indexOf("hrs_6")).isEmpty();
    assertThat(read.links().sire(read.indexOf("hrs_901").orElseThrow()))
        .as("the sire of a mare without a row")
        .isEqualTo(read.indexOf("hrs_501").orElseThrow());
  }

  private LoadedPedigree load(String... ids) {
    return loader.load(List.of(ids), KinExtent.FIGURES);
  }

  private static String described(LoadedPedigree loaded, int horse) {
    return ancestry(loaded, horse) + json(FamilyJson.of(FamilyLines.of(loaded, horse)));
  }

  /** JSON rounds figures, so they are added as they are. */
  private static String ancestry(LoadedPedigree loaded, int horse) {
    AnalysedHorse analysed = AnalysedHorse.of(loaded, horse, GENERATIONS);
    return figures(analysed)
        + chart(loaded.table(), horse)
        + json(InbreedingJson.of(analysed, true));
  }

  private static String chart(AnimalTable table, int horse) {
    return json(ChartJson.of(AncestorTree.of(table, horse, GENERATIONS)));
  }

  private static String foal(LoadedPedigree loaded, int sire, int dam) {
    AnalysedHorse foal = AnalysedHorse.foal(loaded, sire, dam, GENERATIONS);
    return figures(foal) + json(MatingJson.of(foal, true));
  }

  private static String figures(AnalysedHorse horse) {
    Map<String, Double> contributions = new TreeMap<>();
    horse
        .analysis()
        .contributions()
        .forEach((ancestor, value) -> contributions.put(horse.nameAndId(ancestor), value));
    return "%s %s %s%n"
        .formatted(
            horse.analysis().inbreeding(),
            horse.analysis().completeness().equivalentGenerations(horse.analysis().subject()),
            contributions);
  }

  private static String json(Object document) {
    return JsonFormat.pretty(document, ZoneOffset.UTC);
  }

  private static int index(LoadedPedigree loaded, String id) {
    return loaded.table().indexOf(id).orElseThrow();
  }

  /** Fills the database, accepts a third of what a check finds, and loads all of it. */
  private LoadedPedigree fill(Random random) {
    STORE.reset();
    List<@Nullable String[]> horses = new ArrayList<>();
    List<@Nullable String[]> parents = new ArrayList<>();
    List<@Nullable String[]> ancestors = new ArrayList<>();
    int[] sires = new int[HORSES + 1];
    for (int horse = 1; horse <= HORSES; horse++) {
      int sire = parent(random, horse, 0);
      int dam = parent(random, horse, 1);
      sires[horse] = sire;
      int damsire = random.nextInt(8) == 0 ? parent(random, horse, 0) : sires[dam];
      @Nullable String[] values = {
        "hrs_" + horse,
        "Horse " + horse,
        random.nextInt(8) == 0
            ? null
            : (horse + (random.nextInt(20) == 0 ? 1 : 0)) % 2 == 0 ? "H" : "M",
        random.nextInt(10) == 0 ? null : born(random, horse),
        named(random, "sir_", sire),
        name(sire),
        named(random, "dam_", dam),
        name(dam),
        random.nextInt(5) == 0 ? null : named(random, "dsi_", damsire),
        name(damsire)
      };
      switch (random.nextInt(10)) {
        case 0 -> {} // only its offspring name it
        case 1, 2, 3 -> ancestors.add(values);
        default -> {
          horses.add(values);
          parents.add(values);
        }
      }
    }
    insert(horses, parents, ancestors);
    STORE.sql(
        """
        INSERT INTO studbook.review (horse_id, field, old_value, old_code, new_value, new_code, source)
        SELECT horse_id, 'dam', dam, dam_id, 'Namesake', dam_id, 'pro' FROM ra_horse_pedigree
        WHERE dam_id IS NOT NULL ORDER BY md5(horse_id) LIMIT 5
        """);
    new CliRunner(folder).on(STORE.server).run("pedigree", "check");
    STORE.sql("UPDATE studbook.finding SET accepted_at = now() WHERE finding_id % 3 = 0");
    return loader.usable(new PedigreeLoader(STORE.jdbi).load());
  }

  /** An older horse of a sex; now and then a younger one, or one of the other sex; 0 for none. */
  private static int parent(Random random, int horse, int odd) {
    int known = random.nextInt(60) == 0 ? HORSES : horse - 1;
    if (known < 2 || random.nextInt(12) == 0) {
      return 0;
    }
    int first = Math.max(1, known - 60);
    int parent = first + random.nextInt(known - first);
    return parent % 2 == odd || random.nextInt(40) == 0 ? parent : Math.min(known, parent + 1);
  }

  private static String born(Random random, int horse) {
    int wrong = random.nextInt(30) == 0 ? random.nextInt(40) - 20 : 0;
    int day = random.nextInt(6) == 0 ? 1 : 1 + random.nextInt(150);
    return LocalDate.ofYearDay(1900 + horse / 2 + wrong, day).toString();
  }

  private static @Nullable String named(Random random, String prefix, int horse) {
    return horse == 0 ? null : (random.nextInt(15) == 0 ? "hrs_" : prefix) + horse;
  }

  private static @Nullable String name(int horse) {
    return horse == 0 ? null : "Horse " + horse;
  }

  private static void insert(
      List<@Nullable String[]> horses,
      List<@Nullable String[]> parents,
      List<@Nullable String[]> ancestors) {
    batch(
        "INSERT INTO ra_horses (horse_id, name, sex_code, dob) VALUES (?, ?, ?, ?::date)",
        horses,
        0,
        1,
        2,
        3);
    batch(
        """
        INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire, dam_id, dam, damsire_id, damsire)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        parents,
        0,
        4,
        5,
        6,
        7,
        8,
        9);
    batch(
        """
        INSERT INTO studbook.ancestor (horse_id, status, generation, name, sex_code, dob,
          sire_id, sire, dam_id, dam, damsire_id, damsire, run_id)
        VALUES (?, 'found', 1, ?, ?, ?::date, ?, ?, ?, ?, ?, ?, 1)
        """,
        ancestors,
        0,
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        9);
  }

  private static void batch(String insert, List<@Nullable String[]> rows, int... columns) {
    STORE.jdbi.useHandle(handle -> {
      PreparedBatch batch = handle.prepareBatch(insert);
      for (@Nullable String[] row : rows) {
        for (int place = 0; place < columns.length; place++) {
          batch.bind(place, row[columns[place]]);
        }
        batch.add();
      }
      batch.execute();
    });
  }
}
