package studbook.dashboard.page;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Runs commands of the command line for an operator of the dashboard, so that a button and a
 * command do the same. Safe for many threads.
 */
public interface OperatorCommands {

  /**
   * What became of a command.
   *
   * @param lines that it printed, the newest if there were many; may contain text from outside
   */
  record CommandOutcome(boolean succeeded, List<String> lines) {

    public CommandOutcome {
      lines = List.copyOf(lines);
    }

    /** The last line. */
    public String message() {
      return lines.isEmpty() ? "" : lines.getLast();
    }
  }

  /** Runs a command to its end. */
  CommandOutcome run(List<String> arguments);

  /**
   * Starts a command that takes long, in the background.
   *
   * @return what becomes of it, which never fails; empty if one is still running
   */
  Optional<CompletableFuture<CommandOutcome>> start(List<String> arguments);
}
