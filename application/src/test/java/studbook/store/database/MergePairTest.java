package studbook.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static studbook.store.TestStore.outcome;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.model.HorseStatus;
import studbook.model.Parent;
import studbook.model.Profile;
import studbook.model.ProfileParents;
import studbook.store.TestStore;

/** Pairs move whole: a parent's id and name, sex and its code, colour and its code. */
class MergePairTest {

  private static final TestStore STORE = TestStore.fresh();

  @AfterAll
  static void close() {
    STORE.close();
  }

  @BeforeEach
  void empty() {
    STORE.reset();
  }

  private record Case(
      @Nullable String oldCode,
      @Nullable String oldWord,
      @Nullable String newCode,
      @Nullable String newWord,
      @Nullable String code,
      @Nullable String word) {}

  private static Stream<Case> cases() {
    return Stream.of(
        // whole into anything
        new Case(null, null, "n", "New", "n", "New"),
        new Case("o", "Old", "n", "New", "n", "New"),
        new Case("o", null, "n", "New", "n", "New"),
        new Case(null, "Old", "n", "New", "n", "New"),
        // half into an all-blank pair
        new Case(null, null, "n", null, "n", null),
        new Case("", "", null, "New", "", "New"),
        new Case(null, "", "n", null, "n", ""),
        // half beside something else: never
        new Case("o", null, null, "New", "o", null),
        new Case(null, "Old", "n", null, null, "Old"),
        new Case("o", "Old", "n", null, "o", "Old"),
        new Case("o", "Old", null, "New", "o", "Old"),
        new Case("o", "", "n", null, "o", ""),
        // nothing
        new Case("o", "Old", null, null, "o", "Old"),
        new Case("", null, null, null, "", null));
  }

  @Test
  void ofSexAndColourAndEachParent() {
    cases()
        .forEach(one -> {
          empty();
          STORE.horses("hrs_1");
          STORE.sql(
              "UPDATE ra_horses SET sex_code = ?, sex = ?, colour_code = ?, colour = ?",
              one.oldCode(),
              one.oldWord(),
              one.oldCode(),
              one.oldWord());
          STORE.sql(
              """
              INSERT INTO ra_horse_pedigree (horse_id, sire_id, sire, dam_id, dam, damsire_id, damsire)
              VALUES ('hrs_1', ?, ?, ?, ?, ?, ?)
              """,
              one.oldCode(),
              one.oldWord(),
              one.oldCode(),
              one.oldWord(),
              one.oldCode(),
              one.oldWord());
          Parent parent = new Parent(one.newCode(), one.newWord());
          Profile profile =
              new Profile(
                  null,
                  one.newWord(),
                  one.newCode(),
                  one.newWord(),
                  one.newCode(),
                  null,
                  null,
                  new ProfileParents(parent, parent, parent));
          STORE.write(outcome(STORE.lease(), "hrs_1", HorseStatus.NO_DOB, profile));
          for (String pair : new String[] {"sex_code, sex", "colour_code, colour"}) {
            assertPair(one, pair, "ra_horses");
          }
          for (String pair : new String[] {"sire_id, sire", "dam_id, dam", "damsire_id, damsire"}) {
            assertPair(one, pair, "ra_horse_pedigree");
          }
        });
  }

  private static void assertPair(Case one, String columns, String table) {
    var row = STORE.row("SELECT %s FROM %s".formatted(columns, table));
    assertThat(row.values()).as("%s of %s", columns, one).containsExactly(one.code(), one.word());
  }
}
