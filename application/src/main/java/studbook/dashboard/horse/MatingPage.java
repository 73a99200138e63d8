package studbook.dashboard.horse;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import studbook.dashboard.access.RouteAccess;
import studbook.dashboard.page.PageParameters;
import studbook.dashboard.page.PageRenderer;
import studbook.dashboard.page.PageSection;

/**
 * The inbreeding of the foal that two horses would have. Each is searched for while one types; a
 * form and a list to choose from do the same without scripts.
 */
public final class MatingPage {

  private final PageRenderer renderer;
  private final MatingFigures matings;

  public MatingPage(PageRenderer renderer, MatingFigures matings) {
    this.renderer = renderer;
    this.matings = matings;
  }

  public void register(RoutesConfig routes) {
    routes.get(MatingView.PATH, this::show, RouteAccess.VIEWER);
  }

  private void show(Context request) {
    MatingChoice sire = choice(request, MatingView.SIRE);
    MatingChoice dam = choice(request, MatingView.DAM);
    Optional<FoalView> foal =
        sire.horse()
            .flatMap(one -> dam.horse().flatMap(other -> matings.foal(one, other)))
            .map(FoalView::of);
    renderer.page(
        request,
        "horse/mating",
        "Mating",
        PageSection.MATING,
        Map.of("view", new MatingView(sire, dam, foal)));
  }

  private MatingChoice choice(Context request, String role) {
    return matings.choose(PageParameters.text(request, role).orElse(""));
  }
}
