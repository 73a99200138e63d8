package studbook.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import studbook.cli.backfill.BackfillCommand;
import studbook.cli.backfill.DiscoverCommand;
import studbook.cli.backfill.PlanCommand;
import studbook.cli.backfill.RetryCommand;
import studbook.cli.backfill.WorkerCommand;
import studbook.cli.control.CancelCommand;
import studbook.cli.control.PauseCommand;
import studbook.cli.control.ResumeCommand;
import studbook.cli.control.StopCommand;
import studbook.cli.control.WorkersCommand;
import studbook.cli.inspect.ErrorsCommand;
import studbook.cli.inspect.ExportCommand;
import studbook.cli.inspect.MonitorCommand;
import studbook.cli.inspect.ReportCommand;
import studbook.cli.inspect.RunsCommand;
import studbook.cli.inspect.ShowCommand;
import studbook.cli.inspect.StatusCommand;
import studbook.cli.settings.SettingsException;
import studbook.cli.setup.CheckCommand;
import studbook.cli.setup.DemoCommand;
import studbook.cli.setup.ImportCommand;
import studbook.cli.setup.InitCommand;
import studbook.cli.setup.SimulateCommand;
import studbook.cli.support.CommandContext;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.EnumConverter;
import studbook.cli.support.ErrorMessages;
import studbook.cli.support.ExitCode;
import studbook.cli.support.GlobalOptions;
import studbook.cli.support.Logging;
import studbook.cli.support.ShutdownHandler;
import studbook.cli.terminal.UndecodedText;
import studbook.cli.validate.ValidateCommand;
import studbook.export.ExportFormat;
import studbook.store.error.ErrorClassifier;
import studbook.text.AnsiStyle;
import studbook.text.FileErrorMessages;

/**
 * The command line: the one place where the house is put together. Turns what commands throw into a
 * sentence and an exit code.
 */
public final class CommandLineRunner {

  private static final Logger log = LoggerFactory.getLogger(CommandLineRunner.class);

  private final CommandEnvironment surroundings;
  private final ShutdownHandler stopSignal = new ShutdownHandler();

  public CommandLineRunner(CommandEnvironment surroundings) {
    this.surroundings = surroundings;
  }

  ShutdownHandler stopSignal() {
    return stopSignal;
  }

