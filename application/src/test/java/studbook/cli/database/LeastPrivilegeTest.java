package studbook.cli.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner;
import studbook.cli.fixture.CliRunner.Result;
import studbook.simulator.fault.FaultProfile;

/** The role of docs/role.sql can do the whole job, and nothing else. */
class LeastPrivilegeTest {

  private static final String PASSWORD = "hay-and-oats-99";

  @TempDir Path folder;

  @Test
  void theDocumentedRoleDoesTheWholeJobAndNothingElse() throws Exception {
    FaultProfile some = FaultProfile.parse("500:0.05,cut:0.05");
    try (BackfillFixture fixture =
        new BackfillFixture(120, folder, BackfillFixture.options().withFaults(some)).imported()) {
      String role = "worker_" + ProcessHandle.current().pid();
      for (String statement : statements(role)) {
        fixture.jdbi().useHandle(handle -> handle.execute(statement));
      }
      String owner = fixture.database.libpqUri();
      String theirs =
          owner.replaceFirst("postgresql://[^@]*@", "postgresql://" + role + ":" + PASSWORD + "@");
      try {
        CliRunner cli = fixture.cli.with("DATABASE_URL", theirs);
        assertThat(cli.run("check", "--rate", "unlimited").code()).isZero();
        assertThat(cli.run("backfill", "--rate", "unlimited", "--max", "50").code()).isIn(0, 1);
        Result rest = cli.run("backfill", "--resume", "--rate", "unlimited");
        assertThat(rest.code()).as(rest.err()).isIn(0, 1);
        Result refresh =
            cli.run("refresh", "--rate", "unlimited", "--older-than", "0d", "--non-interactive");
        assertThat(refresh.code()).as(refresh.err()).isIn(0, 1);
        assertThat(cli.run("status").code()).isZero();
        fixture.sql(
            "DELETE FROM ra_horses WHERE horse_id IN (SELECT 'hrs_' || substr(sire_id, 5) FROM ra_horse_pedigree)");
        Result ancestors = cli.run("ancestors", "--rate", "unlimited", "--non-interactive");
        assertThat(ancestors.code()).as(ancestors.err()).isIn(0, 1);
        assertThat(fixture.count("SELECT count(*) FROM studbook.ancestor")).isPositive();
        assertThat(cli.run("links").code()).isIn(0, 1);
        assertThat(fixture.in("pending")).isZero();
        assertThat(fixture.in("enriched")).isGreaterThan(90);
        Jdbi worker = Jdbi.create("jdbc:" + theirs.replaceFirst("//[^@]*@", "//"), role, PASSWORD);
        for (String forbidden :
            List.of(
                "DELETE FROM ra_horses",
                "UPDATE ra_horses SET name = 'x'",
                "INSERT INTO ra_horses (horse_id) VALUES ('hrs_0')",
                "DELETE FROM ra_horse_pedigree",
                "DELETE FROM studbook.work_item",
                "UPDATE studbook.schema_history SET success = false",
                "CREATE TABLE studbook.mine (i integer)",
                "CREATE SCHEMA mine")) {
          assertThatThrownBy(() -> worker.useHandle(handle -> handle.execute(forbidden)))
              .as(forbidden)
              .hasMessageContaining("permission denied");
        }
      } finally {
        fixture.jdbi().useHandle(handle -> handle.execute("DROP OWNED BY " + role));
        fixture.jdbi().useHandle(handle -> handle.execute("DROP ROLE " + role));
      }
    }
  }

  private static List<String> statements(String role) throws Exception {
    String script =
        Files.readString(Path.of("docs/role.sql"))
            .replaceAll("(?s)-- \\[review].*", "") // more than a run needs
            .replaceAll("--[^\\n]*", "")
            .replace("studbook_worker", role)
            .replace("change-me", PASSWORD);
    return Arrays.stream(script.split(";")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }
}
