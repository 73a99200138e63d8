package studbook.csvimport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A table that a file is loaded into. */
abstract class ImportTestBase {

  static final Clock TODAY = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

  static ImportDatabase server;

  @TempDir Path folder;

  DataSource database;

  Jdbi jdbi;

  @BeforeAll
  static void start() throws Exception {
    server = new ImportDatabase();
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
  }

  @BeforeEach
  void createTheTable() {
    database = server.fresh();
    jdbi = Jdbi.create(database);
    execute(
        """
        CREATE TABLE ra_horses (
          horse_id varchar(50) PRIMARY KEY, name varchar(30) NOT NULL, sex varchar(20),
          sex_code varchar(10), dob date, colour varchar(20), colour_code varchar(10),
          region varchar(10), created_at timestamptz, updated_at timestamptz)
        """);
    execute(
        """
        CREATE TABLE ra_horse_pedigree (
          horse_id varchar(50) PRIMARY KEY REFERENCES ra_horses, sire_id varchar(50), sire varchar(40),
          dam_id varchar(50), dam varchar(40), damsire_id varchar(50), damsire varchar(40),
          breeder varchar(60), region varchar(5), created_at timestamptz, updated_at timestamptz)
        """);
  }

  void execute(String sql) {
    jdbi.useHandle(handle -> handle.execute(sql));
  }

  Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("horses.csv"), text);
  }

  ImportResult load(String text) throws IOException {
    return load(text, ImportOptions.ALL);
  }

  ImportResult load(String text, ImportOptions options) throws IOException {
    return intake().load(file(text), options, read -> {});
  }

  CsvImporter intake() {
    return new CsvImporter(database, TODAY, () -> 0);
  }

  /** Every horse's columns but the stamps, with ~ for NULL. */
  List<String> rows() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT concat_ws('|', horse_id, name, coalesce(sex, '~'),
                    coalesce(sex_code, '~'), coalesce(dob::text, '~'), coalesce(colour, '~'),
                    coalesce(colour_code, '~'), coalesce(region, '~'))
                FROM ra_horses ORDER BY horse_id
                """)
            .mapTo(String.class)
            .list());
  }

  /** Every pedigree's columns but the stamps, with ~ for NULL. */
  List<String> pedigrees() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT concat_ws('|', horse_id, coalesce(sire_id, '~'), coalesce(sire, '~'),
                    coalesce(dam_id, '~'), coalesce(dam, '~'), coalesce(damsire_id, '~'),
                    coalesce(damsire, '~'), coalesce(breeder, '~'), coalesce(region, '~'))
                FROM ra_horse_pedigree ORDER BY horse_id
                """)
            .mapTo(String.class)
            .list());
  }

  long tablesInStudbook() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT count(*) FROM pg_class WHERE relnamespace = 'studbook'::regnamespace")
            .mapTo(Long.class)
            .one());
  }
}
