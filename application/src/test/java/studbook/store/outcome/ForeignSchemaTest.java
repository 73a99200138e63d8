package studbook.store.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static studbook.store.TestStore.described;
import static studbook.store.TestStore.enriched;
import static studbook.store.TestStore.error;
import static studbook.store.TestStore.notFound;
import static studbook.store.TestStore.outcome;
import static studbook.store.TestStore.pedigree;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import studbook.model.HorseStatus;
import studbook.model.Parent;
import studbook.model.Profile;
import studbook.model.ProfileParents;
import studbook.store.TestStore;
import studbook.store.run.RunCounts;
import studbook.store.run.RunPlanner;
import studbook.store.work.Lease;

/** Over tables that somebody else made, who had wishes of his own. */
class ForeignSchemaTest {

  private static final TestStore STORE =
      TestStore.over(
          """
          CREATE TABLE sires (sire_id varchar(50) PRIMARY KEY);
          INSERT INTO sires VALUES ('sir_901');
          CREATE TABLE ra_horses (
            horse_id varchar(50) COLLATE "POSIX" PRIMARY KEY,
            name text NOT NULL, sex text, sex_code char(1), dob date, colour varchar(5), colour_code varchar(20),
            region varchar(20), stable text DEFAULT 'none', created_at timestamp DEFAULT now(), updated_at timestamp,
            CONSTRAINT no_mare_from_fr CHECK (NOT (sex_code = 'M' AND region = 'fr'))
          );
          CREATE TABLE ra_horse_pedigree (
            horse_id varchar(50) PRIMARY KEY REFERENCES ra_horses ON DELETE CASCADE,
            sire_id varchar(50) CONSTRAINT sire_is_known REFERENCES sires,
            sire varchar(255), dam_id varchar(50), dam varchar(255), damsire_id varchar(50), damsire varchar(255),
            breeder varchar(255), region varchar(20), note text NOT NULL DEFAULT 'by default',
            created_at timestamptz, updated_at timestamptz,
            CONSTRAINT each_dam_once UNIQUE (dam_id) DEFERRABLE INITIALLY DEFERRED
          );
          CREATE FUNCTION raise_it() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN
            IF NEW.dob = '2011-11-11' THEN RAISE EXCEPTION 'no horse of that day'; END IF;
            IF NEW.dob = '2012-12-12' THEN RAISE EXCEPTION 'a state of our own' USING ERRCODE = 'MY001'; END IF;
            IF NEW.dob = '2010-10-10' THEN RETURN NULL; END IF;
            RETURN NEW;
          END $$;
          CREATE TRIGGER raises BEFORE UPDATE ON ra_horses FOR EACH ROW EXECUTE FUNCTION raise_it();
          """);

  @AfterAll
  static void close() {
    STORE.close();
  }

  @BeforeEach
  void reset() {
    STORE.reset();
  }

  @Test
  void existingTablesCanBeWritten() {
    STORE.horses(3);
    new UserTables(STORE.jdbi).verifyWritable();
    assertThat(new UserTables(STORE.jdbi).widths())
        .containsEntry(studbook.model.Field.COLOUR, 5)
        .containsEntry(studbook.model.Field.SEX_CODE, 1)
        .doesNotContainKey(studbook.model.Field.SEX);
    STORE.sql("UPDATE ra_horses SET stable = 'East Yard'");
    STORE.write(enriched(STORE.lease(), "hrs_2"));
    assertThat(STORE.row("SELECT name, stable, dob::text FROM ra_horses WHERE horse_id = 'hrs_2'"))
        .containsEntry("name", "Horse 2")
        .containsEntry("stable", "East Yard")
        .containsEntry("dob", "2018-03-04");
    assertThat(STORE.value("SELECT note FROM ra_horse_pedigree")).isEqualTo("by default");
    assertThat(STORE.value("SELECT count(*) FROM ra_horses WHERE dob IS NULL")).isEqualTo("2");
  }

