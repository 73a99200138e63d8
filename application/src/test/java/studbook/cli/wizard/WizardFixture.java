package studbook.cli.wizard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import studbook.cli.fixture.BackfillFixture;
import studbook.cli.fixture.CliRunner;

/** A database whose horses are in a table of another name and schema, and a simulated API. */
final class WizardFixture implements AutoCloseable {

  static final String TABLES =
      """
      CREATE SCHEMA racing;
      CREATE TABLE racing.ra_mst_horses (id text PRIMARY KEY, name text NOT NULL);
      """;

  final BackfillFixture fixture;
  final String role = "rider_" + UUID.randomUUID().toString().replace("-", "");
  private boolean roleCreated;

  WizardFixture(int horses, Path folder) {
    fixture = new BackfillFixture(horses, folder);
  }

  /** Runs a script as the owner of the database. */
  WizardFixture script(String script) {
    fixture.jdbi().useHandle(handle -> handle.createScript(script).execute());
    return this;
  }

  /** Inserts the horses of the API. */
  WizardFixture horses(String table) {
    fixture
        .jdbi()
        .useHandle(handle ->
            fixture
                .population
                .horses()
                .forEach(horse ->
                    handle.execute(
                        "INSERT INTO " + table + " (id, name) VALUES (?, ?)",
                        horse.id(),
                        horse.name())));
    return this;
  }

  CliRunner cli() {
    return fixture.cli;
  }

  /** Commands of somebody whose settings have the API's address only. */
  CliRunner unset() {
    return new CliRunner(cli().folder())
        .with("RACING_API_BASE_URL", fixture.simulator.baseUri().toString());
  }

  /** The database's address of a role without privileges. */
  String asRole() {
    script("CREATE ROLE %s LOGIN PASSWORD 'bridle-77'".formatted(role));
    roleCreated = true;
    return fixture
        .database
        .libpqUri()
        .replaceFirst("postgresql://[^@]*@", "postgresql://" + role + ":bridle-77@");
  }

  Path envFile() {
    return cli().folder().resolve(".env.local");
  }

  String saved() throws IOException {
    return Files.readString(envFile());
  }

  /** The tables and views that are not the system's. */
  long relations() {
    return fixture.count(
        """
        SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE relkind IN ('r', 'v') AND nspname !~ '^(pg_|information_schema)'
        """);
  }

  @Override
  public void close() {
    if (roleCreated) {
      script("DROP OWNED BY %s; DROP ROLE %s".formatted(role, role));
    }
    fixture.close();
  }
}
