package studbook.store.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static studbook.store.TestStore.described;
import static studbook.store.TestStore.enriched;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import studbook.store.TestStore;
import studbook.store.connection.DatabaseAddress;
import studbook.store.database.Database;
import studbook.store.database.Schema;
import studbook.store.error.StoreException;
import studbook.store.work.Lease;

/** What the user's tables must allow, and what is said where they do not. */
class WritePermissionTest {

  private static final TestStore STORE = TestStore.fresh();

  private final String role = "role_" + UUID.randomUUID().toString().replace("-", "");

  @AfterAll
  static void close() {
    STORE.close();
  }

  @BeforeEach
  void reset() {
    STORE.reset();
  }

  @AfterEach
  void withdraw() {
    for (String table : List.of("ra_horses", "ra_horse_pedigree")) {
      STORE.sql("ALTER TABLE " + table + " DISABLE ROW LEVEL SECURITY");
      STORE.sql("DROP POLICY IF EXISTS looking ON " + table);
      STORE.sql("DROP POLICY IF EXISTS changing ON " + table);
    }
    if ("1".equals(STORE.value("SELECT count(*) FROM pg_roles WHERE rolname = ?", role))) {
      STORE.sql("REASSIGN OWNED BY " + role + " TO CURRENT_USER");
      STORE.sql("DROP OWNED BY " + role);
      STORE.sql("DROP ROLE " + role);
    }
  }

  @Test
  void aProofLeavesNothingBehind() {
    STORE.horses(1);
    String before = STORE.value("SELECT h::text FROM ra_horses h");
    new UserTables(STORE.jdbi).verifyWritable();
    assertThat(STORE.value("SELECT h::text FROM ra_horses h")).isEqualTo(before);
    assertThat(STORE.value("SELECT count(*) FROM ra_horse_pedigree")).isEqualTo("0");
  }

  @Test
  void aTableWithoutHorsesNeedsNoProof() {
    new UserTables(STORE.jdbi).verifyWritable();
  }

  @Test
  void namesAColumnThatIsMissingOrOfAnotherType() {
    STORE.sql("ALTER TABLE ra_horses RENAME COLUMN colour_code TO farbe");
    assertThatThrownBy(() -> new UserTables(STORE.jdbi).widths())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("ra_horses")
        .hasMessageContaining("colour_code");
    STORE.sql("ALTER TABLE ra_horses RENAME COLUMN farbe TO colour_code");
    STORE.sql("ALTER TABLE ra_horses ALTER dob TYPE text");
    assertThatThrownBy(() -> new UserTables(STORE.jdbi).widths())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("ra_horses.dob has type text")
        .hasMessageContaining("date");
    STORE.sql("ALTER TABLE ra_horses ALTER dob TYPE date USING dob::date");
  }

  @Test
  void namesTheTableThatMayNotBeUpdated() {
    STORE.horses(1);
    Jdbi guest = guest();
    STORE.sql("GRANT SELECT, INSERT, UPDATE ON ra_horse_pedigree TO " + role);
    STORE.sql("GRANT SELECT ON ra_horses TO " + role);
    assertThatThrownBy(() -> new UserTables(guest).verifyWritable())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("ra_horses")
        .hasMessageContaining("GRANT UPDATE");
    STORE.sql("GRANT UPDATE ON ra_horses TO " + role);
    new UserTables(guest).verifyWritable();
    STORE.sql("REVOKE INSERT ON ra_horse_pedigree FROM " + role);
    assertThatThrownBy(() -> new UserTables(guest).verifyWritable())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("ra_horse_pedigree");
  }

  @Test
  void namesTheTableWhoseRowsAPolicyHidesFromUpdates() {
    STORE.horses(2);
    Jdbi guest = guest();
    STORE.sql("GRANT SELECT, INSERT, UPDATE ON ra_horses, ra_horse_pedigree TO " + role);
    STORE.sql("ALTER TABLE ra_horses ENABLE ROW LEVEL SECURITY");
    STORE.sql("CREATE POLICY looking ON ra_horses FOR SELECT USING (true)");
    assertThatThrownBy(() -> new UserTables(guest).verifyWritable())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("row level security")
        .hasMessageContaining("ra_horses");
    STORE.sql("CREATE POLICY changing ON ra_horses FOR UPDATE USING (true)");
    new UserTables(guest).verifyWritable();
    STORE.sql("ALTER TABLE ra_horse_pedigree ENABLE ROW LEVEL SECURITY");
    assertThatThrownBy(() -> new UserTables(guest).verifyWritable())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("ra_horse_pedigree")
        .hasMessageContaining("policy");
  }

  @Test
  void aHorseHiddenFromUpdatesFailsAlone() {
    STORE.horses(3);
    Lease lease = STORE.lease();
    Jdbi guest = guest();
    STORE.sql("GRANT SELECT, INSERT, UPDATE ON ra_horses, ra_horse_pedigree TO " + role);
    STORE.sql("ALTER TABLE ra_horses ENABLE ROW LEVEL SECURITY");
    STORE.sql("CREATE POLICY looking ON ra_horses FOR SELECT USING (true)");
    STORE.sql("CREATE POLICY changing ON ra_horses FOR UPDATE USING (horse_id <> 'hrs_2')");
    STORE.sql("DELETE FROM ra_horses WHERE horse_id = 'hrs_3'");

    var completed =
        new OutcomeRepository(guest)
            .write(
                List.of(
                    enriched(lease, "hrs_1"), enriched(lease, "hrs_2"), enriched(lease, "hrs_3")),
                List.of());

    assertThat(described(completed))
        .containsExactly(
            "hrs_1 RowWritten enriched", "hrs_2 RowWritten failed", "hrs_3 RowWritten missing");
    assertThat(STORE.value("SELECT error_kind FROM studbook.work_item WHERE horse_id = 'hrs_2'"))
        .isEqualTo("database_rejected");
    STORE.assertTallyIsTheLedger(lease.run());
  }

  @Test
  void existingTablesNeedNoCreatePermission() {
    guest();
    STORE.sql("GRANT SELECT, INSERT, UPDATE ON ra_horses, ra_horse_pedigree TO " + role);
    STORE.sql("DROP SCHEMA studbook CASCADE");
    STORE.sql(
        "GRANT CREATE ON DATABASE " + STORE.value("SELECT current_database()") + " TO " + role);
    String uri = STORE.server.libpqUri();
    String guestUri = uri.replaceFirst("postgresql://[^@]*@", "postgresql://" + role + ":guest@");
    try (Database database = Database.open(DatabaseAddress.parse(guestUri), 4)) {
      assertThat(new Schema(database).migrateIfNeeded()).isTrue();
    }
  }

  private Jdbi guest() {
    STORE.sql("CREATE ROLE %s LOGIN PASSWORD 'guest'".formatted(role));
    STORE.sql("GRANT USAGE ON SCHEMA studbook TO " + role);
    STORE.sql("GRANT ALL ON ALL TABLES IN SCHEMA studbook TO " + role);
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(STORE.server.jdbcUrl());
    source.setUser(role);
    source.setPassword("guest");
    return Jdbi.create(source);
  }
}
