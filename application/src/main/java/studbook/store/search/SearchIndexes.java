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
 * tables. Each step can be repeated.
 */
public final class SearchIndexes {

  /**
   * A step.
   *
   * @param statement in which {@code %I} stands for the schema of pg_trgm
   */
  private record IndexStep(String name, String purpose, String statement) {}

  /**
   * In the schema of ra_horses: that of the user, who may be called studbook, is Studbook's own.
   */
  private static final String EXTENSION =
      """
      SELECT format('CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA %I', n.nspname)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = to_regclass(?)
      """;

  private static final List<IndexStep> INDEXES =
      List.of(
          new IndexStep(
              "studbook_horses_by_name",
              "to find the beginnings of names",
              "CREATE INDEX CONCURRENTLY IF NOT EXISTS studbook_horses_by_name ON ra_horses"
                  + " (lower(name::text COLLATE \"default\") text_pattern_ops)"),
          new IndexStep(
              "studbook_horses_by_trigram",
              "to find names with typing errors",
              "CREATE INDEX CONCURRENTLY IF NOT EXISTS studbook_horses_by_trigram ON ra_horses"
                  + " USING gin (lower(name::text COLLATE \"default\") %I.gin_trgm_ops)"),
          new IndexStep(
              "studbook.ancestor_by_trigram",
              "to find ancestors' names with typing errors",
              "CREATE INDEX CONCURRENTLY IF NOT EXISTS ancestor_by_trigram ON studbook.ancestor"
                  + " USING gin (lower(name COLLATE \"default\") %I.gin_trgm_ops)"),
          new IndexStep(
              "studbook_pedigree_by_sire",
              "to find the offspring of a sire",
              "CREATE INDEX CONCURRENTLY IF NOT EXISTS studbook_pedigree_by_sire ON"
                  + " ra_horse_pedigree (sire_id)"),
          new IndexStep(
              "studbook_pedigree_by_dam",
              "to find the offspring of a dam",
              "CREATE INDEX CONCURRENTLY IF NOT EXISTS studbook_pedigree_by_dam ON"
                  + " ra_horse_pedigree (dam_id)"));

  private static final String WRONG_OBJECT = "42809";

  private final DataSource database;

  public SearchIndexes(DataSource database) {
    this.database = database;
  }

  /**
   * What became of a step.
   *
   * @param failure why it could not be done
   */
  public record IndexResult(String purpose, String statement, Optional<String> failure) {}

  /** Runs all steps; one that fails does not keep the others from running. */
  public List<IndexResult> create() {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(true); // CONCURRENTLY is refused within a transaction
      List<IndexResult> results = new ArrayList<>();
      Optional<String> extension = text(connection, EXTENSION, "ra_horses");
      if (extension.isPresent()) {
        results.add(run(connection, "to compare names", extension.get()));
      }
      for (IndexStep step : INDEXES) {
        results.add(create(connection, step));
      }
      return results;
    } catch (SQLException e) {
      throw new StoreException("the indexes could not be created: " + ErrorClassifier.reason(e), e);
    }
  }

  private static IndexResult create(Connection connection, IndexStep step) throws SQLException {
    Optional<String> rendered = rendered(connection, step.statement());
    if (rendered.isEmpty()) {
      return new IndexResult(
          step.purpose(),
          step.statement().replace("%I.", ""),
          Optional.of("it needs the extension pg_trgm"));
    }
    Optional<String> remnant = remnant(connection, step.name());
    if (remnant.isPresent()) {
      IndexResult dropped = run(connection, step.purpose(), remnant.get());
      if (dropped.failure().isPresent()) {
        return dropped;
      }
    }
    return run(connection, step.purpose(), rendered.get());
  }

  /**
   * With the schema of the extension as PostgreSQL quotes it; empty if it is needed and missing.
   */
  private static Optional<String> rendered(Connection connection, String statement)
      throws SQLException {
    if (!statement.contains("%I")) {
      return Optional.of(statement);
    }
    return text(
        connection,
        "SELECT format(?, n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm'",
        statement);
  }

  /** Removes an index whose creation was interrupted: it is never used, and keeps its name. */
  private static Optional<String> remnant(Connection connection, String index) throws SQLException {
    return text(
        connection,
        "SELECT 'DROP INDEX CONCURRENTLY ' || indexrelid::regclass FROM pg_index WHERE indexrelid = to_regclass(?) AND NOT indisvalid",
        index);
  }

  private static Optional<String> text(Connection connection, String query, String value)
      throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement(query)) {
      prepared.setString(1, value);
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
      return new IndexResult(purpose, sql, Optional.of(reason(e)));
    }
  }

  private static String reason(SQLException trouble) {
    return WRONG_OBJECT.equals(trouble.getSQLState())
        ? "it is a view, which cannot have an index; the table behind it can"
        : ErrorClassifier.reason(trouble);
  }
}
