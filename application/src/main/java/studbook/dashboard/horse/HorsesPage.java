package studbook.dashboard.horse;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import studbook.dashboard.access.RouteAccess;
import studbook.dashboard.page.PageParameters;
import studbook.dashboard.page.PageRenderer;
import studbook.dashboard.page.PageSection;
import studbook.store.search.HorseSearchQueries;
import studbook.store.search.HorseSearchResult;
import studbook.text.HumanFormat;

/** Finds horses by id or name, while one types. */
public final class HorsesPage {

  /** Horses of a page of the search. */
  public static final int SIZE = 25;

  /** A later page would read all names before it. */
  public static final int LAST_PAGE = 40;

  private final PageRenderer renderer;
  private final HorseSearchQueries search;

  public HorsesPage(PageRenderer renderer, Jdbi jdbi) {
    this.renderer = renderer;
    this.search = new HorseSearchQueries(jdbi);
  }

  public void register(RoutesConfig routes) {
    routes.get("/horses", this::show, RouteAccess.VIEWER);
  }

  private void show(Context request) {
    String text = PageParameters.text(request, "q").orElse("");
    int page = Math.min(PageParameters.page(request), LAST_PAGE);
    Optional<HorseSearchResult> result =
        text.isEmpty() ? Optional.empty() : Optional.of(search.find(text, page, SIZE));
    renderer.page(
        request,
        "horse/horses",
        "Horses",
        PageSection.HORSES,
        Map.of("text", text, "page", page, "lastPage", LAST_PAGE, "result", result));
  }

  /** {@code Horses 26 to 50}, or how many there are. */
  public static String count(int page, HorseSearchResult result) {
    int size = result.horses().size();
    if (page == 1 && !result.hasMore()) {
      return HumanFormat.count(size, "horse");
    }
    long skipped = (page - 1L) * SIZE;
    return size == 0
        ? "No further horses"
        : "Horses %s to %s"
            .formatted(HumanFormat.count(skipped + 1), HumanFormat.count(skipped + size));
  }
}
