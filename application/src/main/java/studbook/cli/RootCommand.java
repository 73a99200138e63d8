package studbook.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import studbook.cli.support.GlobalOptions;
import studbook.cli.support.ProductVersion;

/** The command {@code studbook} itself: its options, and what it says when called alone. */
@Command(
    name = "studbook",
    mixinStandardHelpOptions = true,
    versionProvider = ProductVersion.class,
    description = "Fills and keeps the horse records of a racing database.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "First steps: studbook demo, then studbook check, studbook plan, studbook backfill.",
      "Settings come from flags, the environment, .env.local and .env; secrets from the last three"
          + " only."
    })
final class RootCommand implements Runnable {

  @Mixin private final GlobalOptions options;

  @Spec private CommandSpec spec = CommandSpec.create();

  RootCommand(GlobalOptions options) {
    this.options = options;
  }

  GlobalOptions options() {
    return options;
  }

  @Override
  public void run() {
    CommandLine command = spec.commandLine();
    command.usage(command.getErr());
    throw new ParameterException(command, "a command is missing");
  }
}
