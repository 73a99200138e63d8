package studbook.cli.setup;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import studbook.cli.settings.Requirement;
import studbook.cli.support.CommandContext;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.store.database.Schema;

/** {@code studbook init}. */
@Command(
    name = "init",
    description =
        "Makes the schema studbook, and ra_horses and ra_horse_pedigree where they are missing.",
    footer = {"", "Example: studbook init"})
public final class InitCommand implements Callable<Integer> {

  private final CommandContext session;

  public InitCommand(CommandContext session) {
    this.session = session;
  }

  @Option(names = "--dry-run", description = "Print the statements, run none.")
  private boolean dryRun;

  @Override
  public Integer call() {
    try (DatabaseSession store =
        DatabaseSession.connect(session.settings(Requirement.DATABASE), session)) {
      if (dryRun) {
        session.out().print(new Schema(store.database()).script());
        session.out().flush();
        return ExitCode.DONE;
      }
      boolean made = new Schema(store.database()).ensure();
      session
          .out()
          .println(
              (made ? "Ready: " : "Nothing to do, all stands already: ")
                  + store.place()
                  + ", schema studbook, tables ra_horses and ra_horse_pedigree.");
      return ExitCode.DONE;
    }
  }
}
