package studbook.cli.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner.Result;
import studbook.cli.fixture.WorkerRole;

/** The role of docs/role.sql, and roles from which row level security hides rows. */
class RoleTest {

  @TempDir Path folder;

  private BackfillFixture fixture;
  private WorkerRole worker;
  private String role;

  @BeforeEach
  void prepare() throws Exception {
    fixture = new BackfillFixture(30, folder);
    assertThat(fixture.cli.run("init").code()).isZero();
    fixture.imported();
    worker = new WorkerRole(fixture);
    role = worker.name();
  }

  @AfterEach
  void tidy() {
    worker.close();
    fixture.close();
  }

  @Test
  void everyCommandWorksUnderIt() throws Exception {
    worker.become("fill", "insert", "import", "archive");
    Path csv = folder.resolve("more.csv");
    Files.writeString(csv, "horse_id,name,sex_code,sire\nhrs_999999,A New One,M,A Sire\n");
    for (String command :
        List.of(
            "check",
            "import " + csv,
            "import --dry-run " + csv,
            "plan",
            "backfill --rate unlimited",
            "backfill --incomplete --rate unlimited",
            "retry --rate unlimited",
            "discover --days 2",
            "status",
            "runs",
            "errors",
            "workers",
            "validate",
            "report",
            "show hrs_999999",
            "export horses -",
            "export pedigrees -",
            "export errors -",
            "archive",
            "init")) {
      Result result = fixture.cli.run(command.split(" "));
      assertThat(result.code()).as(command + ": " + result.out() + result.err()).isLessThan(2);
    }
    assertThat(fixture.count("SELECT count(*) FROM ra_horses WHERE dob IS NOT NULL")).isPositive();
  }

  @Test
  void missingPermissionsAreReportedBeforeTheFirstRequest() throws Exception {
    worker.become("fill");
    Path csv = folder.resolve("more.csv");
    Files.writeString(csv, "horse_id,name\nhrs_999999,A New One\n");
    Result discovered = fixture.cli.run("discover");
    assertThat(discovered.code()).as(discovered.out()).isEqualTo(2);
    assertThat(discovered.err()).contains("GRANT INSERT (").contains("ON ra_horses TO " + role);
    Result imported = fixture.cli.run("import", csv.toString());
    assertThat(imported.code()).isEqualTo(2);
    assertThat(imported.err()).contains("CREATE ON SCHEMA studbook TO " + role);
    assertThat(fixture.simulator.statistics().arrivals()).isZero();
    assertThat(fixture.cli.run("backfill", "--rate", "unlimited").code()).isZero();
  }

  @Test
  void functionsThatItMayNotCallAreNamed() throws Exception {
    worker.become("fill");
    fixture.sql("REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA studbook FROM PUBLIC, " + role);
    Result result = fixture.cli.run("backfill");
    assertThat(result.code()).as(result.out() + result.err()).isEqualTo(2);
    assertThat(result.err())
        .contains("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA studbook TO " + role);
    assertThat(fixture.simulator.statistics().arrivals()).isZero();
  }

  @Test
  void rowsThatNoPolicyShowsAreNoEmptyTable() throws Exception {
    worker.become("fill");
    for (String table : List.of("ra_horses", "ra_horse_pedigree")) {
      fixture.sql("ALTER TABLE " + table + " ENABLE ROW LEVEL SECURITY");
      for (String command :
          List.of("plan", "backfill", "validate", "export horses -", "show hrs_1")) {
        Result result = fixture.cli.run(command.split(" "));
        assertThat(result.code()).as(command).isEqualTo(2);
        assertThat(result.err())
            .contains(
                "CREATE POLICY studbook_select ON %s FOR SELECT TO %s".formatted(table, role));
      }
      assertThat(fixture.cli.run("check").out()).contains("FOR SELECT TO " + role);
      fixture.sql("CREATE POLICY looking ON " + table + " FOR SELECT USING (true)");
      fixture.sql("CREATE POLICY adding ON " + table + " FOR INSERT WITH CHECK (true)");
      fixture.sql("CREATE POLICY changing ON " + table + " FOR UPDATE USING (true)");
    }
    assertThat(fixture.cli.run("backfill", "--rate", "unlimited").code()).isZero();
  }

  @Test
  void policiesBehindAViewAndOfPartsCountToo() throws Exception {
    fixture.sql("ALTER TABLE ra_horses RENAME TO horses");
    fixture.sql(
        "CREATE VIEW public.ra_horses WITH (security_invoker = true) AS SELECT * FROM horses");
    fixture.sql("ALTER TABLE horses ENABLE ROW LEVEL SECURITY");
    worker.become("fill");
    fixture.sql("GRANT SELECT, UPDATE ON horses TO " + role);
    Result result = fixture.cli.run("backfill");
    assertThat(result.code()).as(result.out() + result.err()).isEqualTo(2);
    assertThat(result.err()).contains("CREATE POLICY studbook_select ON horses");
    fixture.sql("DROP VIEW ra_horses");
    fixture.sql(
        "CREATE TABLE public.ra_horses (LIKE horses INCLUDING ALL) PARTITION BY HASH (horse_id)");
    fixture.sql(
        "CREATE TABLE public.part PARTITION OF ra_horses FOR VALUES WITH (MODULUS 1, REMAINDER 0)");
    fixture
        .jdbi()
        .useHandle(writer -> {
          writer.execute("INSERT INTO ra_horses SELECT * FROM horses");
          fixture.sql("ANALYZE part");
          // Only now the session reports the rows that ANALYZE has counted already.
          writer.execute("SELECT pg_stat_force_next_flush()");
        });
    fixture.sql("ALTER TABLE ra_horses ENABLE ROW LEVEL SECURITY");
    fixture.sql("GRANT SELECT, UPDATE ON ra_horses TO " + role);
    fixture.sql("CREATE POLICY mine ON ra_horses USING (name = 'of nobody')");
    result = fixture.cli.run("backfill");
    assertThat(result.code()).as(result.out() + result.err()).isEqualTo(2);
    assertThat(result.err()).contains("hides all rows of ra_horses (about 30)");
    assertThat(fixture.simulator.statistics().arrivals()).isZero();
  }

  @Test
  void checkReportsHorsesAndRole() throws Exception {
    String owner = fixture.database.username();
    assertThat(fixture.cli.run("check").out())
        .contains(
            "30 horses, 0 with dob, as role " + owner + " (bypasses row security), PostgreSQL 1")
        .contains(", schema public");
    fixture.sql("TRUNCATE ra_horses");
    assertThat(fixture.cli.run("check").out()).contains("0 horses");
    assertThat(fixture.cli.run("backfill").out())
        .contains("ra_horses has no rows")
        .doesNotContain("every horse is enriched");
    worker.become("fill");
    fixture.sql("ALTER TABLE ra_horses ENABLE ROW LEVEL SECURITY");
    fixture.sql("CREATE POLICY reads ON ra_horses USING (true)");
    assertThat(fixture.cli.run("check").out())
        .contains("row level security is on: do its policies hide them?")
        .contains("as role " + role + " (under row security)");
  }
}
