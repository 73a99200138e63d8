package studbook.dashboard.horse;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import studbook.dashboard.access.RouteAccess;
import studbook.dashboard.page.ActionGroup;
import studbook.dashboard.page.HtmlFormat;
import studbook.dashboard.page.LastActions;
import studbook.dashboard.page.OperatorActions;
import studbook.dashboard.page.PageParameters;
import studbook.dashboard.page.PageRenderer;
import studbook.dashboard.page.PageSection;
import studbook.model.HorseId;

/** A horse: its fields, its pedigree, its relatives, and what happened to it. */
public final class HorsePage {

  static final String ID = "id";

  private final PageRenderer renderer;
  private final HorseLoader horses;
  private final OperatorActions actions;
  private final LastActions last;

  public HorsePage(
      PageRenderer renderer, HorseLoader horses, OperatorActions actions, LastActions last) {
    this.renderer = renderer;
    this.horses = horses;
    this.actions = actions;
    this.last = last;
  }

  public void register(RoutesConfig routes) {
    routes.get("/horses/{id}", this::show, RouteAccess.VIEWER);
    routes.post("/horses/{id}/ancestors", this::fetchAncestors, RouteAccess.OPERATOR);
  }

  /** The command concerns all horses: requests for one horse alone would cost as many calls. */
  private void fetchAncestors(Context request) {
    OperatorActions.showOn(
        request,
        HorseAddress.of(request.pathParam(ID)),
        actions.start(
            request,
            List.of(
                "ancestors",
                "--generations",
                Integer.toString(PedigreeChart.MOST_GENERATIONS),
                "--non-interactive")));
  }

  private void show(Context request) {
    String named = request.pathParam(ID);
    Optional<String> own =
        HorseAddress.ofParent(named)
            .filter(id -> !id.equals(named))
            .or(() -> HorseId.fromApi(named).map(HorseId::text).filter(id -> !id.equals(named)));
    if (own.isPresent()) {
      request.redirect(HorseAddress.of(own.get()), HttpStatus.FOUND);
      return;
    }
    Optional<HorseView> horse =
        horses.load(named, generations(request), PageParameters.page(request));
    if (horse.isEmpty()) {
      renderer.page(
          request.status(HttpStatus.NOT_FOUND),
          "horse/unknownHorse",
          "Not found",
          PageSection.HORSES,
          Map.of("id", HtmlFormat.text(named)));
      return;
    }
    renderer.page(
        request,
        "horse/horse",
        horse.get().title(),
        PageSection.HORSES,
        Map.of("horse", horse.get(), "actions", last.of(ActionGroup.ANCESTORS)));
  }

  /** The generations of a chart that a request asks for. */
  static int generations(Context request) {
    return PageParameters.optionalNumber(request, "generations")
        .filter(number ->
            number >= PedigreeChart.FEWEST_GENERATIONS && number <= PedigreeChart.MOST_GENERATIONS)
        .map(Long::intValue)
        .orElse(PedigreeChart.FEWEST_GENERATIONS);
  }
}
