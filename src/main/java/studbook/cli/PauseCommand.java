package studbook.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import studbook.cli.settings.Need;
import studbook.store.ProcessIdentity;

/** {@code studbook pause}. */
@Command(
    name = "pause",
    description = "Pauses the run in every process that works on it, until `studbook resume`.",
    footer = {"", "Example: studbook pause"})
final class PauseCommand implements Callable<Integer> {

  private final Session session;

  PauseCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    try (Store store = Store.existing(session.settings(Need.DATABASE), session)) {
      UnfinishedRun unfinished = UnfinishedRun.of(store.database());
      long run = unfinished.run().id();
      if (unfinished.isStopped() || !unfinished.isInHand()) {
        throw new UserMistake("nobody works on run %d just now".formatted(run));
      }
      if (!unfinished.control().pauseByPerson(run, who())) {
        throw new UserMistake("run %d is paused already".formatted(run));
      }
      session
          .out()
          .printf(
              "Run %d is paused within a second, in every process; `studbook resume` goes on.%n",
              run);
      return ExitCode.DONE;
    }
  }

  /** For people who read later who paused the run: {@code anna on db1}. */
  private static String who() {
    return System.getProperty("user.name") + " on " + ProcessIdentity.mine().host();
  }
}
