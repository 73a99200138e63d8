package studbook.store.pedigree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.store.TestStore;

/** The SQL functions of the schema {@code studbook} for pedigrees. */
class PedigreeFunctionsTest {

  private static final TestStore STORE = TestStore.fresh();

  @AfterAll
  static void drop() {
    STORE.close();
  }

  @BeforeEach
  void family() {
    STORE.reset();
    STORE.horses("hrs_1", "hrs_2", "hrs_6");
    parents("hrs_1", "sir_2", "Sire", "dam_3", "Dam (IRE)");
    parents("hrs_2", "sir_4", "Grandsire", "dam_5", "Unknown");
    parents("hrs_6", "sir_2", "Sire", "dam_7", "Other Dam");
    STORE.sql(
        """
        INSERT INTO studbook.ancestor (horse_id, status, generation, name, sex, dob, sire_id, sire, dam_id, dam, run_id)
        VALUES ('hrs_3', 'found', 1, 'Dam (IRE)', 'mare', '2004-05-06', 'sir_4', 'Grandsire', 'dam_8', 'Granddam', 1)
        """);
  }

  @Test
  void ancestorsComeFromAllTablesSiresFirst() {
    assertThat(ancestors("hrs_1", 5))
        .containsExactly(
            "1 S hrs_2 Horse hrs_2  ",
            "1 D hrs_3 Dam (IRE) 2004-05-06 mare",
            "2 SS hrs_4 Grandsire  ",
            "2 DS hrs_4 Grandsire  ",
            "2 DD hrs_8 Granddam  ");
    assertThat(ancestors("hrs_1", 1)).hasSize(2);
    assertThat(ancestors("hrs_99", 5)).isEmpty();
  }

  @Test
  void aLoopOfRecordsEnds() {
    parents("hrs_4", "sir_1", "Foal", null, null);
    parents("hrs_8", "sir_8", "Itself", "dam_3", "Dam");
    assertThat(ancestors("hrs_1", 20)).hasSize(5);
  }

  @Test
  void generationsHaveALimit() {
    for (String generations : List.of("0", "21", "NULL")) {
      assertThatThrownBy(() ->
              STORE.value(
                  "SELECT count(*) FROM studbook.ancestors('hrs_1', %s)".formatted(generations)))
          .hasMessageContaining("generations must be from 1 to 20");
    }
  }

  @Test
  void offspringHaveTheirOtherParent() {
    List<String> offspring =
        STORE.jdbi.withHandle(handle ->
            handle
                .select(
                    "SELECT concat_ws(' ', offspring_id, role, mate_id, mate) FROM studbook.offspring('hrs_2')")
                .mapTo(String.class)
                .list());
    assertThat(offspring)
        .containsExactlyInAnyOrder("hrs_1 sire hrs_3 Dam (IRE)", "hrs_6 sire hrs_7 Other Dam");
    assertThat(
            STORE.value(
                "SELECT string_agg(offspring_id || role || name || COALESCE(mate, '?'), ' ' ORDER BY offspring_id) FROM"
                    + " studbook.offspring('hrs_4')"))
        .isEqualTo("hrs_2sireHorse hrs_2? hrs_3sireDam (IRE)Granddam");
  }

  @Test
  void aLinkUnderReviewIsLeftOut() {
    STORE.sql(
        """
        INSERT INTO studbook.review (horse_id, field, old_value, old_code, new_value, new_code, source)
        VALUES ('hrs_1', 'dam', 'Dam (IRE)', 'dam_3', 'Namesake', 'dam_3', 'pro')
        """);
    assertThat(ancestors("hrs_1", 5)).hasSize(2);
    assertThat(STORE.value("SELECT count(*) FROM studbook.offspring('hrs_3')")).isEqualTo("0");
  }

  @Test
  void namesAreComparedWithoutSuffixAccentsCaseAndPunctuation() {
    for (String[] same :
        new String[][] {
          {"Winter Harbour (IRE)", "WINTER HARBOUR"},
          {"Montréval", "Montre\u0301val (FR)"},
          {"MONTRÉVAL", "montreval"},
          {"O'Malley's Pride", "O’Malleys Pride"},
          {"", "Anything"},
          {null, "Anything"},
          {"日本", "Anything"}
        }) {
      assertThat(STORE.value("SELECT studbook.names_differ(?, ?)", same[0], same[1]))
          .as(same[0] + " / " + same[1])
          .isEqualTo("false");
    }
    assertThat(STORE.value("SELECT studbook.names_differ('Zapata I (IRE)', 'Zapata II (IRE)')"))
        .isEqualTo("true");
  }

  private static List<String> ancestors(String horse, int generations) {
    return STORE.jdbi.withHandle(handle ->
        handle
            .select(
                """
                SELECT format('%s %s %s %s %s %s', generation, path, ancestor_id, name, dob, sex)
                FROM studbook.ancestors(?, ?)
                """,
                horse, generations)
            .mapTo(String.class)
            .list());
  }

  private static void parents(String id, @Nullable String... values) {
    STORE.sql(
        "INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire, dam_id, dam) VALUES (?, ?, ?, ?, ?)",
        id,
        values[0],
        values[1],
        values[2],
        values[3]);
  }
}
