package studbook.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import studbook.store.TestDatabase;
import studbook.store.connection.DatabaseAddress;
import studbook.store.error.StoreException;

class SchemaTest {

  private final TestDatabase server = TestDatabase.fresh();

  @AfterEach
  void close() {
    server.close();
  }

  private Database open() {
    return Database.open(DatabaseAddress.parse(server.libpqUri()), 4);
  }

  @Test
  void theFirstStartCreatesTheSchemaOutsideTheUsersTables() {
    try (Database database = open()) {
      assertThat(new Schema(database).migrateIfNeeded()).isTrue();
      assertThat(new Schema(database).migrateIfNeeded()).isFalse();
      assertThat(
              value(
                  database,
                  "SELECT string_agg(table_schema, ' ') FROM information_schema.tables WHERE"
                      + " table_name LIKE 'ra\\_%'"))
          .isEqualTo("public public");
      new Schema(database).drop();
      assertThat(value(database, "SELECT to_regclass('ra_horses')::text")).isNull();
      assertThat(new Schema(database).migrateIfNeeded()).isTrue();
    }
  }

  @Test
  void existingTablesKeepRowsAndColumns() {
    try (Database database = open()) {
      database
          .jdbi()
          .useHandle(handle -> {
            handle.execute(
                """
                CREATE TABLE ra_horses (horse_id varchar(50) PRIMARY KEY, name text, sex text, sex_code text, dob date,
                  colour text, colour_code text, region text, updated_at timestamptz, mine int DEFAULT 7)
                """);
            handle.execute("INSERT INTO ra_horses (horse_id, name) VALUES ('hrs_1', 'Nobody')");
          });
      assertThat(new Schema(database).migrateIfNeeded()).isTrue();
      assertThat(value(database, "SELECT h::text FROM ra_horses h"))
          .isEqualTo("(hrs_1,Nobody,,,,,,,,7)");
      assertThat(value(database, "SELECT count(*)::text FROM ra_horse_pedigree")).isEqualTo("0");
    }
  }

  @Test
  void aDatabaseOfANewerStudbookIsRefused() {
    try (Database database = open()) {
      new Schema(database).migrateIfNeeded();
      database
          .jdbi()
          .useHandle(handle ->
              handle.execute(
                  """
                  INSERT INTO studbook.schema_history
                    (installed_rank, version, description, type, script, installed_by, execution_time, success)
                  VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 'somebody', 1, true)
                  """));
      assertThatThrownBy(() -> new Schema(database).migrateIfNeeded())
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("newer")
          .hasMessageContaining("99")
          .hasMessageNotContaining(server.password());
    }
  }

  @Test
  void aDatabaseOfAnEarlierDevelopmentVersionIsRefusedWithWhatToDo() {
    try (Database database = open()) {
      Schema schema = new Schema(database);
      schema.migrateIfNeeded();
      assertThat(schema.missing()).isEmpty();
      database
          .jdbi()
          .useHandle(handle ->
              handle.execute("UPDATE studbook.schema_history SET checksum = checksum + 1"));
      assertThatThrownBy(schema::migrateIfNeeded)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("DROP SCHEMA studbook CASCADE and then `studbook init`")
          .hasMessageNotContaining(server.password());
      assertThatThrownBy(schema::missing).isInstanceOf(StoreException.class);
      schema.drop();
      assertThat(schema.migrateIfNeeded()).isTrue();
    }
  }

  @Test
  void eightFirstStartsAtOnceMigrateOnce() throws Exception {
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<Future<Boolean>> starts = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        starts.add(
            threads.submit(() -> {
              try (Database database = open()) {
                return new Schema(database).migrateIfNeeded();
              }
            }));
      }
      int made = 0;
      for (Future<Boolean> start : starts) {
        made += start.get() ? 1 : 0;
      }
      assertThat(made).isEqualTo(1);
    }
    try (Database database = open()) {
      assertThat(
              value(
                  database,
                  "SELECT count(*)::text FROM studbook.schema_history WHERE type = 'SQL'"))
          .isEqualTo(Integer.toString(migrations().size()));
    }
  }

  @Test
  void theVersionIsTheNewestMigrations() throws Exception {
    assertThat(migrations()).doesNotHaveDuplicates().last().isEqualTo(Schema.VERSION);
  }

  private static List<Integer> migrations() throws Exception {
    URL folder = Schema.class.getResource("/studbook/store/migration");
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      return files
          .map(file -> file.getFileName().toString().replaceFirst("V(\\d+)__.*", "$1"))
          .map(Integer::valueOf)
          .sorted()
          .toList();
    }
  }

  private static String value(Database database, String query) {
    return database
        .jdbi()
        .withHandle(handle -> handle.select(query).mapTo(String.class).findOne().orElse(null));
  }
}
