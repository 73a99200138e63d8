package studbook.dashboard.horse;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import studbook.dashboard.access.RouteAccess;
import studbook.dashboard.page.HtmlFormat;
import studbook.dashboard.page.OperatorActions;
import studbook.dashboard.page.PageParameters;
import studbook.dashboard.page.PageRenderer;
import studbook.dashboard.page.PageSection;
import studbook.model.HorseId;
import studbook.store.change.ReviewRepository;
import studbook.store.finding.FindingQueries;
import studbook.store.pedigree.AncestorLoader;
import studbook.store.pedigree.AncestorQueries;
import studbook.store.pedigree.AncestorQueries.StoredAncestor;
import studbook.store.pedigree.FamilyQueries;
import studbook.store.statistics.HorseHistory;
import studbook.time.Ticker;

/** A horse: its fields, its pedigree, its relatives, and what happened to it. */
public final class HorsePage {

  private static final int LONGEST_ID = 60;
  private static final int MOST_FINDINGS = 100;
  private static final Duration LONGEST_LOADING = Duration.ofSeconds(5);
  private static final String ID = "id";

  private final PageRenderer renderer;
  private final Jdbi jdbi;
  private final OperatorActions actions;
  private final AncestorLoader ancestors;
  private final FamilyQueries family;

  public HorsePage(PageRenderer renderer, Jdbi jdbi, OperatorActions actions, Ticker ticker) {
    this.renderer = renderer;
    this.jdbi = jdbi;
    this.actions = actions;
    this.ancestors = new AncestorLoader(jdbi, ticker);
    this.family = new FamilyQueries(jdbi);
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
    Optional<HorseView> horse = load(named, request);
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
        Map.of("horse", horse.get()));
  }

  private Optional<HorseView> load(String id, Context request) {
    if (id.length() > LONGEST_ID || id.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    Optional<HorseHistory> history = HorseHistory.of(jdbi, id);
    Optional<StoredAncestor> stored = new AncestorQueries(jdbi).find(id);
    int generations =
        PageParameters.optionalNumber(request, "generations")
            .filter(number ->
                number >= PedigreeChart.FEWEST_GENERATIONS
                    && number <= PedigreeChart.MOST_GENERATIONS)
            .map(Long::intValue)
            .orElse(PedigreeChart.FEWEST_GENERATIONS);
    AncestorLoader.LoadedAncestors loaded =
        ancestors.load(List.of(id), generations, LONGEST_LOADING);
    boolean hasChart = loaded.table().size() > 0;
    Optional<PedigreeChart> chart =
        hasChart ? Optional.of(PedigreeChart.of(loaded.table(), generations)) : Optional.empty();
    HorseFamily relatives =
        HorseFamily.load(
            family,
            id,
            chart.map(PedigreeChart::sireId).orElse(null),
            chart.map(PedigreeChart::damId).orElse(null),
            PageParameters.page(request));
    if (history.isEmpty() && stored.isEmpty() && relatives.offspring().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new HorseView(
            id,
            history,
            stored,
            generations,
            chart,
            relatives,
            family.figures(id),
            new FindingQueries(jdbi).of(id, MOST_FINDINGS),
            new ReviewRepository(jdbi).waitingFor(id)));
  }
}
