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

  private final CommandContext session;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public StatusCommand(CommandContext session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (DatabaseSession store = DatabaseSession.existing(session)) {
      StatusView status = StatusView.of(store.database());
      if (json) {
        session.printJson(status.json());
      } else {
        status.print(session.out(), session.width());
      }
      return ExitCode.DONE;
    }
  }
}
