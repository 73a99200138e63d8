package studbook.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import studbook.cli.pedigree.InbreedingCommand;
import studbook.cli.pedigree.LinesCommand;
import studbook.cli.pedigree.MatingCommand;
import studbook.cli.pedigree.PedigreeAcceptCommand;
import studbook.cli.pedigree.PedigreeCheckCommand;
import studbook.cli.pedigree.PedigreeFindingsCommand;
import studbook.cli.pedigree.PedigreeShowCommand;
import studbook.cli.pedigree.PopulationCommand;
import studbook.cli.support.CommandContext;
import studbook.cli.support.SubcommandGroup;

/** {@code studbook pedigree}, whose subcommands do the work. */
@Command(
    name = "pedigree",
    description = {
      "Show and check pedigrees, of the database or of a CSV file.",
      "`studbook pedigree SUBCOMMAND --help` prints the options."
    },
    synopsisSubcommandLabel = "SUBCOMMAND",
    exitCodeList = {"0:Done.", "2:Usage or configuration error."},
    footer = {
      "",
      "Examples: studbook pedigree show hrs_5341245",
      "          studbook pedigree show hrs_5341245 --out chart.pdf",
      "          studbook pedigree inbreeding hrs_5341245 --why"
    })
final class PedigreeCommand extends SubcommandGroup {

  private PedigreeCommand() {}

  /** The command with its subcommands, in the order of the help. To add one, add it here. */
  static CommandLine of(CommandContext context) {
    return new CommandLine(new PedigreeCommand())
        .addSubcommand(new PedigreeShowCommand(context))
        .addSubcommand(new InbreedingCommand(context))
        .addSubcommand(new MatingCommand(context))
        .addSubcommand(new LinesCommand(context))
        .addSubcommand(new PopulationCommand(context))
        .addSubcommand(new PedigreeCheckCommand(context))
        .addSubcommand(new PedigreeFindingsCommand(context))
        .addSubcommand(new PedigreeAcceptCommand(context));
  }
}
