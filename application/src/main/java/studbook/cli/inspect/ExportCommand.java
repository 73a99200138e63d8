package studbook.cli.inspect;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.cli.support.OutputFile;
import studbook.cli.support.RunIdOption;
import studbook.cli.support.UsageException;
import studbook.export.ExportFormat;
import studbook.export.RowWriter;
import studbook.security.AtomicFile;
import studbook.store.run.RunRepository;
import studbook.store.statistics.ExportQueries;
import studbook.text.HumanFormat;

/** {@code studbook export}. */
@Command(
    name = "export",
    description = "Write a table to a file that only you can read.",
    footer = {
      "",
      "Examples: studbook export failed-ids ids.txt   for backfill --ids-file ids.txt",
      "          studbook export errors --run 7 errors.json",
      "          studbook export horses - | gzip > horses.csv.gz",
      "",
      "CSV values that a spreadsheet would read as formulas start with an apostrophe."
    })
public final class ExportCommand implements Callable<Integer> {

  /** Tables to export, by their names on the command line. */
  public enum ExportTable {
    CHANGES("changes", "change"),
    ERRORS("errors", "row"),
    FAILED_IDS("failed-ids", "id"),
    HORSES("horses", "horse"),
    PEDIGREES("pedigrees", "pedigree");

    private final String text;
    private final String one;

    ExportTable(String text, String one) {
      this.text = text;
      this.one = one;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private final CommandContext context;

  @Parameters(
      index = "0",
      paramLabel = "TABLE",
      description = {
        "Table to write:",
        "errors: the error log of the run;",
        "failed-ids: IDs of its failed horses, one per line, for --ids-file;",
        "horses, pedigrees: all rows, or with --run those that it wrote;",
        "changes: all changes of these rows, or with --run those that it made."
      })
  private ExportTable table = ExportTable.ERRORS;

  @Parameters(index = "1", paramLabel = "FILE", description = "File to write; - is stdout.")
  private Path file = Path.of("-");

  @Mixin private RunIdOption run = new RunIdOption();

  @Option(
      names = "--format",
      paramLabel = "F",
      description = "Format, csv or json; default: by the extension of FILE, else csv.")
  private @Nullable ExportFormat format;

  @Option(names = "--force", description = "Replace FILE if it exists.")
  private boolean force;

  public ExportCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (DatabaseSession database = DatabaseSession.existing(context)) {
      if (file.toString().equals("-")) {
        toStdout(database);
      } else {
        new OutputFile(file, "--force replaces a file").write(() -> toFile(database));
      }
      return ExitCode.DONE;
    }
  }

  private void toStdout(DatabaseSession database) {
    try {
      write(database, new BufferedWriter(new OutputStreamWriter(stdout(), StandardCharsets.UTF_8)));
    } catch (UncheckedIOException e) {
      // The reader has seen enough; any other reason is reported as the process ends.
      if (!context.out().checkError()) {
        throw e;
      }
    }
  }

  private void toFile(DatabaseSession database) throws IOException {
    try (AtomicFile target =
        AtomicFile.at(context.environment().workingDirectory().resolve(file), force)) {
      long rows = write(database, target.writer());
      target.commit();
      context.println("%s in %s.".formatted(HumanFormat.count(rows, table.one), file));
    }
  }

  private long write(DatabaseSession database, Writer writer) {
    if (table == ExportTable.HORSES || table == ExportTable.PEDIGREES) {
      database.requireReadable();
    }
    RunRepository runRepository = new RunRepository(database.jdbi());
    ExportQueries queries = new ExportQueries(database.jdbi());
    ZoneId zone = context.environment().clock().getZone();
    RowWriter rowWriter =
        table == ExportTable.FAILED_IDS ? form().list(writer, zone) : form().sheet(writer, zone);
    Optional<Long> chosen = run.named(runRepository);
    long rows =
        switch (table) {
          case CHANGES -> queries.changes(chosen, rowWriter);
          case ERRORS -> queries.errors(run.in(runRepository).id(), rowWriter);
          case FAILED_IDS -> queries.failedIds(run.in(runRepository).id(), rowWriter);
          case HORSES -> queries.horses(chosen, rowWriter);
          case PEDIGREES -> queries.pedigrees(chosen, rowWriter);
        };
    rowWriter.end();
    return rows;
  }

  private ExportFormat form() {
    if (format != null) {
      return format;
    }
    String name = file.toString();
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (ending) {
      case "json" -> ExportFormat.JSON;
      case "xlsx", "xls", "ods", "parquet", "tsv", "xml", "html" ->
          throw new UsageException(
              "cannot write %s: export writes CSV and JSON; name the file .csv or .json, or choose"
                      .formatted(file)
                  + " with --format");
      default -> ExportFormat.CSV;
    };
  }

  /** A print stream would hide that the reader has ended. */
  private OutputStream stdout() {
    PrintStream out = context.out();
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
        if (out.checkError()) {
          throw new IOException("the reader has closed the pipe");
        }
      }
    };
  }
}
