package studbook.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import studbook.backfill.Backfill;
import studbook.backfill.Prospect;
import studbook.backfill.Racecards;
import studbook.backfill.files.LogsFolder;
import studbook.cli.settings.Need;
import studbook.cli.settings.Settings;
import studbook.store.Runs;
import studbook.store.Selection;
import studbook.store.Tally;
import studbook.text.Words;

/** {@code studbook backfill}. */
@Command(
    name = "backfill",
    description =
        "Fills date of birth, sex, colour, region and pedigree of every horse that lacks them.",
    footer = {
      "",
      "Examples: studbook backfill --test",
      "          studbook backfill --resume --non-interactive",
      "",
      "Exit codes: 0 every horse is settled, 1 some failed, 2 a mistake of yours, 3 stopped and"
          + " resumable."
    })
final class BackfillCommand implements Callable<Integer> {

  private static final Logger log = LoggerFactory.getLogger(BackfillCommand.class);

  private final Session session;

  @Mixin private SelectionOptions selection = new SelectionOptions();

  @Option(
      names = "--resume",
      description = "Go on with the unfinished run; start one where there is none.")
  private boolean resume;

  @Option(
      names = "--checkpoint-file",
      paramLabel = "F",
      description = "Where the checkpoint is written (logs/backfill_checkpoint.json).")
  private @Nullable Path checkpointFile;

  @Option(names = "--non-interactive", description = "Do not ask before starting.")
  private boolean nonInteractive;

  @Option(
      names = "--background",
      description = "Go on in the background; prints the process and its log.")
  private boolean background;

  @Mixin private RacecardOptions racecardOptions = new RacecardOptions();

  @Option(names = "--log-file", paramLabel = "F", hidden = true)
  private @Nullable Path logFile;

  BackfillCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    Optional<String> chosen = selection.given().or(racecardOptions::given);
    if (resume && chosen.isPresent()) {
      throw new UserMistake(
          chosen.get()
              + " does not go with --resume: a run goes on with the horses it was planned with");
    }
    Surroundings surroundings = session.surroundings();
    Settings settings = session.settings(Need.API, Need.DATABASE);
    Selection wanted = selection.selection(surroundings.workingDirectory());
    Racecards racecards = racecardOptions.racecards(surroundings.clock());
    LogsFolder logs = logs(settings);
    Path logPath = logFile == null ? logs.newLog(surroundings.clock()) : logFile;
    if (background) {
      return new Background(session).start(logPath, logs.pidFile());
    }
    try (AutoCloseable _ = Logging.toFile(logPath);
        Store store = Store.open(settings, session);
        Backfill backfill = backfill(store, settings)) {
      session.stopSignal().stops(backfill::stop);
      return run(
          new BackfillRun(session, store, backfill, logs, checkpointFile),
          settings,
          wanted,
          racecards);
    } catch (RuntimeException e) {
      log.error("the backfill did not run: {}", Cli.sentence(e));
      throw e;
    }
  }

  private Backfill backfill(Store store, Settings settings) {
    return new Backfill(store.database(), setup(settings), time(session.surroundings()));
  }

  static Backfill.Setup setup(Settings settings) {
    return new Backfill.Setup(
        settings.api().orElseThrow(),
        settings.rate(),
        settings.racecardsRate(),
        Version.current(),
        settings.told());
  }

  static Backfill.Time time(Surroundings surroundings) {
    return new Backfill.Time(surroundings.clock(), surroundings.ticker(), surroundings.sleeper());
  }

  private int run(BackfillRun run, Settings settings, Selection wanted, Racecards racecards)
      throws IOException {
    Optional<Runs.Start> resumed = resume ? run.backfill().resume(racecards) : Optional.empty();
    if (resumed.isPresent()) {
      return begun(run, resumed.get());
    }
    Runs runs = new Runs(run.store().database().jdbi());
    Optional<Runs.Run> unfinished = runs.unfinished();
    if (unfinished.filter(Runs.Run::isUnderWay).isPresent()) {
      throw taken(unfinished.get(), runs.tally(unfinished.get().id()));
    }
    Prospect prospect = run.backfill().prospect(wanted, racecards);
    new PlanText(
            prospect, settings.rate(), settings.racecardsRate(), session.surroundings().clock())
        .lines()
        .forEach(this::print);
    if (prospect.outlook().toDo() == 0) {
      print("Nothing to do: every horse is enriched or settled.");
      return ExitCode.DONE;
    }
    unfinished.ifPresent(old ->
        print(
            "Run "
                + old.id()
                + " was not finished; a new run takes its place (--resume would go on with it)."));
    if (!agreed()) {
      print("Not started.");
      return ExitCode.DONE;
    }
    return begun(run, run.backfill().plan(prospect, racecards));
  }

  private int begun(BackfillRun run, Runs.Start start) throws IOException {
    return switch (start) {
      case Runs.Start.Taken(Runs.Run other, Tally tally) -> throw taken(other, tally);
      case Runs.Start.Owned(Runs.Run own, boolean resumed) -> {
        if (resumed) {
          Tally tally = new Runs(run.store().database().jdbi()).tally(own.id());
          print(
              "Run %d goes on: %s of %s were settled, nothing is asked again."
                  .formatted(own.id(), Words.count(tally.processed()), Words.count(tally.total())));
        } else {
          print("Run %d begins: %s.".formatted(own.id(), Words.count(own.total(), "horse")));
        }
        yield run.toItsEnd(own);
      }
    };
  }

  private static UserMistake taken(Runs.Run other, Tally tally) {
    return new UserMistake(
        "run %d is under way on %s, %d%%. Watch it with `studbook status`, end it with `studbook stop`."
            .formatted(other.id(), other.owner().process(), (int) tally.percent()));
  }

  private boolean agreed() throws IOException {
    Surroundings surroundings = session.surroundings();
    if (nonInteractive || !surroundings.terminal()) {
      return true;
    }
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8));
    while (true) {
      session.out().print("Start? (yes/no) ");
      session.out().flush();
      String answer = reader.readLine();
      if (answer == null || answer.strip().toLowerCase(Locale.ROOT).matches("n|no")) {
        return false;
      }
      if (answer.strip().toLowerCase(Locale.ROOT).matches("y|yes")) {
        return true;
      }
    }
  }

  private LogsFolder logs(Settings settings) {
    try {
      return LogsFolder.in(settings.home());
    } catch (IOException e) {
      throw new UserMistake(
          "the folder %s cannot be written: set STUDBOOK_HOME to one that can"
              .formatted(settings.home()));
    }
  }

  private void print(String line) {
    session.out().println(line);
    log.info("{}", line);
  }
}
