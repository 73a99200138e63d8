package studbook.dashboard.page;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.dashboard.access.AccessGuard;
import studbook.dashboard.page.OperatorCommands.CommandOutcome;
import studbook.model.SafeText;
import studbook.store.access.OperatorActionRepository;

/**
 * Runs a command for an operator and records it with the operator's name. Safe for many threads.
 */
public final class OperatorActions {

  private static final Logger log = LoggerFactory.getLogger(OperatorActions.class);
  private static final int MAX_RESULT = 500;

  private final OperatorCommands commands;
  private final OperatorActionRepository actions;

  public OperatorActions(OperatorCommands commands, Jdbi jdbi) {
    this.commands = commands;
    this.actions = new OperatorActionRepository(jdbi);
  }

  /** Runs a command to its end. */
  public RecordedAction run(Context request, List<String> arguments) {
    CommandOutcome outcome = commands.run(arguments);
    return record(request, arguments, outcome);
  }

  /** What a command prints that changes nothing; it is not recorded. */
  public CommandOutcome look(List<String> arguments) {
    return commands.run(arguments);
  }

  /** Starts a command that takes long. */
  public RecordedAction start(Context request, List<String> arguments) {
    boolean started = commands.start(arguments);
    return record(
        request,
        arguments,
        new CommandOutcome(
            started,
            List.of(started ? "started" : "another command of the dashboard is still running")));
  }

  private RecordedAction record(Context request, List<String> arguments, CommandOutcome outcome) {
    String operator = AccessGuard.visitor(request).name();
    String command = String.join(" ", arguments);
    log.info("{} ran {}: {}", operator, command, outcome.succeeded() ? "done" : outcome.message());
    String message = SafeText.excerpt(outcome.message(), MAX_RESULT);
    return new RecordedAction(
        actions.record(operator, command, outcome.succeeded(), message),
        outcome.succeeded(),
        message);
  }

  /** Leads back to a page, which shows the result. */
  public static void showOn(Context request, String page, RecordedAction action) {
    request.redirect(
        page + (page.contains("?") ? "&" : "?") + "done=" + action.id(), HttpStatus.SEE_OTHER);
  }

  /** What became of an action. */
  public record RecordedAction(long id, boolean succeeded, String message) {}
}
