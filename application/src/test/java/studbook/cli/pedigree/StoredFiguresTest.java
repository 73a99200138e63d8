package studbook.cli.pedigree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.CliRunner;
import studbook.cli.fixture.CliRunner.Result;
import studbook.store.TestStore;

/** Figures of the database's horses, stored and computed again where pedigrees have changed. */
class StoredFiguresTest {

  @TempDir Path folder;

  private TestStore store;
  private CliRunner cli;

  @BeforeEach
  void fill() {
    store = TestStore.fresh();
    cli = new CliRunner(folder).on(store.server);
    horse(1, "H", 2000);
    horse(2, "H", 2010);
    horse(3, "M", 2010);
    horse(4, "C", 2020);
    horse(5, "C", 2020);
    parents(2, 1, 0);
    parents(3, 1, 0);
    parents(4, 2, 3);
    parents(5, 2, 0);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void allStoresTheFiguresOfEveryHorse() {
    Result result = cli.run("pedigree", "inbreeding", "--all");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(store.value("SELECT count(*) FROM studbook.pedigree_figures")).isEqualTo("5");
    assertThat(
            store.row(
                """
                SELECT sire_id, dam_id, f, gen_eq, max_gen, full_gen, pci5, n_anc
                FROM studbook.pedigree_figures WHERE horse_id = 'hrs_4'
                """))
        .containsEntry("sire_id", "hrs_2")
        .containsEntry("dam_id", "hrs_3")
        .containsEntry("f", 0.125)
        .containsEntry("gen_eq", 1.5)
        .containsEntry("max_gen", 2)
        .containsEntry("full_gen", 1)
        .containsEntry("n_anc", 3);
  }

  @Test
  void onlyDescendantsOfWhatChangedAreComputedAgain() {
    cli.run("pedigree", "inbreeding", "--all");
    store.sql("UPDATE studbook.pedigree_figures SET computed_at = '2001-01-01'");
    assertThat(cli.run("pedigree", "inbreeding", "--all").err())
        .contains("Figures of 0 horses", "those of 5 unchanged");
    horse(9, "H", 1990);
    parents(3, 9, 0);
    Result result = cli.run("pedigree", "inbreeding", "--all");
    assertThat(result.err()).contains("Figures of 3 horses", "those of 3 unchanged");
    assertThat(
            store.value(
                """
                SELECT string_agg(horse_id, ' ' ORDER BY horse_id) FROM studbook.pedigree_figures
                WHERE computed_at > '2001-01-01'
                """))
        .isEqualTo("hrs_3 hrs_4 hrs_9");
    assertThat(store.value("SELECT f FROM studbook.pedigree_figures WHERE horse_id = 'hrs_4'"))
        .isEqualTo("0");
  }

  @Test
  void aLinkInErrorIsLeftOutAndSaidSo() {
    horse(6, "F", 2021);
    parents(6, 4, 3);
    store.sql("UPDATE ra_horses SET dob = '2022-04-05' WHERE horse_id = 'hrs_4'");
    Result result = cli.run("pedigree", "inbreeding", "hrs_6");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("link in error").containsPattern("F\\) +0\\.000%");
  }

  @Test
  void aLinkThatAPersonAcceptedIsUsed() {
    horse(6, "F", 2021);
    parents(6, 4, 3);
    store.sql("UPDATE ra_horses SET dob = '2022-04-05' WHERE horse_id = 'hrs_4'");
    cli.run("pedigree", "check");
    String finding =
        store.value("SELECT min(finding_id) FROM studbook.finding WHERE rule = 'parent-younger'");
    Result accepted = cli.run("pedigree", "accept", String.valueOf(finding));
    assertThat(accepted.code()).as(accepted.err()).isZero();
    assertThat(cli.run("pedigree", "inbreeding", "hrs_6").out())
        .doesNotContain("in error")
        .containsPattern("F\\) +31\\.250%");
  }

  @Test
  void withoutPedigreesItSaysWhatToRun() {
    store.reset();
    Result result = cli.run("pedigree", "inbreeding", "--all");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("studbook backfill");
  }

  private void horse(int number, String sex, int year) {
    store.sql(
        "INSERT INTO ra_horses (horse_id, name, sex_code, dob) VALUES (?, ?, ?, ?::date)",
        "hrs_" + number,
        "Horse " + number,
        sex,
        year + "-04-05");
  }

  private void parents(int horse, int sire, int dam) {
    store.sql(
        """
        INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire, dam_id, dam) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (horse_id) DO UPDATE SET sire_id = EXCLUDED.sire_id, sire = EXCLUDED.sire
        """,
        "hrs_" + horse,
        "sir_" + sire,
        "Horse " + sire,
        dam == 0 ? null : "dam_" + dam,
        dam == 0 ? null : "Horse " + dam);
  }
}
