package studbook.cli;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Model.UsageMessageSpec;
import studbook.cli.access.TokenCommand;
import studbook.cli.access.UserCommand;
import studbook.cli.archive.ArchiveCommand;
import studbook.cli.backfill.AncestorsCommand;
import studbook.cli.backfill.BackfillCommand;
import studbook.cli.backfill.DiscoverCommand;
import studbook.cli.backfill.PlanCommand;
import studbook.cli.backfill.RefreshCommand;
import studbook.cli.backfill.RetryCommand;
import studbook.cli.backfill.WorkerCommand;
import studbook.cli.control.CancelCommand;
import studbook.cli.control.PauseCommand;
import studbook.cli.control.ResumeCommand;
import studbook.cli.control.ReviewCommand;
import studbook.cli.control.StopCommand;
import studbook.cli.control.WorkersCommand;
import studbook.cli.inspect.ChangesCommand;
import studbook.cli.inspect.DriftCommand;
import studbook.cli.inspect.ErrorsCommand;
import studbook.cli.inspect.ExportCommand;
import studbook.cli.inspect.MonitorCommand;
import studbook.cli.inspect.ReportCommand;
import studbook.cli.inspect.RunsCommand;
import studbook.cli.inspect.ShowCommand;
import studbook.cli.inspect.StatusCommand;
import studbook.cli.notify.NotifyCommand;
import studbook.cli.pedigree.LinksCommand;
import studbook.cli.service.ScheduleCommand;
import studbook.cli.service.ServeCommand;
import studbook.cli.setup.CheckCommand;
import studbook.cli.setup.ConfigCommand;
import studbook.cli.setup.DemoCommand;
import studbook.cli.setup.ImportCommand;
import studbook.cli.setup.InitCommand;
import studbook.cli.setup.SimulateCommand;
import studbook.cli.support.CommandContext;
import studbook.cli.validate.ValidateCommand;

/** All commands, in the order of the help. To add a command, add it here. */
final class CommandRegistry {

  private static final List<RegisteredCommand> ALL =
      List.of(
          new RegisteredCommand(CommandGroup.SET_UP, "demo", DemoCommand::new),
          new RegisteredCommand(CommandGroup.SET_UP, "check", CheckCommand::new),
          new RegisteredCommand(CommandGroup.SET_UP, "config", ConfigCommand::new),
          new RegisteredCommand(CommandGroup.SET_UP, "init", InitCommand::new),
          new RegisteredCommand(CommandGroup.SET_UP, "import", ImportCommand::new),
          new RegisteredCommand(CommandGroup.RUN, "plan", PlanCommand::new),
          new RegisteredCommand(
              CommandGroup.RUN,
              "backfill",
              context -> new BackfillCommand(context, CommandLineRunner::new)),
          new RegisteredCommand(CommandGroup.RUN, "refresh", RefreshCommand::new),
          new RegisteredCommand(CommandGroup.RUN, "discover", DiscoverCommand::new),
          new RegisteredCommand(CommandGroup.RUN, "ancestors", AncestorsCommand::new),
          new RegisteredCommand(CommandGroup.RUN, "retry", RetryCommand::new),
          new RegisteredCommand(CommandGroup.RUN, "worker", WorkerCommand::new),
          new RegisteredCommand(
              CommandGroup.RUN,
              "serve",
              context -> new ServeCommand(context, CommandLineRunner::new)),
          new RegisteredCommand(
              CommandGroup.RUN,
              "schedule",
              context -> new ScheduleCommand(context, CommandLineRunner::new)),
          new RegisteredCommand(CommandGroup.CONTROL, "pause", PauseCommand::new),
          new RegisteredCommand(CommandGroup.CONTROL, "resume", ResumeCommand::new),
          new RegisteredCommand(CommandGroup.CONTROL, "cancel", CancelCommand::new),
          new RegisteredCommand(CommandGroup.CONTROL, "stop", StopCommand::new),
          new RegisteredCommand(CommandGroup.CONTROL, "workers", WorkersCommand::new),
          new RegisteredCommand(CommandGroup.INSPECT, "status", StatusCommand::new),
          new RegisteredCommand(CommandGroup.INSPECT, "monitor", MonitorCommand::new),
          new RegisteredCommand(CommandGroup.INSPECT, "runs", RunsCommand::new),
          new RegisteredCommand(CommandGroup.INSPECT, "errors", ErrorsCommand::new),
          new RegisteredCommand(CommandGroup.INSPECT, "drift", DriftCommand::new),
          new RegisteredCommand(CommandGroup.INSPECT, "show", ShowCommand::new),
          new RegisteredCommand(CommandGroup.INSPECT, "changes", ChangesCommand::new),
          new RegisteredCommand(CommandGroup.INSPECT, "links", LinksCommand::new),
          new RegisteredCommand(CommandGroup.INSPECT, "validate", ValidateCommand::new),
          new RegisteredCommand(CommandGroup.INSPECT, "report", ReportCommand::new),
          new RegisteredCommand(CommandGroup.INSPECT, "pedigree", PedigreeCommand::of),
          new RegisteredCommand(CommandGroup.DATA, "review", ReviewCommand::new),
          new RegisteredCommand(CommandGroup.DATA, "export", ExportCommand::new),
          new RegisteredCommand(CommandGroup.DATA, "archive", ArchiveCommand::new),
          new RegisteredCommand(CommandGroup.TOOLS, "user", UserCommand::new),
          new RegisteredCommand(CommandGroup.TOOLS, "token", TokenCommand::new),
          new RegisteredCommand(CommandGroup.TOOLS, "notify", NotifyCommand::new),
          new RegisteredCommand(CommandGroup.TOOLS, "simulate", SimulateCommand::new),
          new RegisteredCommand(CommandGroup.TOOLS, "completion", CompletionCommand::new));

