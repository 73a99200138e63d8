package studbook.cli.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner;
import studbook.cli.fixture.CliRunner.Result;

/** A database user lacks a privilege that a command needs: exit code 2 and the GRANT. */
class MissingPrivilegesTest {

  private static final String PASSWORD = "hay-and-oats-98";

  @TempDir Path folder;

  private final String role = "guest_" + ProcessHandle.current().pid();

  private CliRunner guest(BackfillFixture fixture) {
    fixture.sql("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(role, PASSWORD));
    String owner = fixture.database.libpqUri();
    return new CliRunner(folder)
        .asking(fixture.simulator)
        .with(
            "DATABASE_URL",
            owner.replaceFirst(
                "postgresql://[^@]*@", "postgresql://" + role + ":" + PASSWORD + "@"));
  }

  private void drop(BackfillFixture fixture) {
    fixture.sql("DROP OWNED BY " + role);
    fixture.sql("DROP ROLE " + role);
  }

  private static void isMissing(Result result, String command, String grant) {
    assertThat(result.code()).as(command + ": " + result.err() + result.out()).isEqualTo(2);
    assertThat(result.err() + result.out())
        .as(command)
        .contains(grant)
        .doesNotContain("Exception", "internal error");
  }

  @Test
  void theSchemaMayNotBeUsed() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(20, folder).imported()) {
      fixture.cli.run("backfill", "--rate", "unlimited");
      CliRunner guest = guest(fixture);
      try {
        Files.writeString(folder.resolve("more.csv"), "horse_id,name\nhrs_1,A\n");
        for (String command :
            List.of(
                "check",
                "init",
                "plan",
                "backfill --rate unlimited",
                "retry --rate unlimited",
                "discover --rate unlimited",
                "import more.csv",
                "worker --once",
                "workers",
                "status",
                "monitor --once",
                "validate",
                "report",
                "errors",
                "runs",
                "show hrs_1",
                "pause",
                "resume")) {
          isMissing(
              guest.run(command.split(" ")),
              command,
              "GRANT USAGE ON SCHEMA studbook TO " + role + ";");
        }
        fixture.sql("GRANT USAGE ON SCHEMA studbook TO " + role);
        isMissing(
            guest.run("runs"),
            "runs",
            "GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA studbook TO " + role + ";");
      } finally {
        drop(fixture);
      }
    }
  }

  @Test
  void neitherSchemaNorTablesMayBeMade() {
    try (BackfillFixture fixture = new BackfillFixture(5, folder)) {
      CliRunner guest = guest(fixture);
      try {
        Result result = guest.run("init");
        isMissing(result, "init", "GRANT CREATE ON DATABASE ");
        assertThat(result.err()).contains("GRANT CREATE ON SCHEMA public TO " + role + ";");
      } finally {
        drop(fixture);
      }
    }
  }

  @Test
  void theIndexesOfTheSearchAreLeftToTheOwner() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(5, folder).imported()) {
      CliRunner guest = guest(fixture);
      try {
        fixture.sql("GRANT USAGE ON SCHEMA studbook TO " + role);
        fixture.sql("GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA studbook TO " + role);
        fixture.sql("GRANT SELECT ON ra_horses, ra_horse_pedigree TO " + role);
        Result result = guest.run("init", "--search-index");
        assertThat(result.code()).as(result.out() + result.err()).isEqualTo(1);
        assertThat(result.out())
            .contains(
                "Not created:",
                "CREATE INDEX CONCURRENTLY IF NOT EXISTS studbook_horses_by_name ON public.ra_horses (lower(name::text COLLATE \"default\") text_pattern_ops);",
                "Reason: must be owner of table ra_horses.",
                "Run what was not created as the owner of the table.");
        assertThat(fixture.cli.run("init", "--search-index").code()).isZero();
        Result again = guest.run("init", "--search-index");
        assertThat(again.code()).as(again.out() + again.err()).isZero();
        assertThat(again.out()).contains("Exists now, to find names:");
      } finally {
        drop(fixture);
      }
    }
  }

  /** The GRANT on the terminal names the user; the log, which may be shared, does not. */
  @Test
  void neitherNameNorPasswordOfTheUserIsInALog() throws Exception {
    try (BackfillFixture fixture = new BackfillFixture(20, folder).imported()) {
      fixture.cli.run("init");
      fixture.cli.run("import", "horses.csv");
      CliRunner guest = guest(fixture);
      try {
        fixture.sql("GRANT USAGE ON SCHEMA studbook TO " + role);
        fixture.sql("GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA studbook TO " + role);
        fixture.sql("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA studbook TO " + role);
        fixture.sql("GRANT SELECT ON ra_horses, ra_horse_pedigree TO " + role);
        for (String command :
            List.of("backfill --rate unlimited", "worker --once", "retry --rate unlimited")) {
          Result result = guest.run(command.split(" "));
          assertThat(result.code()).as(result.out() + result.err()).isEqualTo(2);
        }
        String url = Objects.requireNonNull(guest.environment().get("DATABASE_URL"));
        guest.with("DATABASE_URL", url.replace(PASSWORD, "another")).run("backfill");
        assertThat(logs(fixture.cli.home()))
            .as("the logs")
            .isNotBlank()
            .doesNotContain(role, PASSWORD);
      } finally {
        drop(fixture);
      }
    }
  }

  private static String logs(Path home) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(home.resolve("logs"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }
}
