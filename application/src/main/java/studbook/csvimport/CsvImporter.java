package studbook.csvimport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import studbook.csvimport.ImportResult.SkipReason;
import studbook.csvimport.ImportResult.SkippedColumn;
import studbook.model.SafeText;
import studbook.store.error.DatabaseError;
import studbook.store.outcome.UserTables;
import studbook.time.Ticker;

/**
 * Loads a CSV file of horses into ra_horses, and their pedigrees into ra_horse_pedigree, in one
 * transaction: all, or nothing if a line is bad. Missing horses are inserted; for existing ones
 * only blanks are filled, and names never change. Needs the schema {@code studbook} for a table
 * that exists only during the transaction. Memory does not grow with the file. Safe for many
 * threads.
 */
public final class CsvImporter {

  /** Data, constraints, permissions and names. */
  private static final Set<String> REJECTING_CLASSES = Set.of("22", "23", "42");

  /** Of a trigger's RAISE. */
  private static final String RAISED = "P0001";

  private final Jdbi jdbi;
  private final Clock clock;
  private final Ticker ticker;

  /**
   * An importer for one database.
   *
   * @param clock decides which days are in the future
   */
  public CsvImporter(DataSource dataSource, Clock clock, Ticker ticker) {
    this.jdbi = Jdbi.create(dataSource);
    this.clock = clock;
    this.ticker = ticker;
  }

  /**
   * Loads a file.
   *
   * @param progress receives the number of records read, every 100,000, on the calling thread
   * @throws CsvFormatException if the file is invalid
   * @throws ImportRejectedException if the table, its permissions or constraints prevent the import
   */
  public ImportResult load(Path csv, ImportOptions options, LongConsumer progress) {
    long start = ticker.nanos();
    try (CsvFile file = CsvFile.open(csv)) {
      return load(file, options, progress, start);
    }
  }

  /**
   * Loads from {@code in} and closes it.
   *
   * @param progress receives the number of records read, every 100,000, on the calling thread
   * @throws CsvFormatException if the text is invalid
   * @throws ImportRejectedException if the table, its permissions or constraints prevent the import
   */
  public ImportResult load(InputStream in, ImportOptions options, LongConsumer progress)
      throws IOException {
    long start = ticker.nanos();
    try (CsvFile file = CsvFile.read(in)) {
      return load(file, options, progress, start);
    }
  }

  private ImportResult load(
      CsvFile file, ImportOptions options, LongConsumer progress, long start) {
    try {
      return jdbi.inTransaction(handle -> {
        ImportResult result = load(file, options, progress, handle, start);
        if (options.dryRun()) {
          handle.rollback();
        }
        return result;
      });
    } catch (SQLException e) {
      throw refusal(e).orElseThrow(() -> new IllegalStateException("the import failed", e));
    } catch (RuntimeException e) {
      throw refusal(e).orElseThrow(() -> e);
    }
  }

  private ImportResult load(
      CsvFile file, ImportOptions options, LongConsumer progress, Handle handle, long start)
      throws SQLException {
    TargetTable horses = TargetTable.read(handle, TargetTable.HORSES);
    Optional<TargetTable> pedigrees = pedigrees(handle, file.header(), options);
    List<SkippedColumn> leftOut = new ArrayList<>();
    Map<ImportColumn, Integer> columns =
        columns(file.header(), options, horses, pedigrees, leftOut);
    StagingTable staging = new StagingTable(handle, horses, pedigrees, columns.keySet());
    LineErrors errors = new LineErrors();
    long[] read = new long[1];
    staging.copy(copy -> {
      RowLoader loader = new RowLoader(file.header(), columns, clock, copy, errors, progress);
      file.forEach(loader, errors);
      read[0] = loader.read();
    });
    long duplicates = staging.duplicates();
    if (duplicates > 0) {
      staging.addContradictions(errors);
    }
    errors.check();
    long filled = staging.fillBlanks();
    long inserted = staging.insertMissing();
    staging.insertPedigrees();
    staging.drop();
    return new ImportResult(
        read[0],
        inserted,
        filled,
        read[0] - duplicates - inserted - filled,
        duplicates,
        columns.keySet().stream().map(ImportColumn::sqlName).toList(),
        List.copyOf(leftOut),
        Duration.ofNanos(ticker.nanos() - start));
  }

  /** The user's ra_horse_pedigree, if the file has a column of it. */
  private Optional<TargetTable> pedigrees(
      Handle handle, List<String> header, ImportOptions options) {
    boolean wanted =
        header.stream()
            .flatMap(name -> ImportColumn.named(name).stream())
            .anyMatch(column -> column.isOfPedigree() && options.wants(column));
    if (!wanted) {
      return Optional.empty();
    }
    TargetTable pedigrees = TargetTable.read(handle, TargetTable.PEDIGREES);
    new UserTables(jdbi).requirePedigreesImportable();
    return Optional.of(pedigrees);
  }

  /** The width of a column; empty if its table lacks it. A region is in both tables. */
  private static Optional<Integer> width(
      ImportColumn column, TargetTable horses, Optional<TargetTable> pedigrees) {
    Optional<Integer> ofPedigree = pedigrees.map(table -> table.widths().get(column));
    Optional<Integer> ofHorse = Optional.ofNullable(horses.widths().get(column));
    return switch (column) {
      case REGION -> ofHorse.map(width -> Math.min(width, ofPedigree.orElse(width)));
      default -> column.isOfPedigree() ? ofPedigree : ofHorse;
    };
  }

  /** The columns to load with their widths, horse_id first; skipped ones are added to a list. */
  private static Map<ImportColumn, Integer> columns(
      List<String> header,
      ImportOptions options,
      TargetTable horses,
      Optional<TargetTable> pedigrees,
      List<SkippedColumn> leftOut) {
    Map<ImportColumn, Integer> columns = new EnumMap<>(ImportColumn.class);
    for (String name : header) {
      Optional<ImportColumn> column = ImportColumn.named(name);
      Optional<Integer> width = column.flatMap(found -> width(found, horses, pedigrees));
      if (column.isEmpty()) {
        leftOut.add(new SkippedColumn(SafeText.excerpt(name, 40), SkipReason.UNKNOWN));
      } else if (!options.wants(column.get())) {
        leftOut.add(new SkippedColumn(name, SkipReason.NOT_REQUESTED));
      } else if (width.isEmpty()) {
        leftOut.add(new SkippedColumn(name, SkipReason.NOT_IN_TABLE));
      } else {
        columns.put(column.get(), width.get());
      }
    }
    for (String asked : options.columns()) {
      if (!header.contains(asked)) {
        throw new CsvFormatException(
            "the first line has no column " + asked + ", which was requested");
      }
    }
    return columns;
  }

  /** A sentence, if the user's own table, permissions or constraints are the cause. */
  private static Optional<RuntimeException> refusal(Throwable failure) {
    return DatabaseError.in(failure)
        .filter(error ->
            error.server().isPresent()
                && (REJECTING_CLASSES.contains(error.stateClass()) || error.state().equals(RAISED)))
        .map(error ->
            new ImportRejectedException(
                "the database rejected the file, nothing was loaded: " + error.message().orElse(""),
                failure));
  }
}
