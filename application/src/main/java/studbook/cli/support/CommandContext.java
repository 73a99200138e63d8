package studbook.cli.support;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.cli.option.GlobalOptions;
import studbook.cli.option.RateOptions;
import studbook.cli.settings.EffectiveSetting;
import studbook.cli.settings.Requirement;
import studbook.cli.settings.SettingName;
import studbook.cli.settings.Settings;
import studbook.cli.settings.SettingsException;
import studbook.cli.settings.SettingsLoader;
import studbook.store.connection.DatabaseAddress;
import studbook.text.AnsiStyle;
import studbook.text.JsonFormat;
import studbook.text.LineWrap;

/** One call of the program: its environment and its global options. */
public final class CommandContext {

  private static final Logger log = LoggerFactory.getLogger(CommandContext.class);

  private final CommandEnvironment environment;
  private final GlobalOptions options;
  private final ShutdownHandler shutdown;

  public CommandContext(
      CommandEnvironment environment, GlobalOptions options, ShutdownHandler shutdown) {
    this.environment = environment;
    this.options = options;
    this.shutdown = shutdown;
  }

  public CommandEnvironment environment() {
    return environment;
  }

  /** The same call with variables that take precedence over those of the environment. */
  public CommandContext withVariables(Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(environment.environment());
    all.putAll(variables);
    return new CommandContext(environment.withEnvironment(all), options, shutdown);
  }

  /** Registers what a signal does. */
  public ShutdownHandler stopSignal() {
    return shutdown;
  }

  /** The global options of this call, for another command line. */
  public List<String> globalArguments() {
    return options.arguments();
  }

  public PrintStream out() {
    return environment.out();
  }

  /** Colours on a terminal without NO_COLOR. */
  public AnsiStyle style() {
    boolean plain = !environment.environment().getOrDefault("NO_COLOR", "").isEmpty();
    return environment.terminal() && !plain ? AnsiStyle.COLOURED : AnsiStyle.PLAIN;
  }

  /** Maximum columns of a table; unlimited without a terminal. */
  public int width() {
    return environment.terminal() ? TerminalWidth.width() : Integer.MAX_VALUE;
  }

  public void println(String line) {
    out().println(line);
  }

  /** Prints a line, wrapped between words on a narrower terminal. */
  public void print(String line, int indent) {
    LineWrap.lines(line, width(), indent).forEach(this::println);
  }

  /** Prints a document as JSON, with times of the local zone. */
  public void printJson(Object document) {
    println(JsonFormat.pretty(document, environment.clock().getZone()));
  }

  /** The settings for a command with these needs; all errors are listed at once. */
  public Settings settings(Requirement... needs) {
    return settings(new RateOptions(), needs);
  }

  /** The same for a command with rate options. */
  public Settings settings(RateOptions rates, Requirement... needs) {
    return settings(rates.flags(), needs);
  }

  /** The same for a command with other options that are settings. */
  public Settings settings(Map<SettingName, String> own, Requirement... needs) {
    Map<SettingName, String> flags = new HashMap<>(options.flags());
    flags.putAll(own);
    return loader().load(flags, Set.of(needs));
  }

  /**
   * Every setting with its source.
   *
   * @throws SettingsException with all errors
   */
  public List<EffectiveSetting> explainSettings() {
    return loader().explain(options.flags());
  }

  /** Where a setting's value comes from, such as {@code .env.local}; empty if it is unset. */
  public Optional<String> settingSource(SettingName name) {
    return loader().source(options.flags(), name);
  }

  private SettingsLoader loader() {
    return new SettingsLoader(environment.environment(), environment.workingDirectory());
  }

  /**
   * The database's current address from the environment and the files; {@code before} if they have
   * none or cannot be read.
   */
  DatabaseAddress newest(DatabaseAddress before) {
    try {
      return settings(Requirement.DATABASE).database().orElse(before);
    } catch (SettingsException e) {
      return before;
    }
  }

  /**
   * The message of an exception, like {@link ErrorMessages#sentence}; for a missing permission also
   * the GRANT for the owner.
   */
  public String sentence(Throwable e) {
    if (!ErrorMessages.isMissingRight(e)) {
      return ErrorMessages.sentence(e);
    }
    List<String> grants = missingGrants();
    return ErrorMessages.sentence(e)
        + (grants.isEmpty()
            ? "; docs/role.sql lists the privileges that Studbook needs"
            : "; run as the owner: " + String.join(" ", grants));
  }

  private List<String> missingGrants() {
    try {
      return settings(Requirement.DATABASE)
          .database()
          .map(DatabaseSession::missingGrants)
          .orElse(List.of());
    } catch (RuntimeException e) {
      log.debug("the missing privileges cannot be listed", e);
      return List.of();
    }
  }

  /** Prints a message that is not the command's result, on stderr. */
  public void printError(String sentence) {
    environment.err().println(sentence);
  }
}
