package studbook.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import studbook.cli.settings.Need;
import studbook.store.Schema;

/** {@code studbook init}. */
@Command(
    name = "init",
    description =
        "Makes the schema studbook, and ra_horses and ra_horse_pedigree where they are missing.",
    footer = {"", "Example: studbook init"})
final class InitCommand implements Callable<Integer> {

  private final Session session;

  InitCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Store store = Store.connect(session.settings(Need.DATABASE), session)) {
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
