package studbook.cli.setup;

import static studbook.text.HumanFormat.count;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import studbook.cli.settings.Requirement;
import studbook.cli.support.CommandContext;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.cli.support.LockWatch;
import studbook.cli.support.UsageException;
import studbook.csvimport.CsvFormatException;
import studbook.csvimport.CsvImporter;
import studbook.csvimport.ImportOptions;
import studbook.csvimport.ImportResult;
import studbook.csvimport.ImportResult.SkipReason;
import studbook.csvimport.ImportResult.SkippedColumn;
import studbook.store.outcome.UserTables;
import studbook.text.HumanFormat;
import studbook.text.TextTable;

/** {@code studbook import}. */
@Command(
    name = "import",
    description = {
      "Load horses and pedigrees from a CSV file.",
      "Fills ra_horses and ra_horse_pedigree; of existing rows only blanks are filled."
    },
    footer = {
      "",
      "Columns: horse_id, name, sex, sex_code, dob, colour, colour_code, region,",
      "sire_id, sire, dam_id, dam, damsire_id, damsire, breeder.",
      "A pedigree needs a parent; a breeder alone makes none.",
      "",
      "Example: studbook import horses.csv --columns horse_id,name --dry-run"
    })
public final class ImportCommand implements Callable<Integer> {

  private final CommandContext context;

  @Parameters(
      paramLabel = "FILE.csv",
      description = "CSV file with a header that includes horse_id; - reads stdin.")
  private Path file = Path.of("");

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "NAMES",
      hideParamSyntax = true,
      description = "Columns to load, separated by commas; default: all.")
  private List<String> columns = List.of();

  @Option(names = "--dry-run", description = "Validate and roll back.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public ImportCommand(CommandContext context) {
    this.context = context;
  }

  private record ImportJson(
      boolean dryRun,
      long read,
      long inserted,
      long updated,
      long unchanged,
      long duplicates,
      List<String> columns,
      List<SkippedColumn> skippedColumns,
      Duration elapsedSeconds) {

    static ImportJson of(ImportResult result, boolean dryRun) {
      return new ImportJson(
          dryRun,
          result.read(),
          result.inserted(),
          result.filled(),
          result.unchanged(),
          result.duplicates(),
          result.columns(),
          result.leftOut(),
          result.duration());
    }
  }

  @Override
  public Integer call() throws IOException {
    ImportOptions options = options();
    try (DatabaseSession database =
        DatabaseSession.open(context.settings(Requirement.DATABASE), context)) {
      ImportResult result =
          new LockWatch(context, database.database()).during(() -> load(database, options));
      if (json) {
        context.printJson(ImportJson.of(result, dryRun));
      } else {
        print(result);
      }
      return ExitCode.DONE;
    } catch (CsvFormatException e) {
      e.lines().forEach(line -> context.printError(line.toString()));
      if (e.total() > e.lines().size()) {
        context.printError("… and " + count(e.total() - e.lines().size()) + " more");
      }
      throw new UsageException((isStdin() ? "stdin" : file.getFileName()) + ": " + e.getMessage());
    }
  }

  private ImportResult load(DatabaseSession database, ImportOptions options) throws IOException {
    new UserTables(database.jdbi()).requireImportable();
    CommandEnvironment environment = context.environment();
    CsvImporter importer =
        new CsvImporter(
            database.database().dataSource(), environment.clock(), environment.ticker());
    LongConsumer progress = rows -> context.printError(count(rows, "line") + " read …");
    return isStdin()
        ? importer.load(environment.in(), options, progress)
        : importer.load(environment.workingDirectory().resolve(file), options, progress);
  }

  private boolean isStdin() {
    return file.toString().equals("-");
  }

  private ImportOptions options() {
    try {
      return new ImportOptions(
          columns.stream().map(String::strip).collect(Collectors.toSet()), dryRun);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--columns " + e.getMessage());
    }
  }

  private void print(ImportResult result) {
    TextTable.ofLabels(1)
        .row("Read", count(result.read()))
        .row("Inserted", count(result.inserted()))
        .row("Blanks filled", count(result.filled()))
        .row("Unchanged", count(result.unchanged()))
        .row("Duplicates", count(result.duplicates()))
        .row("Duration", HumanFormat.duration(result.duration()))
        .lines(context.width())
        .forEach(context::println);
    context.println("Columns loaded: " + String.join(", ", result.columns()) + ".");
    for (SkipReason reason : SkipReason.values()) {
      Set<String> names =
          result.leftOut().stream()
              .filter(left -> left.reason() == reason)
              .map(SkippedColumn::column)
              .collect(Collectors.toCollection(java.util.TreeSet::new));
      if (!names.isEmpty()) {
        context.println("Columns skipped, " + why(reason) + ": " + String.join(", ", names) + ".");
      }
    }
    if (dryRun) {
      context.println("Dry run: everything was rolled back.");
    }
  }

  private static String why(SkipReason reason) {
    return switch (reason) {
      case UNKNOWN -> "unknown";
      case NOT_REQUESTED -> "not requested";
      case NOT_IN_TABLE -> "missing from the tables";
    };
  }
}
