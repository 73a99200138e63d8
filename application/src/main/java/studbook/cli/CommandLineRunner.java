package studbook.cli;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import studbook.chart.ChartFormat;
import studbook.cli.inspect.ExportCommand;
import studbook.cli.option.EnumConverter;
import studbook.cli.option.GlobalOptions;
import studbook.cli.settings.SettingsException;
import studbook.cli.support.CommandContext;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.CommandProgram;
import studbook.cli.support.ErrorMessages;
import studbook.cli.support.ExitCode;
import studbook.cli.support.Logging;
import studbook.cli.support.ShutdownHandler;
import studbook.cli.terminal.UndecodedText;
import studbook.export.ExportFormat;
import studbook.model.ErrorKind;
import studbook.report.ReportFormat;
import studbook.store.error.ErrorClassifier;
import studbook.text.AnsiStyle;
import studbook.text.FileErrorMessages;

/** Runs one command line; turns exceptions of commands into a message and an exit code. */
public final class CommandLineRunner implements CommandProgram {

  private static final Logger log = LoggerFactory.getLogger(CommandLineRunner.class);

  private final CommandEnvironment environment;
  private final ShutdownHandler shutdown = new ShutdownHandler();

  public CommandLineRunner(CommandEnvironment environment) {
    this.environment = environment;
  }

  ShutdownHandler stopSignal() {
    return shutdown;
  }

  @Override
  public void stop() {
    shutdown.stop();
  }

  @Override
  public int run(String... given) {
    String[] arguments = helpAsOption(given);
    GlobalOptions options = new GlobalOptions();
    Optional<String> undecoded = UndecodedText.find(environment, List.of(arguments));
    if (undecoded.isPresent()) {
      environment.err().println("studbook: " + undecoded.get());
      return ExitCode.USAGE_ERROR;
    }
    CommandContext context = new CommandContext(environment, options, shutdown);
    CommandLine commandLine = commandLine(context, options, new HashSet<>(List.of(arguments)));
    commandLine
        .setOut(new PrintWriter(environment.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(environment.err(), true, StandardCharsets.UTF_8))
        .setUsageHelpAutoWidth(true)
        .setColorScheme(
            Help.defaultColorScheme(context.style() == AnsiStyle.COLOURED ? Ansi.ON : Ansi.OFF))
        .setParameterExceptionHandler((e, _) -> misused(e))
        .setExecutionExceptionHandler((e, _, _) -> failed(e, context, options.verbose))
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

  /** The program with the commands that an argument names, or with all of them if none does. */
  static CommandLine commandLine(
      CommandContext context, GlobalOptions options, Set<String> arguments) {
    CommandLine commandLine = new CommandLine(new RootCommand(options));
    CommandRegistry.addTo(commandLine, context, arguments);
    commandLine.getHelpSectionMap().put(SECTION_KEY_COMMAND_LIST_HEADING, _ -> "");
    commandLine.getHelpSectionMap().put(SECTION_KEY_COMMAND_LIST, CommandRegistry::render);
    EnumConverter.register(commandLine, ErrorKind.class);
    EnumConverter.register(commandLine, ReportFormat.class);
    EnumConverter.register(commandLine, ChartFormat.class);
    EnumConverter.register(commandLine, ExportFormat.class);
    EnumConverter.register(commandLine, ExportCommand.ExportTable.class);
    EnumConverter.register(commandLine, CompletionCommand.ShellKind.class);
    return commandLine;
  }

  /** {@code help plan} is {@code plan --help}. */
  private static String[] helpAsOption(String... arguments) {
    return arguments.length == 0 || !arguments[0].equals("help")
        ? arguments
        : Stream.concat(Stream.of(arguments).skip(1).limit(1), Stream.of("--help"))
            .toArray(String[]::new);
  }

  private int misused(ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    environment.err().printf("studbook: %s; see `%s --help`%n", mistake(e), command);
    return ExitCode.USAGE_ERROR;
  }

  private static String mistake(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
      String first = unmatched.getUnmatched().getFirst();
      if (e.getCommandLine().getParent() != null) {
        return "unexpected argument '%s'".formatted(first);
      }
      List<String> meant = unmatched.getSuggestions();
      return "unknown command '%s'%s"
          .formatted(first, meant.isEmpty() ? "" : "; did you mean " + meant.getFirst() + "?");
    }
    return ErrorMessages.oneLine(e.getMessage());
  }

  private int failed(Exception e, CommandContext context, boolean verbose) {
    if (shutdown.isStopping()) {
      // A command that is stopped early often fails; only the stop matters.
      log.debug("stopped by a signal", e);
      environment.err().println("studbook: stopped");
      return ExitCode.STOPPED;
    }
    if (e instanceof SettingsException settings) {
      settings.mistakes().forEach(mistake -> environment.err().println("studbook: " + mistake));
      return ExitCode.USAGE_ERROR;
    }
    environment.err().println("studbook: " + context.sentence(e));
    if (ErrorMessages.isMistake(e)
        || FileErrorMessages.sentence(e).isPresent()
        || ErrorMessages.isMissingRight(e)
        || ErrorClassifier.passes(e)) {
      return ExitCode.USAGE_ERROR;
    }
    log.error("unexpected", e);
    if (!verbose) {
      environment
          .err()
          .println("studbook: internal error; run again with -v for details and open an issue");
    }
    return ExitCode.INTERNAL_ERROR;
  }
}
