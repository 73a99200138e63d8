package studbook.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import studbook.cli.option.GlobalOptions;
import studbook.cli.support.ProductVersion;

/** The command {@code studbook} without a subcommand. */
@Command(
    name = "studbook",
    mixinStandardHelpOptions = true,
    versionProvider = ProductVersion.class,
    description =
        "Fill missing horse data (date of birth, sex, colour, pedigree) in a PostgreSQL or Supabase"
            + " database from The Racing API.",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeList = {
      "0:Done; also if there was nothing to do.",
      "1:Done, with failures.",
      "2:Usage or configuration error.",
      "3:Stopped or paused; can be resumed.",
      "4:Internal error."
    },
    footer = {
      "",
      "First steps: studbook demo, studbook check, studbook plan, studbook backfill.",
      "Settings come from flags, the environment, .env.local and .env, in this order.",
      "Secrets have no flags."
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
    throw new ParameterException(command, "missing command");
  }
}
