package studbook.dashboard.horse;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import studbook.dashboard.access.RouteAccess;
import studbook.dashboard.page.OperatorActions;
import studbook.dashboard.page.OperatorCommands.CommandOutcome;
import studbook.dashboard.page.PageParameters;
import studbook.dashboard.page.PageRenderer;
import studbook.dashboard.page.PageSection;

/**
 * The inbreeding of the foal that two horses would have, as {@code pedigree mating} computes it.
 */
public final class MatingPage {

  /** No option of the command begins like this. */
  private static final String HORSE = "[^-].*";

  private final PageRenderer renderer;
  private final OperatorActions actions;

  public MatingPage(PageRenderer renderer, OperatorActions actions) {
    this.renderer = renderer;
    this.actions = actions;
  }

  public void register(RoutesConfig routes) {
    routes.get("/mating", this::show, RouteAccess.VIEWER);
  }

  private void show(Context request) {
    Optional<String> sire = horse(request, "sire");
    Optional<String> dam = horse(request, "dam");
    Optional<CommandOutcome> outcome =
        sire.flatMap(one ->
            dam.map(other -> actions.look(List.of("pedigree", "mating", one, other, "--why"))));
    renderer.page(
        request,
        "horse/mating",
        "Mating",
        PageSection.MATING,
        Map.of("sire", sire.orElse(""), "dam", dam.orElse(""), "outcome", outcome));
  }

  private static Optional<String> horse(Context request, String name) {
    return PageParameters.text(request, name).filter(text -> text.matches(HORSE));
  }
}
