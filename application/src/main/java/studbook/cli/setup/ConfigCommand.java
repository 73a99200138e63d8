package studbook.cli.setup;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import studbook.cli.settings.EffectiveSetting;
import studbook.cli.settings.Requirement;
import studbook.cli.support.CommandContext;
import studbook.cli.support.ExitCode;
import studbook.model.SafeText;
import studbook.text.TextTable;

/** {@code studbook config}. */
@Command(
    name = "config",
    description = {
      "Check or show the settings.",
      "Settings come from flags, the environment, .env.local, .env and studbook.toml, in this"
          + " order."
    },
    synopsisSubcommandLabel = "(check | show)",
    exitCodeList = {"0:Every setting is valid.", "2:Usage or configuration error."},
    footer = {"", "Examples: studbook config check", "          studbook config show --json"})
public final class ConfigCommand implements Runnable {

  private static final int MAX_VALUE = 200;

  private final CommandContext context;

  @Spec private CommandSpec spec = CommandSpec.create();

  public ConfigCommand(CommandContext context) {
    this.context = context;
  }

  /** JSON of {@code config show}, an element of a list. */
  private record SettingJson(String setting, Optional<String> effectiveValue, String source) {

    static SettingJson of(EffectiveSetting setting) {
      return new SettingJson(
          setting.name(),
          Optional.of(setting.value()).filter(value -> !value.isEmpty()),
          setting.source());
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "missing subcommand: check or show");
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "check",
      description = "Check every setting and list all errors.")
  int check() {
    context.settings(Requirement.DATABASE);
    context.out().println("Every setting is valid.");
    return ExitCode.DONE;
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "show",
      description = "Show every setting that is in effect, and its source. Secrets are masked.")
  int show(@Option(names = "--json", description = "Print JSON.") boolean json) {
    List<EffectiveSetting> settings = context.explainSettings();
    if (json) {
      context.printJson(settings.stream().map(SettingJson::of).toList());
      return ExitCode.DONE;
    }
    TextTable table =
        new TextTable(context.style()).text("Setting").flexible("Value").text("Source");
    settings.forEach(
        one -> table.row(one.name(), SafeText.excerpt(one.value(), MAX_VALUE), one.source()));
    table.lines(context.width()).forEach(context.out()::println);
    return ExitCode.DONE;
  }
}
