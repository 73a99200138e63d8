package studbook.dashboard.overview;

import io.javalin.config.RoutesConfig;
import java.util.Map;
import studbook.dashboard.access.RouteAccess;
import studbook.dashboard.live.LiveUpdates;
import studbook.dashboard.page.PageRenderer;
import studbook.dashboard.page.PageSection;

/** The first page. */
public final class OverviewPage {

  private static final String TOPIC = "overview";

  private final PageRenderer renderer;
  private final OverviewQueries queries;
  private final LiveUpdates live;

  public OverviewPage(PageRenderer renderer, OverviewQueries queries, LiveUpdates live) {
    this.renderer = renderer;
    this.queries = queries;
    this.live = live;
  }

  public void register(RoutesConfig routes) {
    routes.get(
        "/",
        request ->
            renderer.page(
                request,
                "overview/overview",
                "Overview",
                PageSection.OVERVIEW,
                Map.of("overview", queries.load())),
        RouteAccess.VIEWER);
    routes.before("/live", live::admit);
    routes.sse("/live", client -> live.watch(client, TOPIC, this::parts), RouteAccess.VIEWER);
  }

  private Map<String, String> parts() {
    return Map.of(
        LiveUpdates.PART,
        renderer.render(
            "overview/overviewFigures",
            Map.of("overview", queries.load(), "format", renderer.format())));
  }
}
