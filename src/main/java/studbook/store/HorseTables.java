package studbook.store;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import studbook.horse.Field;
import studbook.horse.HorseId;

/**
 * The user's two tables: whether they fit and may be written, and how wide their columns are. They
 * may have more columns, foreign keys, triggers and policies than we would give them.
 */
public final class HorseTables {

  private static final List<String> HORSE_COLUMNS =
      List.of(
          "horse_id",
          "name",
          "sex",
          "sex_code",
          "dob",
          "colour",
          "colour_code",
          "region",
          "updated_at");
  private static final List<String> PEDIGREE_COLUMNS =
      List.of(
          "horse_id",
          "sire_id",
          "sire",
          "dam_id",
          "dam",
          "damsire_id",
          "damsire",
          "breeder",
          "region",
          "created_at",
          "updated_at");
  private static final Set<String> TEXT = Set.of("character varying", "text", "character");

  private final Jdbi jdbi;

  public HorseTables(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  private record Column(String type, Optional<Integer> width) {
    boolean fits(String name) {
      return switch (name) {
        case "dob" -> type.equals("date");
        case "created_at", "updated_at" -> type.startsWith("timestamp");
        default -> TEXT.contains(type);
      };
    }
  }

  /**
   * How many characters the columns hold. A field that stands in both tables has the narrower
   * width.
   *
   * @throws StoreException where a column is missing or has a type that does not fit
   */
  public Map<Field, Integer> widths() {
    Map<Field, Integer> widths = new EnumMap<>(Field.class);
    for (Map<String, Column> table :
        List.of(
            columns("ra_horses", HORSE_COLUMNS), columns("ra_horse_pedigree", PEDIGREE_COLUMNS))) {
      for (Field field : Field.values()) {
        Optional.ofNullable(table.get(field.column()))
            .flatMap(Column::width)
            .ifPresent(width -> widths.merge(field, width, Math::min));
      }
    }
    return widths;
  }

  /** Some horse of the table. */
  public Optional<HorseId> anyHorse() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT horse_id FROM ra_horses WHERE horse_id ~ :pattern LIMIT 1")
            .bind("pattern", "^" + HorseId.PATTERN + "$")
            .map((row, context) -> new HorseId(row.getString("horse_id")))
            .findOne());
  }

  private Map<String, Column> columns(String table, List<String> needed) {
    Map<String, Column> columns = new HashMap<>();
    jdbi.useHandle(handle ->
        handle
            .createQuery(
                """
                SELECT attname, split_part(format_type(atttypid, NULL), '(', 1) AS type,
                       CASE WHEN atttypid IN ('varchar'::regtype, 'bpchar'::regtype) AND atttypmod > 4 THEN atttypmod - 4 END AS width
                FROM pg_attribute WHERE attrelid = to_regclass(:table) AND attnum > 0 AND NOT attisdropped
                """)
            .bind("table", table)
            .map((row, context) ->
                Map.entry(
                    row.getString("attname"),
                    new Column(
                        row.getString("type"),
                        Optional.ofNullable(row.getObject("width", Integer.class)))))
            .forEach(entry -> columns.put(entry.getKey(), entry.getValue())));
    for (String name : needed) {
      Column column = columns.get(name);
      if (column == null) {
        throw new StoreException(
            "table %s has no column %s, which Studbook writes: add it".formatted(table, name));
      }
      if (!column.fits(name)) {
        throw new StoreException(
            "column %s.%s is of type %s, but a %s is written there: change the column's type"
                .formatted(table, name, column.type(), kind(name)));
      }
    }
    return columns;
  }

  private static String kind(String name) {
    return switch (name) {
      case "dob" -> "date";
      case "created_at", "updated_at" -> "timestamp";
      default -> "text";
    };
  }

  /**
   * Proves, in a transaction that is rolled back, that a horse can be locked and updated and its
   * pedigree be written. Row level security hides rows from an update without an error, so the
   * counts are looked at. Does nothing where no horse needs enrichment.
   *
   * @throws StoreException naming the right, policy or column that is missing
   */
  public void proveWritable() {
    try {
      jdbi.useTransaction(handle -> {
        prove(handle);
        handle.rollback();
      });
    } catch (JdbiException e) {
      throw refusal(e);
    }
  }

  /** Whether this database user has the rights to write both tables, whatever policies say. */
  boolean mayBeWritten() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT has_table_privilege('ra_horses', 'SELECT') AND has_table_privilege('ra_horse_pedigree', 'SELECT')
                  AND (SELECT bool_and(has_column_privilege('ra_horses', name, 'UPDATE')) FROM unnest(:horse) name)
                  AND (SELECT bool_and(has_column_privilege('ra_horse_pedigree', name, 'INSERT')) FROM unnest(:pedigree) name)
                  AND (SELECT bool_and(has_column_privilege('ra_horse_pedigree', name, 'UPDATE'))
                       FROM unnest(:pedigree) name WHERE name NOT IN ('horse_id', 'created_at'))
                """)
            .bindArray(
                "horse",
                String.class,
                HORSE_COLUMNS.stream()
                    .filter(column -> !column.equals("horse_id") && !column.equals("name"))
                    .toList())
            .bindArray("pedigree", String.class, PEDIGREE_COLUMNS)
            .mapTo(Boolean.class)
            .one());
  }

  private static void prove(Handle handle) {
    Optional<String> horse =
        handle
            .createQuery("SELECT horse_id FROM ra_horses WHERE dob IS NULL LIMIT 1")
            .mapTo(String.class)
            .findOne();
    if (horse.isEmpty()) {
      return;
    }
    int locked =
        handle
            .createQuery("SELECT horse_id FROM ra_horses WHERE horse_id = :id FOR NO KEY UPDATE")
            .bind("id", horse.get())
            .mapTo(String.class)
            .list()
            .size();
    int updated =
        handle.execute(
            """
            UPDATE ra_horses SET dob = dob, sex = sex, sex_code = sex_code, colour = colour,
              colour_code = colour_code, region = region, updated_at = clock_timestamp()
            WHERE horse_id = ?
            """,
            horse.get());
    int written =
        handle.execute(
            """
            INSERT INTO ra_horse_pedigree AS p (horse_id, created_at, updated_at)
            VALUES (?, clock_timestamp(), clock_timestamp())
            ON CONFLICT (horse_id) DO UPDATE SET updated_at = EXCLUDED.updated_at
            """,
            horse.get());
    handle.execute(
        "SET CONSTRAINTS ALL IMMEDIATE"); // those that wait for a commit would never be asked
    if (locked != 1 || updated != 1 || written != 1) {
      throw new StoreException(
          "row level security hides rows of %s from updates by this database user: give it a policy for SELECT, INSERT and UPDATE, or use a role with BYPASSRLS"
              .formatted(written == 1 ? "ra_horses" : "ra_horse_pedigree"));
    }
  }

  private static StoreException refusal(JdbiException e) {
    String state = e.getCause() instanceof SQLException cause ? cause.getSQLState() : null;
    String message = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    String first =
        message == null ? "" : message.lines().findFirst().orElse("").replaceFirst("^ERROR: ", "");
    String advice =
        state == null
            ? "see the cause"
            : switch (state) {
              case "42501" ->
                  first.contains("row-level security")
                      ? "give this database user a policy for SELECT, INSERT and UPDATE, or"
                          + " BYPASSRLS"
                      : "grant this database user SELECT, INSERT and UPDATE on both tables";
              case "42P10" -> "horse_id must be the primary key of both tables";
              case "23502" -> "give that column a default, or drop its NOT NULL";
              case "25006" -> "the database is read-only just now";
              default -> "a row of ra_horses or ra_horse_pedigree could not be written";
            };
    return new StoreException("a trial write failed: " + first + " (" + advice + ")", e);
  }
}
