package studbook.cli.setup;

import static studbook.text.HumanFormat.count;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import studbook.backfill.Backfill;
import studbook.backfill.BackfillSetup;
import studbook.backfill.files.LogDirectory;
import studbook.backfill.files.LogRetention;
import studbook.backfill.plan.BackfillPlan;
import studbook.backfill.plan.RacecardScanOptions;
import studbook.backfill.plan.RacecardYield;
import studbook.backfill.plan.RequestEstimate;
import studbook.cli.backfill.RunExecutor;
import studbook.cli.inspect.StatusView;
import studbook.cli.progress.PlanText;
import studbook.cli.settings.DashboardSettings;
import studbook.cli.settings.SettingName;
import studbook.cli.settings.Settings;
import studbook.cli.support.CommandContext;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.Logging;
import studbook.cli.support.ProductVersion;
import studbook.cli.support.ShutdownHandler.ShutdownScope;
import studbook.cli.support.UsageException;
import studbook.cli.terminal.DaemonExecutor;
import studbook.csvimport.CsvImporter;
import studbook.csvimport.ImportOptions;
import studbook.notification.NotificationConfig;
import studbook.pedigree.check.RuleThresholds;
import studbook.quality.Thresholds;
import studbook.racingapi.ApiAccount;
import studbook.security.PrivateFiles;
import studbook.security.Secret;
import studbook.simulator.Latency;
import studbook.simulator.Simulator;
import studbook.simulator.SimulatorOptions;
import studbook.simulator.http.SimulatorStatistics;
import studbook.simulator.population.Population;
import studbook.simulator.population.SyntheticPopulation;
import studbook.store.database.Schema;
import studbook.store.run.HorseSelection;
import studbook.store.run.RunCounts;
import studbook.store.run.RunRepository;
import studbook.store.run.RunRepository.RunRow;
import studbook.store.run.RunRepository.StartResult;
import studbook.store.table.RefreshIntervals;
import studbook.time.Rate;

/** {@code studbook demo}. */
@Command(
    name = "demo",
    description = {
      "Run the whole job on invented horses in under a minute.",
      "Needs no server and no account."
    },
    footer = {"", "Example: studbook demo --horses 5000"})
public final class DemoCommand implements Callable<Integer> {

  /** The duration of a demo's backfill; the rate follows from it. */
  private static final Duration BACKFILL_TAKES = Duration.ofSeconds(15);

  /**
   * Every racing horse runs within this time, so this many days of racecards yield nearly half of
   * all horses.
   */
  private static final int SEASON_DAYS = 60;

  /** The yield of such a season's racecards; measured. */
  private static final RacecardYield YIELD = new RacecardYield(0.45, 22);

  /**
   * The API, the backfill and the database share this machine and start cold: threads wait for a
   * core while others begin, and requests arrive later by as much.
   */
  private static final Duration MARGIN = Duration.ofMillis(150);

  private static final long SEED = 7;

  private final CommandContext context;

  @Option(names = "--horses", paramLabel = "N", description = "Number of invented horses (1,000).")
  private int horses = 1_000;

