package studbook.store.search;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import studbook.store.error.ErrorClassifier;
import studbook.store.error.StoreException;

/**
 * Creates what makes the search and the lists of offspring fast, without blocking who writes to the
 * tables. Each step can be repeated. One that this database user may not do, or that concerns the
 * table behind a view, is left to the owner of the table.
 */
public final class SearchIndexes {

  /**
   * A step.
   *
   * @param definition in which {column} is the table's column
   */
  private record IndexStep(
      String index, String relation, String column, String purpose, String definition) {

    String statement(IndexTarget target) {
      return "CREATE INDEX CONCURRENTLY IF NOT EXISTS "
          + index
          + " ON "
          + target.table()
          + " "
          + definition.replace("{column}", target.column());
    }
  }

  /**
   * What an index is made of.
   *
   * @param number of the table: its name may not be looked up without a right on its schema
   * @param table with its schema, quoted
   * @param column quoted
   * @param isView whether the table behind it was not found
   * @param isBehindView whether it is the table behind a view
   */
  private record IndexTarget(
      long number, String table, String column, boolean isView, boolean isBehindView) {}

  /**
   * The column of a table from which a column comes. The rule of a view has table and column of
   * each of its columns, if it is one.
   */
  private static final String TARGET =
      """
      WITH RECURSIVE source (relation, number, depth) AS (
        SELECT attrelid, attnum::integer, 0 FROM pg_attribute WHERE attrelid = to_regclass(?) AND attname = ?
        UNION ALL
        SELECT origin.place[1]::oid, origin.place[2]::integer, s.depth + 1
        FROM source s
        JOIN pg_class c ON c.oid = s.relation AND c.relkind = 'v'
        JOIN pg_rewrite r ON r.ev_class = s.relation AND r.rulename = '_RETURN'
        CROSS JOIN LATERAL (
          SELECT place FROM regexp_matches(r.ev_action::text, ':resno ' || s.number
            || ' :resname (?:\\\\.|[^ ])+ :ressortgroupref \\d+ :resorigtbl (\\d+) :resorigcol (\\d+) ', 'g')
            WITH ORDINALITY AS matched (place, nth) ORDER BY nth DESC LIMIT 1) origin
      )
      SELECT c.oid, format('%I.%I', n.nspname, c.relname), format('%I', a.attname), c.relkind = 'v', s.depth > 0
      FROM source s
      JOIN pg_class c ON c.oid = s.relation
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = s.number
      ORDER BY s.depth DESC LIMIT 1
      """;

  private static final String VALID_INDEX =
      """
      SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
      WHERE i.indrelid = ? AND c.relname = ? AND i.indisvalid
      """;

  /** An index whose creation was interrupted: it is never used, and keeps its name. */
  private static final String REMNANT =
      """
      SELECT format('DROP INDEX CONCURRENTLY %I.%I', n.nspname, c.relname)
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE i.indrelid = ? AND c.relname = ? AND NOT i.indisvalid
      """;

  private static final List<IndexStep> INDEXES =
      List.of(
          new IndexStep(
              "studbook_horses_by_name",
              "ra_horses",
              "name",
              "to find names",
              "(lower({column}::text COLLATE \"default\") text_pattern_ops)"),
          new IndexStep(
              "studbook_pedigree_by_sire",
              "ra_horse_pedigree",
              "sire_id",
              "to find the offspring of a sire",
              "({column})"),
          new IndexStep(
              "studbook_pedigree_by_dam",
              "ra_horse_pedigree",
              "dam_id",
              "to find the offspring of a dam",
              "({column})"));

  private final DataSource database;

  public SearchIndexes(DataSource database) {
    this.database = database;
  }

  /**
   * What became of a step.
   *
   * @param statement complete, also for another user
   * @param failure why it could not be done
   */
  public record IndexResult(String purpose, String statement, Optional<String> failure) {}

  /** Runs all steps; one that fails does not keep the others from running. */
  public List<IndexResult> create() {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(true); // CONCURRENTLY is refused within a transaction
      List<IndexResult> results = new ArrayList<>();
      for (IndexStep step : INDEXES) {
        results.add(create(connection, step));
      }
      return results;
    } catch (SQLException e) {
      throw new StoreException("the indexes could not be created: " + ErrorClassifier.reason(e), e);
    }
  }

  private static IndexResult create(Connection connection, IndexStep step) throws SQLException {
    IndexTarget target = target(connection, step);
    String statement = step.statement(target);
    if (text(connection, VALID_INDEX, target, step).isPresent()) {
      return new IndexResult(step.purpose(), statement, Optional.empty());
    }
    Optional<String> reason = reason(step, target);
    if (reason.isPresent()) {
      return new IndexResult(step.purpose(), statement, reason);
    }
    Optional<String> remnant = text(connection, REMNANT, target, step);
    if (remnant.isPresent()) {
      IndexResult dropped = run(connection, step.purpose(), remnant.get());
      if (dropped.failure().isPresent()) {
        return dropped;
      }
    }
    return run(connection, step.purpose(), statement);
  }

  /** Why it need not be tried. */
  private static Optional<String> reason(IndexStep step, IndexTarget target) {
    if (target.isView()) {
      return Optional.of(
          "%s is a view, which cannot have an index, and its column %s is not that of a table"
              .formatted(step.relation(), step.column()));
    }
    return target.isBehindView()
        ? Optional.of(
            "%s is a view, which cannot have an index; this one is for the table behind it"
                .formatted(step.relation()))
        : Optional.empty();
  }

  private static IndexTarget target(Connection connection, IndexStep step) throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement(TARGET)) {
      prepared.setString(1, step.relation());
      prepared.setString(2, step.column());
      try (ResultSet rows = prepared.executeQuery()) {
        if (!rows.next()) {
          throw new StoreException("%s has no column %s".formatted(step.relation(), step.column()));
        }
        return new IndexTarget(
            rows.getLong(1),
            rows.getString(2),
            rows.getString(3),
            rows.getBoolean(4),
            rows.getBoolean(5));
      }
    }
  }

  private static Optional<String> text(
      Connection connection, String query, IndexTarget target, IndexStep step) throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement(query)) {
      prepared.setLong(1, target.number());
      prepared.setString(2, step.index());
      try (ResultSet rows = prepared.executeQuery()) {
        return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
      }
    }
  }

  private static IndexResult run(Connection connection, String purpose, String sql)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return new IndexResult(purpose, sql, Optional.empty());
    } catch (SQLException e) {
      return new IndexResult(purpose, sql, Optional.of(ErrorClassifier.reason(e)));
    }
  }
}
