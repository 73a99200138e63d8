package studbook.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import studbook.cli.settings.SettingsException;
import studbook.store.Outage;
import studbook.store.StoreException;
import studbook.store.embedded.EmbeddedServerException;
import studbook.store.intake.BadCsv;
import studbook.store.intake.RefusedByDatabase;

/**
 * The command line: the one place where the house is put together. Turns what commands throw into a
 * sentence and an exit code.
 */
public final class Cli {

  private static final Logger log = LoggerFactory.getLogger(Cli.class);

  private final Surroundings surroundings;
  private final StopSignal stopSignal = new StopSignal();

  public Cli(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  StopSignal stopSignal() {
    return stopSignal;
  }

  /** Runs one command; returns the exit code. */
  public int run(String... arguments) {
    GlobalOptions options = new GlobalOptions();
    Session session = new Session(surroundings, options, stopSignal);
    CommandLine commandLine =
        new CommandLine(new Studbook(options))
            .addSubcommand(new DemoCommand(session))
            .addSubcommand(new CheckCommand(session))
            .addSubcommand(new InitCommand(session))
            .addSubcommand(new ImportCommand(session))
            .addSubcommand(new PlanCommand(session))
            .addSubcommand(new BackfillCommand(session))
            .addSubcommand(new DiscoverCommand(session))
            .addSubcommand(new StopCommand(session))
            .addSubcommand(new StatusCommand(session))
            .addSubcommand(new SimulateCommand(session));
    for (CommandLine sub : commandLine.getSubcommands().values()) {
      sub.getCommandSpec().mixinStandardHelpOptions(true);
    }
    commandLine
        .setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8))
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler((e, _) -> misused(e))
        .setExecutionExceptionHandler((e, _, _) -> failed(e, options.verbose))
        .setExecutionStrategy(parsed -> {
          if (options.verbose) {
            Logging.toStderr();
          }
          return new CommandLine.RunLast().execute(parsed);
        });
    return commandLine.execute(arguments);
  }

  private int misused(ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    surroundings.err().printf("studbook: %s; see `%s --help`%n", mistake(e), command);
    return ExitCode.MISTAKE;
  }

  private static String mistake(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
      List<String> meant = unmatched.getSuggestions();
      return "'%s' is no command%s"
          .formatted(
              unmatched.getUnmatched().getFirst(),
              meant.isEmpty() ? "" : ", did you mean " + meant.getFirst() + "?");
    }
    return oneLine(e.getMessage());
  }

  private int failed(Exception e, boolean verbose) {
    if (e instanceof SettingsException settings) {
      settings.mistakes().forEach(mistake -> surroundings.err().println("studbook: " + mistake));
      return ExitCode.MISTAKE;
    }
    surroundings.err().println("studbook: " + sentence(e));
    if (isMistake(e)) {
      return ExitCode.MISTAKE;
    }
    log.error("unexpected", e);
    if (!verbose) {
      surroundings.err().println("studbook: this was not expected; -v shows where it happened");
    }
    return ExitCode.UNEXPECTED;
  }

  private static boolean isMistake(Exception e) {
    return e instanceof UserMistake
        || e instanceof StoreException
        || e instanceof EmbeddedServerException
        || e instanceof BadCsv
        || e instanceof RefusedByDatabase;
  }

  /** What an exception says, in one sentence without a credential. */
  static String sentence(Throwable e) {
    if (e instanceof SettingsException settings) {
      return String.join("; ", settings.mistakes());
    }
    return e instanceof Exception known && isMistake(known)
        ? oneLine(known.getMessage())
        : e.getClass().getSimpleName() + ": " + oneLine(Outage.reason(e));
  }

  private static String oneLine(@org.jspecify.annotations.Nullable String message) {
    return message == null ? "" : message.lines().findFirst().orElse("");
  }
}