  public DemoCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    if (horses < 1 || horses > 1_000_000) {
      throw new UsageException("--horses must be between 1 and 1,000,000, not " + horses);
    }
    Settings given = context.settings();
    Path home = given.home().resolve("demo");
    Rate rate = rate(horses);
    LogDirectory logDirectory = LogDirectory.in(home);
    Population population = SyntheticPopulation.racingWithin(SEASON_DAYS, SEED, horses);
    SimulatorOptions options =
        SimulatorOptions.unlimited("demo", "demo")
            .withRate(rate.perSecond())
            .withLatency(new Latency(Duration.ofMillis(50), Duration.ofMillis(30)));
    Settings settings =
        new Settings(
            Optional.empty(),
            rate,
            Optional.empty(),
            Optional.empty(),
            home,
            Thresholds.USUAL,
            RefreshIntervals.USUAL,
            LogRetention.USUAL,
            Optional.of(Settings.USUAL_RUN_AGE),
            NotificationConfig.NONE,
            DashboardSettings.DEFAULT,
            List.of(),
            RuleThresholds.USUAL);
    try (Simulator simulator = Simulator.start(options, population);
        DatabaseSession database = DatabaseSession.connect(settings, context)) {
      out()
          .printf(
              "A simulated Racing API serves %s at %s, %s requests/s.%n",
              count(horses, "invented horse"),
              simulator.baseUri(),
              rate.toString().replace("/s", ""));
      fresh(database, home, population);
      return backfill(database, settings, logDirectory, simulator);
    }
  }

  /** With the margin it sends the backfill's requests in its time. */
  private static Rate rate(int horses) {
    double window = Duration.ofSeconds(1).plus(MARGIN).toMillis() / 1e3;
    long requests = new RequestEstimate(horses, SEASON_DAYS, YIELD).requests();
    return new Rate(
        Math.clamp(Math.ceil(requests * window / BACKFILL_TAKES.toSeconds()), 5, 5_000));
  }

  /** The newest days of racecards, one season of them. */
  private RacecardScanOptions racecards() {
    LocalDate today =
        LocalDate.now(context.environment().clock().withZone(RacecardScanOptions.ZONE));
    return new RacecardScanOptions(
        true, Optional.of(today.minusDays(SEASON_DAYS - 1)), Optional.of(today), true, YIELD);
  }

  private PrintStream out() {
    return context.out();
  }

  private static ApiAccount account(URI base) {
    return new ApiAccount(base, Secret.of("demo"), Secret.of("demo"), Duration.ofSeconds(10));
  }

  /** Recreates the demo's own database, and loads ids and names. */
  private void fresh(DatabaseSession database, Path home, Population population)
      throws IOException {
    CommandEnvironment environment = context.environment();
    Schema schema = new Schema(database.database());
    schema.migrateIfNeeded();
    if (new RunRepository(database.jdbi()).unfinished().filter(RunRow::isUnderWay).isPresent()) {
      throw new UsageException("a demo is already running in " + home);
    }
    schema.drop();
    schema.migrateIfNeeded();
    Path csv = home.resolve("horses.csv");
    PrivateFiles.file(csv);
    try (CsvWriter rows = CsvWriter.builder().build(csv)) {
      rows.writeRecord("horse_id", "name");
      population.horses().forEach(horse -> rows.writeRecord(horse.id(), horse.name()));
    }
    new CsvImporter(database.database().dataSource(), environment.clock(), environment.ticker())
        .load(csv, ImportOptions.ALL, _ -> {});
  }

  private int backfill(
      DatabaseSession database, Settings settings, LogDirectory logDirectory, Simulator simulator)
      throws Exception {
    CommandEnvironment environment = context.environment();
    out().println();
    out().println("Before");
    StatusView.of(database.database()).print(out(), context.width());
    out().println();
    int code;
    long run;
    BackfillSetup setup =
        new BackfillSetup(
            account(simulator.baseUri()),
            settings.rate(),
            Optional.empty(),
            MARGIN,
            ProductVersion.current(),
            settings.lines(),
            environment.requests());
    try (DaemonExecutor printer = new DaemonExecutor("printer", context.stopSignal()::isStopping);
        AutoCloseable _ =
            Logging.toFile(logDirectory.newLog(environment.clock()), environment.err());
        Backfill backfill = new Backfill(database.database(), setup, environment.time());
        ShutdownScope _ = context.stopSignal().onShutdown(backfill::stop)) {
      RacecardScanOptions scanOptions = racecards();
      BackfillPlan plan = backfill.preview(HorseSelection.ALL, scanOptions);
      new PlanText(
              plan,
              settings.rate(),
              Optional.empty(),
              setup.duration(plan.estimate()),
              environment.clock())
          .lines()
          .forEach(line -> context.print(line, PlanText.LABEL));
      out().println();
      RunExecutor whole =
          new RunExecutor(context, printer, database, backfill, logDirectory, settings, null);
      switch (backfill.plan(plan, scanOptions)) {
        case StartResult.RunStarted(RunRow own, boolean _) -> {
          run = own.id();
          code = whole.runToCompletion(own);
        }
        case StartResult.AlreadyRunning(RunRow other, var _) ->
            throw new UsageException("run " + other.id() + " of another demo is active");
      }
    }
    out().println(seen(simulator.statistics(), new RunRepository(database.jdbi()).counts(run)));
    out().println();
    out().println("After");
    StatusView.of(database.database()).print(out(), context.width());
    printSuggestions(settings.home());
    return code;
  }

  /** The API's own count; the run does not charge every request to a horse. */
  private static String seen(SimulatorStatistics statistics, RunCounts counts) {
    long others = statistics.arrivals() - counts.requests();
    return "The API received %s%s, at most %s in any second."
        .formatted(
            count(statistics.arrivals(), "request"),
            others > 0 ? " (%s not charged to a horse)".formatted(count(others)) : "",
            count(statistics.maxRequestsPerSecond()));
  }

  private void printSuggestions(Path home) {
    String shown = shown(home);
    String studbook =
        shellWord(
            context.environment().environment().getOrDefault(SettingName.LAUNCHER, "studbook"));
    out().println();
    out().println("The database stays in " + shown + ". Try next:");
    out().println("  " + studbook + " --home " + shellWord(shown) + " validate");
    out().println("  " + studbook + " simulate         # the simulated API for your experiments");
    out().println("  " + studbook + " check            # your account, your database");
    out().println("  " + studbook + " backfill --test  # ten of your horses");
  }

  /** A relative path starts with "./": after {@code --home}, "demo" would be this command. */
  private String shown(Path home) {
    Path here = context.environment().workingDirectory();
    return home.startsWith(here) ? "./" + here.relativize(home) : home.toString();
  }

  private static String shellWord(String text) {
    return text.matches("[\\w./+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
