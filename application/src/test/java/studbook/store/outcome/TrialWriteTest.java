package studbook.store.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.store.TestStore;
import studbook.store.error.StoreException;

/** What would stop every write is found before a run begins; what stops one horse is not. */
class TrialWriteTest {

  private static final TestStore STORE = TestStore.fresh();

  @AfterAll
  static void close() {
    STORE.close();
  }

  @BeforeEach
  void reset() {
    STORE.reset();
    STORE.horses(5);
  }

  @AfterEach
  void tidy() {
    STORE.sql("DROP RULE IF EXISTS keeps_a_copy ON ra_horses");
    STORE.sql("DROP TRIGGER IF EXISTS watch ON ra_horses");
    STORE.sql("DROP FUNCTION IF EXISTS watcher()");
    STORE.sql("ALTER TABLE ra_horses DROP CONSTRAINT IF EXISTS of_our_own");
    STORE.sql("ALTER TABLE ra_horse_pedigree DROP CONSTRAINT IF EXISTS known_sire");
    STORE.sql("ALTER TABLE ra_horse_pedigree DROP COLUMN IF EXISTS note");
  }

  @Test
  void namesARuleThatTheStatementCannotPass() {
    STORE.sql("CREATE RULE keeps_a_copy AS ON UPDATE TO ra_horses DO ALSO NOTIFY changed");
    refused("keeps_a_copy on ra_horses", "rule");
    STORE.sql("TRUNCATE ra_horses");
    refused("keeps_a_copy on ra_horses");
  }

  @Test
  void namesABrokenTriggerThatOnlyFiresOnARealChange() {
    for (String broken : List.of("PERFORM no_such_function()", "NEW.no_such_column := 1")) {
      STORE.sql(
          "CREATE OR REPLACE FUNCTION watcher() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
              + broken
              + "; RETURN NEW; END $$");
      STORE.sql("DROP TRIGGER IF EXISTS watch ON ra_horses");
      STORE.sql(
          "CREATE TRIGGER watch BEFORE UPDATE ON ra_horses FOR EACH ROW"
              + " WHEN (OLD.dob IS DISTINCT FROM NEW.dob) EXECUTE FUNCTION watcher()");
      refused("watch on ra_horses", "watcher");
    }
  }

  @Test
  void aTriggerThatRejectsEveryHorseIsNamed() {
    for (String state : List.of("P0001", "55000", "40001", "08000", "57014", "MY001")) {
      trigger("true", state);
      refused("watch on ra_horses");
    }
  }

  @Test
  void aTriggerThatRejectsOneHorsePassesTheTrial() {
    for (String state : List.of("P0001", "55000", "40001", "42883", "XX000")) {
      trigger("NEW.horse_id = (SELECT horse_id FROM ra_horses LIMIT 1)", state);
      new UserTables(STORE.jdbi).verifyWritable();
    }
    assertThat(STORE.value("SELECT count(*) FROM ra_horses WHERE dob IS NOT NULL")).isEqualTo("0");
  }

  @Test
  void constraintsThatRejectInventedValuesPassTheTrial() {
    STORE.sql("ALTER TABLE ra_horses ADD CONSTRAINT of_our_own CHECK (dob > '2023-01-01')");
    new UserTables(STORE.jdbi).verifyWritable();
    STORE.sql(
        "ALTER TABLE ra_horse_pedigree ADD CONSTRAINT known_sire FOREIGN KEY (sire_id) REFERENCES"
            + " ra_horses DEFERRABLE INITIALLY DEFERRED");
    new UserTables(STORE.jdbi).verifyWritable();
  }

  @Test
  void namesAColumnThatMustNotBeNullAndGetsNoValue() {
    STORE.sql("ALTER TABLE ra_horse_pedigree ADD note text NOT NULL");
    refused("note", "default");
  }

  @Test
  void horsesThatAnotherProcessFillsMeanwhileAreNotHidden() throws Exception {
    CompletableFuture<Void> trial =
        STORE.jdbi.inTransaction(handle -> {
          handle.execute("UPDATE ra_horses SET dob = '2015-04-23'");
          CompletableFuture<Void> waiting =
              CompletableFuture.runAsync(() -> new UserTables(STORE.jdbi).verifyWritable());
          STORE.awaitSomebodyWaitsForALock();
          return waiting;
        });
    assertThat(trial).succeedsWithin(10, TimeUnit.SECONDS);
  }

  @Test
  void leavesNothingBehindAndTakesNoNumberOfARun() {
    new UserTables(STORE.jdbi).verifyWritable();
    for (String table : List.of("run", "chunk", "work_item", "error")) {
      assertThat(STORE.value("SELECT count(*) FROM studbook." + table)).as(table).isEqualTo("0");
    }
    assertThat(STORE.value("SELECT count(*) FROM studbook.worker")).isEqualTo("1");
    assertThat(STORE.value("SELECT count(*) FROM ra_horse_pedigree")).isEqualTo("0");
    long first = STORE.plan();
    new UserTables(STORE.jdbi).verifyWritable();
    assertThat(STORE.plan()).isEqualTo(first + 1);
  }

  private static void trigger(String condition, String state) {
    STORE.sql(
        """
        CREATE OR REPLACE FUNCTION watcher() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF %s THEN RAISE 'not this one' USING ERRCODE = '%s'; END IF; RETURN NEW; END $$
        """
            .formatted(condition, state));
    STORE.sql("DROP TRIGGER IF EXISTS watch ON ra_horses");
    STORE.sql(
        "CREATE TRIGGER watch BEFORE UPDATE ON ra_horses FOR EACH ROW EXECUTE FUNCTION watcher()");
  }

  private static void refused(String... parts) {
    var refusal =
        assertThatThrownBy(() -> new UserTables(STORE.jdbi).verifyWritable())
            .isInstanceOf(StoreException.class);
    for (String part : parts) {
      refusal.hasMessageContaining(part);
    }
  }
}
