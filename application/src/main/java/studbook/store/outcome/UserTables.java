package studbook.store.outcome;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import studbook.model.Field;
import studbook.model.HorseId;
import studbook.model.SafeText;
import studbook.store.error.StoreException;
import studbook.store.table.ColumnFit;
import studbook.store.table.MissingGrants;
import studbook.store.table.RowSecurity;
import studbook.store.table.TableColumn;
import studbook.store.table.UserColumns;
import studbook.store.table.ViewUpdates;

/**
 * The user's two tables: whether they fit and can be written, and the widths of their columns. They
 * may have more columns, foreign keys, triggers and policies than those that Studbook creates.
 */
public final class UserTables {

  private static final int LONGEST_ID = 60;

  private final Jdbi jdbi;

  public UserTables(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The character limits of the columns. A field in both tables has the narrower width.
   *
   * @throws StoreException with every column that is missing or has an unsuitable type
   */
  public Map<Field, Integer> widths() {
    return jdbi.withHandle(handle -> {
      Map<String, TableColumn> horses = TableColumn.read(handle, "ra_horses");
      Map<String, TableColumn> pedigrees = TableColumn.read(handle, "ra_horse_pedigree");
      requireFit(handle, horses, pedigrees);
      Map<Field, Integer> widths = new EnumMap<>(Field.class);
      for (Map<String, TableColumn> table : List.of(horses, pedigrees)) {
        for (Field field : Field.values()) {
          Optional.ofNullable(table.get(field.column()))
              .flatMap(TableColumn::width)
              .ifPresent(width -> widths.merge(field, width, Math::min));
        }
      }
      return widths;
    });
  }

  /**
   * Checks that the tables can be read, and that no row is hidden silently.
   *
   * @throws StoreException with the column or policy at fault
   */
  public void requireReadable() {
    widths();
    jdbi.useHandle(handle -> {
      RowSecurity security = new RowSecurity(handle);
      for (String table : List.of("ra_horses", "ra_horse_pedigree")) {
        security.requirePolicies(table, List.of("SELECT"));
        requireVisibleRows(handle, security, table);
      }
      requireUniqueIds(handle);
    });
  }

  private static void requireVisibleRows(Handle handle, RowSecurity security, String table) {
    if (security.isActive(table) && isEmpty(handle, table)) {
      long estimate = security.estimatedRows(table);
      if (estimate > 0) {
        throw new StoreException(
            "row level security hides all rows of %s (about %d) from this database user: change its policies for SELECT, or use a role with BYPASSRLS"
                .formatted(table, estimate));
      }
    }
  }

  private static boolean isEmpty(Handle handle, String table) {
    return handle
        .createQuery(
            """
            SELECT CASE :table WHEN 'ra_horses' THEN NOT EXISTS (SELECT FROM ra_horses)
                               ELSE NOT EXISTS (SELECT FROM ra_horse_pedigree) END
            """)
        .bind("table", table)
        .mapTo(Boolean.class)
        .one();
  }

  /**
   * Without a unique index, as over a view, the ids are counted: two rows of one horse would be two
   * horses.
   */
  private static void requireUniqueIds(Handle handle) {
    boolean indexed =
        handle
            .createQuery(
                """
                SELECT EXISTS (
                  SELECT FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attname = 'horse_id'
                  WHERE i.indrelid = to_regclass('ra_horses') AND i.indisunique AND i.indisvalid AND i.indpred IS NULL
                    AND i.indnkeyatts = 1 AND i.indkey[0] = a.attnum)
                """)
            .mapTo(Boolean.class)
            .one();
    if (indexed) {
      return;
    }
    handle
        .createQuery(
            """
            SELECT horse_id::text FROM ra_horses WHERE horse_id IS NOT NULL
            GROUP BY horse_id HAVING count(*) > 1 LIMIT 1
            """)
        .mapTo(String.class)
        .findOne()
        .ifPresent(id -> {
          throw new StoreException(
              "ra_horses.horse_id is not unique: %s occurs in several rows; keep one row of each horse and make horse_id the primary key"
                  .formatted(SafeText.excerpt(id, LONGEST_ID)));
        });
  }

  /** Any horse of the table. */
  public Optional<HorseId> anyHorse() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT horse_id::text AS horse_id FROM ra_horses
                WHERE horse_id::text COLLATE "C" ~ :pattern LIMIT 1
                """)
            .bind("pattern", "^" + HorseId.PATTERN + "$")
            .map((row, context) -> new HorseId(row.getString("horse_id")))
            .findOne());
  }

  private static void requireFit(
      Handle handle, Map<String, TableColumn> horses, Map<String, TableColumn> pedigrees) {
    ColumnFit fit = new ColumnFit(handle);
    List<String> problems = new ArrayList<>();
    problems.addAll(
        fit.problems(
            "ra_horses", horses, UserColumns.without(UserColumns.OF_HORSES, "created_at")));
    problems.addAll(fit.problems("ra_horse_pedigree", pedigrees, UserColumns.OF_PEDIGREES));
    if (!problems.isEmpty()) {
      throw new StoreException(String.join("; ", problems));
    }
  }

  /**
   * Proves that the real statement can write, on a horse of the table and in a transaction that is
   * rolled back. Takes some 20 ms, and more if few horses lack a date of birth: one has to be
   * found.
   *
   * @throws StoreException with the permission, policy, rule, function, trigger or column at fault
   */
  public void verifyWritable() {
    requireReadable();
    jdbi.useHandle(handle -> {
      RowSecurity security = new RowSecurity(handle);
      security.requirePolicies("ra_horses", List.of("UPDATE"));
      security.requirePolicies("ra_horse_pedigree", List.of("INSERT", "UPDATE"));
      new ViewUpdates(handle).requireFillable();
    });
    new TrialWrite(jdbi).verify();
  }

  /**
   * Proves that new horses can be inserted with their pedigrees.
   *
   * @throws StoreException with the permissions, policies or other obstacle
   */
  public void verifyInsertable() {
    requireReadable();
    jdbi.useHandle(handle -> {
      requireGranted(new MissingGrants(handle).toInsert());
      RowSecurity security = new RowSecurity(handle);
      security.requirePolicies("ra_horses", List.of("INSERT"));
      security.requirePolicies("ra_horse_pedigree", List.of("INSERT"));
      new ViewUpdates(handle).requireInsertable();
    });
    new TrialWrite(jdbi).verifyInsert();
  }

  /**
   * Checks that a file can be loaded into ra_horses.
   *
   * @throws StoreException with the missing permissions and policies
   */
  public void requireImportable() {
    jdbi.useHandle(handle -> {
      requireGranted(new MissingGrants(handle).toImport());
      new RowSecurity(handle).requirePolicies("ra_horses", List.of("SELECT", "INSERT", "UPDATE"));
    });
  }

  /**
   * Checks that a file can be loaded into ra_horse_pedigree.
   *
   * @throws StoreException with the missing permissions and policies
   */
  public void requirePedigreesImportable() {
    jdbi.useHandle(handle -> {
      requireGranted(new MissingGrants(handle).toImportPedigrees());
      new RowSecurity(handle)
          .requirePolicies("ra_horse_pedigree", List.of("SELECT", "INSERT", "UPDATE"));
    });
  }

  private static void requireGranted(List<String> missing) {
    if (!missing.isEmpty()) {
      throw new StoreException(
          "the database user lacks privileges; run as the owner: " + String.join(" ", missing));
    }
  }
}