  /** Runs one command; returns the exit code. */
  public int run(String... given) {
    String[] arguments = helpAsOption(given);
    GlobalOptions options = new GlobalOptions();
    Optional<String> undecoded = UndecodedText.find(surroundings, List.of(arguments));
    if (undecoded.isPresent()) {
      surroundings.err().println("studbook: " + undecoded.get());
      return ExitCode.MISTAKE;
    }
    CommandContext session = new CommandContext(surroundings, options, stopSignal);
    CommandLine commandLine = new CommandLine(new RootCommand(options));
    Map<String, Supplier<Object>> commands = commands(session);
    Set<String> named = new HashSet<>(List.of(arguments));
    boolean all = named.contains("completion") || Collections.disjoint(commands.keySet(), named);
    // What no argument names is left out: picocli reads a command's annotations as it is added.
    commands.forEach((name, command) -> {
      if (all || named.contains(name)) {
        commandLine.addSubcommand(name, command.get());
      }
    });
    for (CommandLine sub : commandLine.getSubcommands().values()) {
      sub.getCommandSpec().mixinStandardHelpOptions(true);
    }
    commandLine
        .registerConverter(
            ExportCommand.ExportTable.class, new EnumConverter<>(ExportCommand.ExportTable.class))
        .registerConverter(ExportFormat.class, new EnumConverter<>(ExportFormat.class))
        .registerConverter(
            CompletionCommand.ShellKind.class,
            new EnumConverter<>(CompletionCommand.ShellKind.class));
    commandLine
        .setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8))
        .setUsageHelpAutoWidth(true)
        .setColorScheme(
            Help.defaultColorScheme(session.style() == AnsiStyle.COLOURED ? Ansi.ON : Ansi.OFF))
        .setParameterExceptionHandler((e, _) -> misused(e))
        .setExecutionExceptionHandler((e, _, _) -> failed(e, session, options.verbose))
        .setExecutionStrategy(parsed -> {
          if (options.verbose) {
            Logging.toStderr();
          }
          return new CommandLine.RunLast().execute(parsed);
        });
    int code = commandLine.execute(arguments);
    Logging.endStderr();
    return code;
  }

  /** {@code help plan} is {@code plan --help}. */
  private static String[] helpAsOption(String... arguments) {
    return arguments.length == 0 || !arguments[0].equals("help")
        ? arguments
        : Stream.concat(Stream.of(arguments).skip(1).limit(1), Stream.of("--help"))
            .toArray(String[]::new);
  }

  private static Map<String, Supplier<Object>> commands(CommandContext session) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("demo", () -> new DemoCommand(session));
    commands.put("check", () -> new CheckCommand(session));
    commands.put("init", () -> new InitCommand(session));
    commands.put("import", () -> new ImportCommand(session));
    commands.put("plan", () -> new PlanCommand(session));
    commands.put("backfill", () -> new BackfillCommand(session));
    commands.put("discover", () -> new DiscoverCommand(session));
    commands.put("retry", () -> new RetryCommand(session));
    commands.put("worker", () -> new WorkerCommand(session));
    commands.put("workers", () -> new WorkersCommand(session));
    commands.put("pause", () -> new PauseCommand(session));
    commands.put("resume", () -> new ResumeCommand(session));
    commands.put("cancel", () -> new CancelCommand(session));
    commands.put("stop", () -> new StopCommand(session));
    commands.put("status", () -> new StatusCommand(session));
    commands.put("monitor", () -> new MonitorCommand(session));
    commands.put("validate", () -> new ValidateCommand(session));
    commands.put("report", () -> new ReportCommand(session));
    commands.put("errors", () -> new ErrorsCommand(session));
    commands.put("runs", () -> new RunsCommand(session));
    commands.put("show", () -> new ShowCommand(session));
    commands.put("export", () -> new ExportCommand(session));
    commands.put("simulate", () -> new SimulateCommand(session));
    commands.put("completion", () -> new CompletionCommand(session));
    return commands;
  }

  private int misused(ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    surroundings.err().printf("studbook: %s; see `%s --help`%n", mistake(e), command);
    return ExitCode.MISTAKE;
  }

  private static String mistake(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
      String first = unmatched.getUnmatched().getFirst();
      if (e.getCommandLine().getParent() != null) {
        return "'%s' is one argument too many".formatted(first);
      }
      List<String> meant = unmatched.getSuggestions();
      return "'%s' is no command%s"
          .formatted(first, meant.isEmpty() ? "" : ", did you mean " + meant.getFirst() + "?");
    }
    return ErrorMessages.oneLine(e.getMessage());
  }

  private int failed(Exception e, CommandContext session, boolean verbose) {
    if (stopSignal.isStopping()) {
      // What ends early tends to fail; that somebody ended it is what matters.
      log.debug("stopped by a signal", e);
      surroundings.err().println("studbook: stopped");
      return ExitCode.STOPPED;
    }
    if (e instanceof SettingsException settings) {
      settings.mistakes().forEach(mistake -> surroundings.err().println("studbook: " + mistake));
      return ExitCode.MISTAKE;
    }
    surroundings.err().println("studbook: " + session.sentence(e));
    if (ErrorMessages.isMistake(e)
        || FileErrorMessages.sentence(e).isPresent()
        || ErrorMessages.isMissingRight(e)
        || ErrorClassifier.passes(e)) {
      return ExitCode.MISTAKE;
    }
    log.error("unexpected", e);
    if (!verbose) {
      surroundings.err().println("studbook: this was not expected; -v shows where it happened");
    }
    return ExitCode.UNEXPECTED;
  }
}
