package studbook.cli.inspect;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import studbook.backfill.plan.BackfillPlan;
import studbook.backfill.plan.RacecardScanOptions;
import studbook.cli.option.RateOptions;
import studbook.cli.progress.PlanText;
import studbook.cli.settings.Requirement;
import studbook.cli.settings.Settings;
import studbook.cli.support.CommandContext;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.cli.support.OutputFile;
import studbook.cli.support.ProductVersion;
import studbook.cli.support.RunIdOption;
import studbook.cli.support.UsageException;
import studbook.quality.QualityScore;
import studbook.report.ReportFile;
import studbook.report.ReportFormat;
import studbook.report.figures.ExecutionReport;
import studbook.report.figures.PreExecutionReport;
import studbook.store.run.HorseSelection;
import studbook.store.run.RunRepository;
import studbook.store.run.RunRepository.RunRow;

/** {@code studbook report}. */
@Command(
    name = "report",
    description = {
      "Report the settings of a run, how it went and its results.",
      "With --before: the state, the estimate, the settings and the commands of the next run.",
      "A finished run writes its report to logs/ by itself."
    },
    footer = {
      "",
      "Examples: studbook report",
      "          studbook report --run 7 --out run7.html",
      "          studbook report --before --out before.html",
      "          studbook report --format json"
    })
public final class ReportCommand implements Callable<Integer> {

  private final CommandContext context;

  @Mixin private RateOptions rates = new RateOptions();

  @Mixin private RunIdOption run = new RunIdOption();

  @Option(
      names = "--before",
      description = "Report before a run. Sends no request and writes nothing to the database.")
  private boolean before;

  @Option(
      names = "--format",
      paramLabel = "md|html|json",
      description = "Format of the report; default: by the extension of --out, else md.")
  private @Nullable ReportFormat format;

  @Option(names = "--json", description = "Print JSON, as --format json does.")
  private boolean json;

  @Option(
      names = "--out",
      paramLabel = "F",
      description = "File to write; - is stdout. Replaces an earlier report, but no other file.")
  private @Nullable Path out;

  public ReportCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    CommandEnvironment environment = context.environment();
    Optional<Path> file =
        Optional.ofNullable(out)
            .filter(path -> !path.toString().equals("-"))
            .map(environment.workingDirectory()::resolve);
    ReportFormat format = format(file);
    Settings settings = context.settings(rates, Requirement.DATABASE);
    try (DatabaseSession database = DatabaseSession.existing(settings, context)) {
      database.requireReadable();
      ReportWritten written =
          before ? before(database, settings, format) : afterwards(database, settings, format);
      String document = written.document();
      if (file.isPresent()) {
        new OutputFile(file.get(), "it is not a report and was not replaced")
            .write(() -> write(file.get(), written));
      } else {
        context.out().print(document);
        context.out().flush();
      }
      return ExitCode.DONE;
    }
  }

  /** A document, and its description for a message. */
  private record ReportWritten(String document, String name) {}

  private ReportWritten before(DatabaseSession database, Settings settings, ReportFormat format) {
    Jdbi jdbi = database.jdbi();
    if (run.named(new RunRepository(jdbi)).isPresent()) {
      throw new UsageException(
          "--before cannot be combined with --run: it reports a run that is not planned yet");
    }
    Clock clock = context.environment().clock();
    BackfillPlan plan =
        BackfillPlan.preview(jdbi, HorseSelection.ALL, RacecardScanOptions.USUAL, clock);
    PreExecutionReport report =
        new PreExecutionReport(
            clock.instant(),
            ProductVersion.current(),
            plan.counts().counts(),
            plan.counts().toDo(),
            QualityScore.compute(jdbi).map(QualityScore::value),
            plan.estimate().requests(),
            plan.estimate().duration(settings.rate(), settings.racecardsRate()),
            new PlanText(plan, settings.rate(), settings.racecardsRate(), clock).entries(),
            settings.lines());
    return new ReportWritten(format.write(report, clock), "The report before the run");
  }

  private ReportWritten afterwards(
      DatabaseSession database, Settings settings, ReportFormat format) {
    Jdbi jdbi = database.jdbi();
    Clock clock = context.environment().clock();
    RunRow reported = run.in(new RunRepository(jdbi));
    ExecutionReport report = ExecutionReport.load(jdbi, reported, settings.thresholds(), clock);
    return new ReportWritten(format.write(report, clock), "The report of run " + reported.id());
  }

  private ReportFormat format(Optional<Path> file) {
    if (json && format != null && format != ReportFormat.JSON) {
      throw new UsageException("--json cannot be combined with --format " + format);
    }
    ReportFormat named = json ? ReportFormat.JSON : format;
    if (named != null) {
      return named;
    }
    return file.map(path ->
            ReportFormat.of(path)
                .orElseThrow(() ->
                    new UsageException(
                        "the name %s has no known extension: use .md, .html or .json, or set --format"
                            .formatted(path.getFileName()))))
        .orElse(ReportFormat.MD);
  }

  private void write(Path file, ReportWritten written) throws IOException {
    boolean replaced = new ReportFile(file).write(written.document());
    context.printError(
        "%s is in %s%s."
            .formatted(written.name(), file, replaced ? "; an earlier report was replaced" : ""));
  }
}
