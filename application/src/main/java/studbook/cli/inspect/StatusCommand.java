package studbook.cli.inspect;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;

/** {@code studbook status}. */
@Command(
    name = "status",
    description = "Show how many horses are enriched, and the last run.",
    footer = {"", "Example: studbook status --json"})
public final class StatusCommand implements Callable<Integer> {

  private final CommandContext context;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public StatusCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (DatabaseSession database = DatabaseSession.existing(context)) {
      StatusView status = StatusView.of(database.database());
      if (json) {
        context.printJson(status.json());
      } else {
        status.print(context.out(), context.width());
      }
      return ExitCode.DONE;
    }
  }
}
