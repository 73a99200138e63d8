package studbook.dashboard.page;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.dashboard.access.AccessGuard;
import studbook.dashboard.page.OperatorCommands.CommandOutcome;
import studbook.model.SafeText;
import studbook.store.access.ActionState;
import studbook.store.access.OperatorActionRepository;

/**
 * Runs a command for an operator and records it with the operator's name. Safe for many threads.
 */
public final class OperatorActions {

  private static final Logger log = LoggerFactory.getLogger(OperatorActions.class);
  private static final int MAX_RESULT = 500;

  private final OperatorCommands commands;
  private final OperatorActionRepository actions;
  private final BackgroundActions background;

  public OperatorActions(OperatorCommands commands, Jdbi jdbi, BackgroundActions background) {
    this.commands = commands;
    this.actions = new OperatorActionRepository(jdbi);
    this.background = background;
  }

  /** Runs a command to its end. */
  public RecordedAction run(Context request, List<String> arguments) {
    CommandOutcome outcome = commands.run(arguments);
    return record(request, arguments, ActionState.ended(outcome.succeeded()), message(outcome));
  }

  /** What a command prints that changes nothing; it is not recorded. */
  public CommandOutcome look(List<String> arguments) {
    return commands.run(arguments);
  }

  /** Starts a command that takes long; its end is recorded with the same action. */
  public RecordedAction start(Context request, List<String> arguments) {
    Optional<CompletableFuture<CommandOutcome>> end = commands.start(arguments);
    if (end.isEmpty()) {
      return record(
          request,
          arguments,
          ActionState.FAILED,
          "another command of the dashboard is still running");
    }
    RecordedAction action =
        record(request, arguments, ActionState.RUNNING, OperatorActionRepository.STARTED);
    background.follow(action.id(), end.get());
    return action;
  }

  static String message(CommandOutcome outcome) {
    return SafeText.excerpt(outcome.message(), MAX_RESULT);
  }

  private RecordedAction record(
      Context request, List<String> arguments, ActionState state, String message) {
    String operator = AccessGuard.visitor(request).name();
    String command = String.join(" ", arguments);
    log.info(
        "{} ran {}: {}", operator, command, state == ActionState.FAILED ? message : state.text());
    return new RecordedAction(
        actions.record(operator, command, state, message), state != ActionState.FAILED, message);
  }

  /** Leads back to a page, which shows the result. */
  public static void showOn(Context request, String page, RecordedAction action) {
    request.redirect(
        page + (page.contains("?") ? "&" : "?") + "done=" + action.id(), HttpStatus.SEE_OTHER);
  }

  /** What became of an action. */
  public record RecordedAction(long id, boolean succeeded, String message) {}
}
