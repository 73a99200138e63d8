package studbook.store.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import studbook.store.TestStore;
import studbook.store.connection.DatabaseAddress;
import studbook.store.database.Database;
import studbook.store.search.HorseSearchResult.TypoSearch;
import studbook.store.search.SearchIndexes.IndexResult;

/** Indexes on a user's tables: where they can be created, and where they are left to the owner. */
class SearchIndexesTest {

  private static final String PASSWORD = "hay-and-oats-98";

  /** Views over a table with other names, one of them over another view. */
  private static final String VIEWS =
      """
      CREATE SCHEMA racing;
      CREATE TABLE racing."Horses" (dropped text, owner text, "Full Name" text, id text PRIMARY KEY,
        birth date, sex text, sex_code text, colour text, colour_code text, country text, modified timestamptz);
      ALTER TABLE racing."Horses" DROP COLUMN dropped;
      CREATE TABLE racing.pedigrees (id text PRIMARY KEY, father text, sire text, mother text, dam text);
      CREATE VIEW racing.living AS
        SELECT id, sex, birth AS "born on", "Full Name" AS "the name", sex_code, colour, colour_code, country, modified
        FROM racing."Horses" h
        WHERE EXISTS (SELECT owner AS a, country AS b, colour AS c, sex AS d FROM racing."Horses" o WHERE o.id = h.id);
      CREATE VIEW ra_horses AS
        SELECT id AS horse_id, "the name" AS name, sex, sex_code, "born on" AS dob, colour, colour_code,
          country AS region, modified AS updated_at
        FROM racing.living;
      CREATE VIEW ra_horse_pedigree AS
        SELECT id AS horse_id, father || '' AS sire_id, sire, mother AS dam_id, dam FROM racing.pedigrees;
      INSERT INTO racing."Horses" (id, "Full Name") VALUES ('hrs_1', 'Long Meadow (IRE)');
      """;

  private final String role = "reader_" + ProcessHandle.current().pid();

  private static List<IndexResult> create(Database database) {
    return new SearchIndexes(database.dataSource()).create();
  }

  private static List<String> failures(List<IndexResult> results) {
    return results.stream().map(IndexResult::failure).flatMap(Optional::stream).toList();
  }

  private static HorseSearchResult find(Database database, String text) {
    return new HorseSearchQueries(database.readOnly(Duration.ofSeconds(10))).find(text, 1, 10);
  }

  private static Database connect(TestStore store) {
    return Database.open(DatabaseAddress.parse(store.server.libpqUri()), 2);
  }

  private Database connectAsReader(TestStore store) {
    return Database.open(
        DatabaseAddress.parse(
            store
                .server
                .libpqUri()
                .replaceFirst(
                    "postgresql://[^@]*@", "postgresql://" + role + ":" + PASSWORD + "@")),
        2);
  }

  private void createReader(TestStore store) {
    store.sql("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(role, PASSWORD));
    store.sql("GRANT USAGE ON SCHEMA studbook TO " + role);
    store.sql("GRANT SELECT ON ALL TABLES IN SCHEMA studbook TO " + role);
    store.sql("GRANT SELECT ON ra_horses, ra_horse_pedigree TO " + role);
  }

  private void dropReader(TestStore store) {
    store.sql("DROP OWNED BY " + role);
    store.sql("DROP ROLE " + role);
  }

  @Test
  void aViewIsLeftToTheOwnerOfTheTableBehindIt() {
    try (TestStore store = TestStore.over(VIEWS);
        Database database = connect(store)) {
      List<IndexResult> results = create(database);
      assertThat(results)
          .extracting(IndexResult::statement)
          .containsExactly(
              "CREATE INDEX CONCURRENTLY IF NOT EXISTS studbook_horses_by_name ON racing.\"Horses\""
                  + " (lower(\"Full Name\"::text COLLATE \"default\") text_pattern_ops)",
              "CREATE INDEX CONCURRENTLY IF NOT EXISTS studbook_pedigree_by_sire ON"
                  + " public.ra_horse_pedigree (sire_id)",
              "CREATE INDEX CONCURRENTLY IF NOT EXISTS studbook_pedigree_by_dam ON"
                  + " racing.pedigrees (mother)");
      assertThat(failures(results))
          .containsExactly(
              "ra_horses is a view, which cannot have an index; this one is for the table behind it",
              "ra_horse_pedigree is a view, which cannot have an index, and its column sire_id is not that of a table",
              "ra_horse_pedigree is a view, which cannot have an index; this one is for the table behind it");
      assertThat(find(database, "long").horses()).hasSize(1);
      assertThat(find(database, "lomg meadow").typos()).isEqualTo(TypoSearch.NOT_INSTALLED);

      store.sql(results.get(0).statement());
      store.sql(results.get(2).statement());
      assertThat(failures(create(database))).as("what is not a column remains").hasSize(1);
      assertThat(find(database, "lomg meadow").horses()).hasSize(1);
    }
  }

  @Test
  void aTableOfAnotherUserIsLeftToTheOwner() {
    try (TestStore store = TestStore.fresh()) {
      store.sql("INSERT INTO ra_horses (horse_id, name) VALUES ('hrs_1', 'Long Meadow (IRE)')");
      createReader(store);
      try (Database database = connectAsReader(store)) {
        List<IndexResult> results = create(database);
        assertThat(failures(results))
            .containsExactly(
                "must be owner of table ra_horses",
                "must be owner of table ra_horse_pedigree",
                "must be owner of table ra_horse_pedigree");
        assertThat(find(database, "long").horses()).hasSize(1);
        assertThat(find(database, "lomg meadow").typos()).isEqualTo(TypoSearch.NOT_INSTALLED);

        results.forEach(result -> store.sql(result.statement()));
        assertThat(failures(create(database))).as("they exist").isEmpty();
        assertThat(find(database, "lomg meadow").horses()).hasSize(1);
      } finally {
        dropReader(store);
      }
    }
  }

  @Test
  void theTableBehindAViewMayBeInASchemaOfOthers() {
    try (TestStore store = TestStore.over(VIEWS)) {
      createReader(store);
      try (Database database = connectAsReader(store)) {
        assertThat(failures(create(database))).hasSize(3);
        assertThat(find(database, "long").horses()).hasSize(1);
      } finally {
        dropReader(store);
      }
    }
  }

  @Test
  void repeatedItChangesNothingButReplacesAnInterruptedIndex() {
    try (TestStore store = TestStore.fresh();
        Database database = connect(store)) {
      assertThat(failures(create(database))).isEmpty();
      List<String> first = validIndexes(store);
      assertThat(first).hasSize(3);
      assertThat(failures(create(database))).isEmpty();
      assertThat(validIndexes(store)).isEqualTo(first);

      store.sql(
          "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'studbook_horses_by_name'::regclass");
      assertThat(find(database, "lomg meadow").typos()).isEqualTo(TypoSearch.NOT_INSTALLED);
      assertThat(failures(create(database))).isEmpty();
      assertThat(validIndexes(store)).hasSize(3).isNotEqualTo(first);
    }
  }

  private static List<String> validIndexes(TestStore store) {
    return store.jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT indexrelid::text FROM pg_index WHERE indexrelid::regclass::text LIKE 'studbook\\_%' AND indisvalid ORDER BY indexrelid")
            .mapTo(String.class)
            .list());
  }
}
