package studbook.cli.inspect;

import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import studbook.cli.settings.Need;
import studbook.cli.support.ExitCode;
import studbook.cli.support.Session;
import studbook.cli.support.Store;

/** {@code studbook status}. */
@Command(
    name = "status",
    description = "Shows how many horses are enriched, and the last run.",
    footer = {"", "Example: studbook status --json"})
public final class StatusCommand implements Callable<Integer> {

  private final Session session;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  public StatusCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Store store = Store.existing(session.settings(Need.DATABASE), session)) {
      Clock clock = session.surroundings().clock();
      StatusReport report = StatusReport.take(store.database(), clock);
      if (json) {
        session.out().println(report.json(clock));
      } else {
        report.print(session.out(), session.width());
      }
      return ExitCode.DONE;
    }
  }
}