  private static final int NAME_WIDTH = 14;

  private record RegisteredCommand(
      CommandGroup group, String name, Function<CommandContext, Object> factory) {}

  private CommandRegistry() {}

  /**
   * Adds the commands that an argument names, or all of them if none does: picocli reads the
   * annotations of a command when it is added, which takes longer than the command itself.
   */
  static void addTo(CommandLine program, CommandContext context, Set<String> arguments) {
    Set<String> names = ALL.stream().map(RegisteredCommand::name).collect(Collectors.toSet());
    boolean all = arguments.contains("completion") || Collections.disjoint(names, arguments);
    for (RegisteredCommand command : ALL) {
      if (all || arguments.contains(command.name())) {
        program.addSubcommand(command.name(), command.factory().apply(context));
      }
    }
    program.getSubcommands().values().forEach(CommandRegistry::complete);
    addHeading(program);
  }

  private static void complete(CommandLine command) {
    // A command that is a method has them from its annotation: more options are more parameters.
    if (!command.getCommandSpec().mixinStandardHelpOptions()) {
      command.getCommandSpec().mixinStandardHelpOptions(true);
    }
    addHeading(command);
    command.getSubcommands().values().forEach(CommandRegistry::complete);
  }

  private static void addHeading(CommandLine command) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    if (!usage.exitCodeList().isEmpty()) {
      usage.exitCodeListHeading("%nExit codes:%n");
    }
  }

  /** Renders the commands by group, each with the first sentence of its description. */
  static String render(Help help) {
    StringBuilder text = new StringBuilder();
    for (CommandGroup group : CommandGroup.values()) {
      text.append("%n%s:%n".formatted(group.title())).append(render(group, help));
    }
    return text.toString();
  }

  private static Help.TextTable render(CommandGroup group, Help help) {
    Help.TextTable table =
        Help.TextTable.forColumns(
            help.colorScheme(),
            new Column(NAME_WIDTH, 2, Column.Overflow.SPAN),
            new Column(
                help.commandSpec().usageMessage().width() - NAME_WIDTH, 0, Column.Overflow.WRAP));
    Map<String, Help> added = help.subcommands();
    for (RegisteredCommand command : ALL) {
      Help own = added.get(command.name());
      if (command.group() == group && own != null) {
        table.addRowValues(
            help.colorScheme().commandText(command.name()),
            help.colorScheme().text(own.commandSpec().usageMessage().description()[0]));
      }
    }
    return table;
  }
}
