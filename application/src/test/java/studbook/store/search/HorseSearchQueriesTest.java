package studbook.store.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import studbook.store.TestDatabase;
import studbook.store.TestStore;
import studbook.store.connection.DatabaseAddress;
import studbook.store.database.Database;
import studbook.store.database.Schema;
import studbook.store.search.HorseSearchResult.TypoSearch;

/** What a search finds, and in which order. */
class HorseSearchQueriesTest {

  private static final TestStore STORE = TestStore.fresh();
  private static final Database DATABASE =
      Database.open(DatabaseAddress.parse(STORE.server.libpqUri()), 2);
  private static final Jdbi READING = DATABASE.readOnly(Duration.ofSeconds(10));

  @BeforeAll
  static void horses() {
    horse("hrs_1", "Long Meadow (IRE)");
    horse("hrs_2", "Long Meadows");
    horse("hrs_3", "Longitude (FR)");
    horse("hrs_4", "Élan Vital (FR)");
    horse("hrs_5", "100% Sure_Thing");
    horse("hrs_6", "Sea The Stars (IRE)");
    horse("hrs_77", "Other Horse");
    horse("hrs_78", "Rosöl");
    STORE.sql(
        """
        INSERT INTO studbook.ancestor (horse_id, status, generation, name, run_id) VALUES
          ('hrs_8', 'found', 1, 'Long Ago', 1), ('hrs_9', 'not_found', 1, 'Long Lost', 1)
        """);
    STORE.sql(
        "INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire, dam_id, dam) VALUES ('hrs_1', 'sir_6', 'Sea The Stars (IRE)', 'dam_0', 'Unknown')");
  }

  private static void horse(String id, String name) {
    STORE.sql("INSERT INTO ra_horses (horse_id, name, dob) VALUES (?, ?, '2010-04-05')", id, name);
  }

  @AfterAll
  static void close() {
    DATABASE.close();
    STORE.close();
  }

  private static List<String> found(String text) {
    return find(text).horses().stream().map(FoundHorse::id).toList();
  }

  private static HorseSearchResult find(String text) {
    return new HorseSearchQueries(READING).find(text, 1, 10);
  }

  private static void withIndexes(Runnable test) {
    assertThat(new SearchIndexes(DATABASE.dataSource()).create())
        .allMatch(result -> result.failure().isEmpty());
    try {
      test.run();
    } finally {
      STORE.sql(
          "DROP INDEX studbook_horses_by_name, studbook_pedigree_by_sire, studbook_pedigree_by_dam");
    }
  }

  @Test
  void beginningsAreFoundInTheOrderOfNamesWhateverTheirCase() {
    assertThat(found("lOnG m")).containsExactly("hrs_1", "hrs_2");
    assertThat(found("long")).containsExactly("hrs_8", "hrs_1", "hrs_2", "hrs_3");
    assertThat(found("élan")).containsExactly("hrs_4");
    assertThat(found("meadow")).isEmpty();
  }

  @Test
  void aCountryInTheTextOrInTheNameMakesNoDifference() {
    assertThat(found("long meadow")).containsExactly("hrs_1", "hrs_2");
    assertThat(found("Long Meadow (GB)")).containsExactly("hrs_1", "hrs_2");
    assertThat(found("(ire)")).isEmpty();
  }

  @Test
  void anIdComesFirstWithAnyPrefixOrNone() {
    for (String text : List.of("hrs_77", "77", "sir_77", "dam_77")) {
      assertThat(found(text)).as(text).containsExactly("hrs_77");
    }
    assertThat(found("hrs_999")).isEmpty();
    assertThat(found("hrs_9")).as("one that the API does not know").isEmpty();
  }

  @Test
  void wildcardsMeanThemselves() {
    assertThat(found("100%")).containsExactly("hrs_5");
    assertThat(found("100% sure_")).containsExactly("hrs_5");
    assertThat(found("%")).isEmpty();
    assertThat(found("_ong")).isEmpty();
    assertThat(found("\\")).isEmpty();
    assertThat(found("' OR 1=1 --")).isEmpty();
  }

  @Test
  void aPageEndsAndSaysWhetherMoreFollow() {
    HorseSearchQueries queries = new HorseSearchQueries(READING);
    HorseSearchResult first = queries.find("long", 1, 3);
    HorseSearchResult second = queries.find("long", 2, 3);
    assertThat(first.horses())
        .extracting(FoundHorse::id)
        .containsExactly("hrs_8", "hrs_1", "hrs_2");
    assertThat(first.hasMore()).isTrue();
    assertThat(second.horses()).extracting(FoundHorse::id).containsExactly("hrs_3");
    assertThat(second.hasMore()).isFalse();
  }

  @Test
  void parentsAreNamedWithTheIdsOfTheirOwnRows() {
    assertThat(find("long meadow (").horses().getFirst())
        .isEqualTo(
            new FoundHorse(
                "hrs_1",
                "Long Meadow (IRE)",
                2010,
                null,
                "hrs_6",
                "Sea The Stars (IRE)",
                null,
                "Unknown"));
  }

