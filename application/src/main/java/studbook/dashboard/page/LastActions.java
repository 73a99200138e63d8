package studbook.dashboard.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import studbook.dashboard.access.RouteAccess;
import studbook.store.access.ActionState;
import studbook.store.access.OperatorActionRepository;
import studbook.store.access.OperatorActionRepository.OperatorAction;

/**
 * The last actions of operators, for the pages where they are started. A page asks for them again
 * while one of them has not ended. Safe for many threads.
 */
public final class LastActions {

  private static final int MOST = 5;

  private final PageRenderer renderer;
  private final OperatorActionRepository actions;

  public LastActions(PageRenderer renderer, Jdbi jdbi) {
    this.renderer = renderer;
    this.actions = new OperatorActionRepository(jdbi);
  }

  /** The last actions of a group, latest first. */
  public record ListedActions(ActionGroup group, List<OperatorAction> actions) {

    public ListedActions {
      actions = List.copyOf(actions);
    }

    /** Whether one of them has not ended. */
    public boolean isUnfinished() {
      return actions.stream().anyMatch(OperatorAction::isRunning);
    }
  }

  /** A state for people. */
  public static String word(ActionState state) {
    return switch (state) {
      case RUNNING -> OperatorActionRepository.STARTED;
      case DONE -> "done";
      case FAILED -> "refused or failed";
      case INTERRUPTED -> "interrupted";
    };
  }

  public void register(RoutesConfig routes) {
    routes.get("/actions/{group}", this::part, RouteAccess.VIEWER);
  }

  private void part(Context request) {
    ActionGroup group =
        ActionGroup.of(request.pathParam("group"))
            .orElseThrow(() -> new NoSuchPage("There is no such page."));
    renderer.part(
        request, "page/actions", Map.of("listed", of(group), "format", renderer.format()));
  }

  public ListedActions of(ActionGroup group) {
    return new ListedActions(group, actions.newest(MOST, group.commands()));
  }
}
