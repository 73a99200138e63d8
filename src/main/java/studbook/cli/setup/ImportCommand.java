package studbook.cli.setup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import studbook.cli.settings.Need;
import studbook.cli.support.ExitCode;
import studbook.cli.support.LockWatch;
import studbook.cli.support.Session;
import studbook.cli.support.Store;
import studbook.cli.support.Surroundings;
import studbook.cli.support.UserMistake;
import studbook.csvimport.BadCsv;
import studbook.csvimport.Intake;
import studbook.csvimport.Options;
import studbook.csvimport.Report;
import studbook.store.outcome.HorseTables;
import studbook.text.Json;
import studbook.text.Table;
import studbook.text.Words;

/** {@code studbook import}. */
@Command(
    name = "import",
    description =
        "Loads horses and their pedigrees from a CSV file into ra_horses and ra_horse_pedigree; of"
            + " those that are there only blanks are filled.",
    footer = {
      "",
      "Columns: horse_id, name, sex, sex_code, dob, colour, colour_code, region, sire_id, sire,",
      "dam_id, dam, damsire_id, damsire, breeder. A breeder without a parent makes no pedigree.",
      "",
      "Example: studbook import horses.csv --columns horse_id,name --dry-run"
    })
public final class ImportCommand implements Callable<Integer> {

  private final Session session;

  @Parameters(
      paramLabel = "FILE.csv",
      description = "With a header; horse_id must be among its columns. - reads stdin.")
  private Path file = Path.of("");

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "C",
      description = "Load these columns only.")
  private List<String> columns = List.of();

  @Option(names = "--dry-run", description = "Do everything, then take it back.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public ImportCommand(Session session) {
    this.session = session;
  }

  private record Shown(
      boolean dryRun,
      long read,
      long inserted,
      long filled,
      long unchanged,
      long duplicates,
      List<String> columns,
      List<ShownColumn> leftOut,
      double seconds) {

    static Shown of(Report report, boolean dryRun) {
      return new Shown(
          dryRun,
          report.read(),
          report.inserted(),
          report.filled(),
          report.unchanged(),
          report.duplicates(),
          report.columns(),
          report.leftOut().stream().map(ShownColumn::of).toList(),
          report.duration().toMillis() / 1_000.0);
    }
  }

  private record ShownColumn(String column, String reason) {

    static ShownColumn of(Report.LeftOut left) {
      return new ShownColumn(left.column(), left.reason().name().toLowerCase(Locale.ROOT));
    }
  }

  @Override
  public Integer call() throws IOException {
    Options options = options();
    try (Store store = Store.open(session.settings(Need.DATABASE), session)) {
      Report report = new LockWatch(session, store.database()).during(() -> load(store, options));
      if (json) {
        session.out().println(Json.pretty(Shown.of(report, dryRun)));
      } else {
        print(report);
      }
      return ExitCode.DONE;
    } catch (BadCsv e) {
      e.lines().forEach(line -> session.say(line.toString()));
      if (e.total() > e.lines().size()) {
        session.say("… and " + Words.count(e.total() - e.lines().size()) + " more");
      }
      throw new UserMistake((isStdin() ? "stdin" : file.getFileName()) + ": " + e.getMessage());
    }
  }

  private Report load(Store store, Options options) throws IOException {
    new HorseTables(store.database().jdbi()).requireImportable();
    Surroundings surroundings = session.surroundings();
    Intake intake =
        new Intake(store.database().dataSource(), surroundings.clock(), surroundings.ticker());
    LongConsumer progress = rows -> session.say(Words.count(rows, "line") + " read …");
    return isStdin()
        ? intake.load(surroundings.in(), options, progress)
        : intake.load(surroundings.workingDirectory().resolve(file), options, progress);
  }

  private boolean isStdin() {
    return file.toString().equals("-");
  }

  private Options options() {
    try {
      return new Options(columns.stream().map(String::strip).collect(Collectors.toSet()), dryRun);
    } catch (IllegalArgumentException e) {
      throw new UserMistake("--columns " + e.getMessage());
    }
  }

  private void print(Report report) {
    new Table()
        .row("Read", Words.count(report.read()))
        .row("Inserted", Words.count(report.inserted()))
        .row("Blanks filled", Words.count(report.filled()))
        .row("Unchanged", Words.count(report.unchanged()))
        .row("Repeated", Words.count(report.duplicates()))
        .row("Duration", Words.duration(report.duration()))
        .print(session.out());
    session.out().println("Columns loaded: " + String.join(", ", report.columns()) + ".");
    for (Report.Reason reason : Report.Reason.values()) {
      Set<String> names =
          report.leftOut().stream()
              .filter(left -> left.reason() == reason)
              .map(Report.LeftOut::column)
              .collect(Collectors.toCollection(java.util.TreeSet::new));
      if (!names.isEmpty()) {
        session
            .out()
            .println("Columns left out, " + why(reason) + ": " + String.join(", ", names) + ".");
      }
    }
    if (dryRun) {
      session.out().println("Dry run: nothing was kept.");
    }
  }

  private static String why(Report.Reason reason) {
    return switch (reason) {
      case UNKNOWN -> "unknown";
      case NOT_ASKED_FOR -> "not asked for";
      case NOT_IN_THE_TABLE -> "which the tables lack";
    };
  }
}
