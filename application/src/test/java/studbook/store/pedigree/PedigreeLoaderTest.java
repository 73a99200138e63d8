package studbook.store.pedigree;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.pedigree.AnimalTable;
import studbook.pedigree.BirthDate;
import studbook.pedigree.ParentLinks;
import studbook.pedigree.Sex;
import studbook.store.TestStore;

/** All horses of the database as one table, on a real server. */
class PedigreeLoaderTest {

  private static final TestStore STORE = TestStore.fresh();

  @AfterAll
  static void drop() {
    STORE.close();
  }

  @BeforeEach
  void empty() {
    STORE.reset();
  }

  @Test
  void oneNumberIsOneHorseWhateverItsPrefix() {
    horse("hrs_10", "Winter Harbour (IRE)", "F", "2019-03-04");
    horse("hrs_2", "A Sire (GB)", "H", "2008-01-01");
    parents("hrs_10", "sir_2", "A Sire", "dam_3", "A Dam (IRE)", "dsi_4");
    AnimalTable table = load();

    assertThat(table.size()).isEqualTo(4);
    int foal = index(table, "hrs_10");
    int sire = index(table, "hrs_2");
    assertThat(table.links().sire(foal)).isEqualTo(sire);
    assertThat(table.links().dam(foal)).isEqualTo(index(table, "hrs_3"));
    assertThat(table.damsire(foal)).isEqualTo(index(table, "hrs_4"));
    assertThat(table.name(foal)).contains("Winter Harbour (IRE)");
    assertThat(table.sex(foal)).isEqualTo(Sex.FEMALE);
    assertThat(table.born(foal))
        .contains(new BirthDate(2019, Optional.of(LocalDate.of(2019, 3, 4))));
    assertThat(table.born(sire)).as("1 January").contains(BirthDate.inYear(2008));
    assertThat(table.hasRow(sire)).isTrue();
    int dam = index(table, "hrs_3");
    assertThat(table.hasRow(dam)).isFalse();
    assertThat(table.name(dam)).as("as the foal names her").contains("A Dam (IRE)");
    assertThat(table.name(sire)).as("his own row's").contains("A Sire (GB)");
  }

  @Test
  void placeholdersAreNoHorses() {
    for (String[] none :
        new String[][] {
          {"hrs_1", "sir_7", "Unknown"},
          {"hrs_2", "sir_0", "A Name"},
          {"hrs_3", "", "A Name"},
          {"hrs_4", "sir_7", " - "},
          {"hrs_5", "trn_7", "A Trainer"},
          {"hrs_6", "sir_7x", "A Name"}
        }) {
      horse(none[0], "Name", "C", "2020-04-05");
      parents(none[0], none[1], none[2], null, null, null);
    }
    AnimalTable table = load();
    assertThat(table.size()).isEqualTo(6);
    for (int animal = 0; animal < table.size(); animal++) {
      assertThat(table.links().sire(animal)).isEqualTo(ParentLinks.UNKNOWN);
    }
  }

  @Test
  void ancestorsFillWhatTheTablesLack() {
    horse("hrs_1", "Foal", null, "infinity");
    parents("hrs_1", "sir_2", "Sire", "dam_3", "Dam", null);
    ancestor("hrs_2", "found", "Sire (FR)", "sir_5");
    ancestor("hrs_3", "not_found", null, null);
    ancestor("hrs_1", "found", "Other", "sir_9");
    AnimalTable table = load();

    int foal = index(table, "hrs_1");
    int sire = index(table, "hrs_2");
    assertThat(table.links().sire(foal)).as("the user's row counts").isEqualTo(sire);
    assertThat(table.born(foal)).isEmpty();
    assertThat(table.name(sire)).contains("Sire (FR)");
    assertThat(table.links().sire(sire)).isEqualTo(index(table, "hrs_5"));
    assertThat(table.hasRow(index(table, "hrs_3"))).isFalse();
    assertThat(table.indexOf("hrs_9")).isEmpty();
  }

  @Test
  void aLinkUnderReviewIsLeftOut() {
    horse("hrs_1", "Foal", "C", "2020-02-03");
    parents("hrs_1", "sir_2", "Sire", "dam_3", "Dam", null);
    STORE.sql(
        """
        INSERT INTO studbook.review (horse_id, field, old_value, old_code, new_value, new_code, source)
        VALUES ('hrs_1', 'dam', 'Dam', 'dam_3', 'Namesake', 'dam_3', 'pro')
        """);
    AnimalTable table = load();
    int foal = index(table, "hrs_1");
    assertThat(table.links().sire(foal)).isEqualTo(index(table, "hrs_2"));
    assertThat(table.links().dam(foal)).isEqualTo(ParentLinks.UNKNOWN);
    STORE.sql("UPDATE studbook.review SET state = 'accepted'");
    assertThat(load().links().dam(foal)).isNotEqualTo(ParentLinks.UNKNOWN);
  }

  @Test
  void namesKeepTheirTabsAndBackslashes() {
    String name = "A\\N\tB\nC\\ ÉÈ \\";
    horse("hrs_1", name, "G", null);
    horse("hrs_2", null, "rig", null);
    AnimalTable table = load();
    assertThat(table.name(index(table, "hrs_1"))).contains(name);
    assertThat(table.name(index(table, "hrs_2"))).isEmpty();
    assertThat(table.sex(index(table, "hrs_1"))).isEqualTo(Sex.GELDING);
    assertThat(table.sex(index(table, "hrs_2"))).isEqualTo(Sex.MALE);
  }

  @Test
  void aDatabaseWithoutHorsesGivesAnEmptyTable() {
    assertThat(load().size()).isZero();
  }

  private static AnimalTable load() {
    return new PedigreeLoader(STORE.jdbi).load();
  }

  private static int index(AnimalTable table, String id) {
    return table.indexOf(id).orElseThrow();
  }

  private static void horse(String id, @Nullable String... values) {
    STORE.sql(
        "INSERT INTO ra_horses (horse_id, name, sex_code, dob) VALUES (?, ?, ?, ?::date)",
        id,
        values[0],
        values[1],
        values[2]);
  }

  private static void parents(String id, @Nullable String... values) {
    STORE.sql(
        "INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire, dam_id, dam, damsire_id) VALUES (?, ?, ?, ?, ?, ?)",
        id,
        values[0],
        values[1],
        values[2],
        values[3],
        values[4]);
  }

  private static void ancestor(String id, String status, @Nullable String... values) {
    STORE.sql(
        "INSERT INTO studbook.ancestor (horse_id, status, generation, name, sire_id, run_id) VALUES (?, ?, 1, ?, ?, 1)",
        id,
        status,
        values[0],
        values[1]);
  }
}