  @Test
  void onlyTheRefusedHorsesFailAndTheConstraintIsNamed() {
    STORE.horses(40);
    Lease lease = STORE.lease();
    List<Outcome> batch = new ArrayList<>();
    for (int i = 1; i <= 40; i++) {
      ProfileParents dam =
          new ProfileParents(
              Parent.UNKNOWN, new Parent("dam_" + (1000 + i), "Dam " + i), Parent.UNKNOWN);
      batch.add(
          outcome(lease, "hrs_" + i, HorseStatus.ENRICHED, day("2018-03-04", "bay", "ire", dam)));
    }
    batch.set(
        2,
        outcome(
            lease,
            "hrs_3",
            HorseStatus.ENRICHED,
            day("2018-03-04", "bay", "fr", ProfileParents.UNKNOWN)));
    batch.set(
        6,
        outcome(
            lease, "hrs_7", HorseStatus.ENRICHED, day("2018-03-04", "bay", "ire", pedigree(77))));
    batch.set(
        12,
        outcome(
            lease,
            "hrs_13",
            HorseStatus.ENRICHED,
            day("2018-03-04", "chestnut", "ire", ProfileParents.UNKNOWN)));
    batch.set(
        17,
        outcome(
            lease,
            "hrs_18",
            HorseStatus.ENRICHED,
            day("2011-11-11", "bay", "ire", ProfileParents.UNKNOWN)));
    batch.set(
        18,
        outcome(
            lease,
            "hrs_19",
            HorseStatus.ENRICHED,
            day("2012-12-12", "bay", "ire", ProfileParents.UNKNOWN)));
    batch.set(39, notFound(lease, "hrs_40"));

    List<WriteResult> completed =
        STORE.outcomeRepository.write(batch, List.of(error(lease.run(), "once")));

    assertThat(described(completed).stream().filter(line -> line.endsWith("failed")))
        .containsExactly(
            "hrs_13 RowWritten failed",
            "hrs_18 RowWritten failed",
            "hrs_19 RowWritten failed",
            "hrs_3 RowWritten failed",
            "hrs_7 RowWritten failed");
    assertThat(STORE.runRepository.counts(lease.run()))
        .isEqualTo(new RunCounts(40, 34, 0, 0, 1, 5, 0, 0, 34, 41));
    STORE.assertTallyIsTheLedger(lease.run());
    assertThat(why("hrs_3")).contains("no_mare_from_fr");
    assertThat(why("hrs_7")).contains("sire_is_known").doesNotContain("sir_77");
    assertThat(why("hrs_13")).contains("too long");
    assertThat(why("hrs_18")).contains("no horse of that day");
    assertThat(why("hrs_19")).contains("a state of our own");
    assertThat(
            STORE.value(
                "SELECT count(DISTINCT error_kind) || max(error_kind) FROM studbook.work_item WHERE state ="
                    + " 'failed'"))
        .isEqualTo("1database_rejected");
    assertThat(STORE.value("SELECT count(*) FROM studbook.error WHERE kind <> 'database_rejected'"))
        .isEqualTo("1");
    assertThat(STORE.value("SELECT count(*) FROM studbook.error WHERE kind = 'database_rejected'"))
        .isEqualTo("5");
    assertThat(STORE.value("SELECT count(*) FROM ra_horse_pedigree WHERE horse_id = 'hrs_7'"))
        .isEqualTo("0");
    assertThat(STORE.horse("hrs_7")).containsEntry("dob", null);
  }

  @Test
  void aConstraintThatWaitsForTheCommitRefusesToo() {
    STORE.horses(2);
    Lease lease = STORE.lease();
    STORE.write(enriched(lease, "hrs_1"));
    assertThat(described(STORE.write(enriched(lease, "hrs_2"))))
        .containsExactly("hrs_2 RowWritten failed");
    assertThat(why("hrs_2")).contains("each_dam_once");
    STORE.assertTallyIsTheLedger(lease.run());
  }

  @Test
  void aPlanSkipsCompletedHorsesWithAnyCollation() {
    STORE.horses(2);
    STORE.write(notFound(STORE.lease(), "hrs_1"));
    assertThat(new RunPlanner(STORE.jdbi).counts(TestStore.ALL).toDo()).isEqualTo(1);
    STORE.plan();
  }

  private static Profile day(String dob, String colour, String region, ProfileParents pedigree) {
    return new Profile(
        LocalDate.parse(dob), "mare", "M", colour, "B", region, "A Breeder", pedigree);
  }

  private static String why(String horse) {
    return String.valueOf(
        STORE.value("SELECT error_message FROM studbook.work_item WHERE horse_id = ?", horse));
  }
}