  @Test
  void aTypingErrorIsForgiven() {
    withIndexes(() -> {
      for (String text :
          List.of("long maedow", "lomg meadow", "long meado", "longmeadow", "lng meadow")) {
        assertThat(found(text)).as(text).containsExactly("hrs_1", "hrs_2");
      }
      assertThat(found("lnog")).containsExactly("hrs_8", "hrs_3", "hrs_1", "hrs_2");
      assertThat(found("long aog")).as("of an ancestor").containsExactly("hrs_8");
      assertThat(found("long lots")).as("the API does not know it").isEmpty();
      assertThat(found("see the stars")).containsExactly("hrs_6");
      assertThat(find("sae the stars").typos()).isEqualTo(TypoSearch.DONE);
      assertThat(found("complete nonsense")).isEmpty();
    });
  }

  @Test
  void anAccentIsForgiven() {
    withIndexes(() -> {
      for (String text : List.of("elan vital", "ÈLAN VITAL", "élan vitâl", "élan vítal (FR)")) {
        assertThat(found(text)).as(text).containsExactly("hrs_4");
      }
      assertThat(found("éélan")).containsExactly("hrs_4");
      assertThat(found("rrosé")).as("not Rosöl").isEmpty();
      assertThat(found("日本馬名")).isEmpty();
    });
  }

  @Test
  void everySingleErrorInAnyPlaceIsForgiven() {
    String name = "long meadow";
    withIndexes(() -> {
      for (int i = 0; i < name.length(); i++) {
        String head = name.substring(0, i);
        String tail = name.substring(i + 1);
        for (String text :
            List.of(head + "q" + tail, head + tail, head + "q" + name.charAt(i) + tail)) {
          assertThat(found(text)).as(text).contains("hrs_1");
        }
        if (i + 1 < name.length()) {
          String text = head + name.charAt(i + 1) + name.charAt(i) + name.substring(i + 2);
          assertThat(found(text)).as(text).contains("hrs_1");
        }
      }
      assertThat(found("sure%thinq")).as("a wildcard means itself here, too").isEmpty();
    });
  }

  /** "old oak" may be meant by "old oaak", and so may names that only begin with it. */
  @Test
  void aNameThatIsMeantWholeComesBeforeLongerOnes() {
    STORE.sql(
        """
        INSERT INTO ra_horses (horse_id, name)
        SELECT 'hrs_100' || n, 'Old Oak Abbey ' || chr(64 + n::int) FROM generate_series(1, 20) n
        UNION ALL SELECT * FROM (VALUES ('hrs_99', 'Old Oak (USA)'), ('hrs_98', 'Old Oaks')) others
        """);
    try {
      withIndexes(() -> {
        assertThat(found("old oaak")).startsWith("hrs_99", "hrs_98", "hrs_1001").hasSize(10);
        HorseSearchQueries queries = new HorseSearchQueries(READING);
        assertThat(queries.find("old oaak", 3, 10).horses()).hasSize(2);
        assertThat(queries.find("old oaak", 2, 10).hasMore()).isTrue();
      });
    } finally {
      STORE.sql("DELETE FROM ra_horses WHERE name LIKE 'Old Oak%'");
    }
  }

  @Test
  void withoutTheIndexTheResultSaysSo() {
    HorseSearchResult result = find("lomg meadow");
    assertThat(result.horses()).isEmpty();
    assertThat(result.typos()).isEqualTo(TypoSearch.NOT_INSTALLED);
  }

  /** LATIN2 lacks most letters with accents. */
  @ParameterizedTest
  @ValueSource(strings = {"SQL_ASCII", "LATIN2"})
  void aDatabaseInAnotherEncodingIsSearchedToo(String encoding) {
    try (TestDatabase server = TestDatabase.encoded(encoding);
        Database database = Database.open(DatabaseAddress.parse(server.libpqUri()), 4)) {
      new Schema(database).migrateIfNeeded();
      database
          .jdbi()
          .useHandle(handle ->
              handle.execute(
                  "INSERT INTO ra_horses (horse_id, name) VALUES ('hrs_1', 'Gaéte'), ('hrs_2', 'Other Horse')"));
      new SearchIndexes(database.dataSource()).create();
      HorseSearchQueries queries =
          new HorseSearchQueries(database.readOnly(Duration.ofSeconds(10)));
      for (String text : List.of("Gaét", "gaéet", "gxéte", "gaéxte", "gaétee")) {
        assertThat(queries.find(text, 1, 10).horses()).as(text).hasSize(1);
      }
      assertThat(queries.find("ohter horse", 1, 10).horses()).hasSize(1);
      assertThat(queries.find("Gaete", 1, 10).typos()).isEqualTo(TypoSearch.DONE);
    }
  }
}
