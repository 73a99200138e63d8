package studbook.dashboard.data;

import io.javalin.config.RoutesConfig;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import studbook.dashboard.access.RouteAccess;
import studbook.dashboard.page.PageRenderer;
import studbook.dashboard.page.PageSection;
import studbook.store.statistics.DriftStatistics;

/** How the API's responses differ from what Studbook knows. */
public final class DriftPage {

  private final PageRenderer renderer;
  private final DriftStatistics statistics;

  public DriftPage(PageRenderer renderer, Jdbi jdbi) {
    this.renderer = renderer;
    this.statistics = new DriftStatistics(jdbi);
  }

  public void register(RoutesConfig routes) {
    routes.get(
        "/drift",
        request ->
            renderer.page(
                request,
                "data/drift",
                "Drift",
                PageSection.DRIFT,
                Map.of("drifts", statistics.all())),
        RouteAccess.VIEWER);
  }
}
