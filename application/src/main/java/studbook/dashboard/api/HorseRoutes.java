package studbook.dashboard.api;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import studbook.chart.ChartFormat;
import studbook.chart.ChartJson;
import studbook.dashboard.horse.HorseAddress;
import studbook.dashboard.horse.HorseLoader;
import studbook.dashboard.horse.HorsesPage;
import studbook.dashboard.horse.MatingChoice;
import studbook.dashboard.horse.MatingFigures;
import studbook.dashboard.horse.PedigreeChart;
import studbook.dashboard.page.HtmlFormat;
import studbook.dashboard.page.NoSuchPage;
import studbook.dashboard.page.OperatorActions;
import studbook.dashboard.page.PageParameters;
import studbook.dashboard.page.PagedRows;
import studbook.inbreeding.MatingJson;
import studbook.model.HorseId;
import studbook.store.pedigree.FamilyQueries.OffspringRow;
import studbook.store.search.HorseSearchQueries;
import studbook.store.search.HorseSearchResult;

/** Routes of horses: the search, a horse with its relatives, and a mating. */
final class HorseRoutes {

  private static final String PAGE = "page";
  private static final String PAGE_TEXT = "The page of the list, from 1.";

  private final OperatorActions actions;
  private final HorseLoader horses;
  private final MatingFigures matings;
  private final HorseSearchQueries search;

  HorseRoutes(Jdbi jdbi, OperatorActions actions, HorseLoader horses, MatingFigures matings) {
    this.actions = actions;
    this.horses = horses;
    this.matings = matings;
    this.search = new HorseSearchQueries(jdbi);
  }

  private record OffspringJson(List<OffspringRow> offspring, int page, boolean hasMore) {}

  List<ApiRoute> all() {
    return List.of(
        ApiRoute.read(
            "/horses",
            "Horses by ID or by the beginning of the name, also with a typing error",
            Map.of("q", "What a person types; needed.", PAGE, PAGE_TEXT),
            HorseSearchResult.class,
            this::find),
        ApiRoute.read(
            "/horses/{id}",
            "A horse: fields with their sources, requests, changes, reviews and findings",
            Map.of(),
            HorseDetailsJson.class,
            this::horse),
        ApiRoute.read(
            "/horses/{id}/offspring",
            "The offspring of a horse, oldest first, 50 on a page",
            Map.of(PAGE, PAGE_TEXT),
            OffspringJson.class,
            this::offspring),
        ApiRoute.read(
            "/horses/{id}/pedigree",
            "The ancestors of a horse",
            Map.of(
                "generations",
                "From 1 to %d; default 4.".formatted(ChartFormat.JSON.mostGenerations())),
            ChartJson.class,
            this::pedigree),
        ApiRoute.read(
            "/mating",
            "The inbreeding of the foal that two horses would have",
            Map.of("sire", "Name or ID; needed.", "dam", "Name or ID; needed."),
            MatingJson.class,
            this::mating),
        ApiRoute.act(
            "/ancestors",
            "Request sires and dams that the database lacks",
            request ->
                actions.start(
                    request,
                    List.of(
                        "ancestors",
                        "--generations",
                        Integer.toString(PedigreeChart.MOST_GENERATIONS),
                        "--non-interactive"))));
  }

  private HorseSearchResult find(Context request) {
    String text =
        PageParameters.text(request, "q")
            .orElseThrow(() -> new NoSuchPage("q has to be a name or an ID."));
    return search.find(
        text, Math.min(PageParameters.page(request), HorsesPage.LAST_PAGE), HorsesPage.SIZE);
  }

  private HorseDetailsJson horse(Context request) {
    String id = id(request);
    return horses
        .load(id, PedigreeChart.FEWEST_GENERATIONS, 1)
        .map(HorseDetailsJson::of)
        .orElseThrow(() -> unknown(id));
  }

  private OffspringJson offspring(Context request) {
    String id = id(request);
    PagedRows<OffspringRow> rows =
        PagedRows.load(
            PageParameters.page(request), (skipped, most) -> horses.offspring(id, skipped, most));
    return new OffspringJson(rows.rows(), rows.page(), rows.hasNext());
  }

  private ChartJson pedigree(Context request) {
    String id = id(request);
    int generations =
        PageParameters.optionalNumber(request, "generations")
            .map(number -> Math.clamp(number, 1, ChartFormat.JSON.mostGenerations()))
            .orElse(PedigreeChart.FEWEST_GENERATIONS);
    return ChartJson.of(horses.ancestors(id, generations).orElseThrow(() -> unknown(id)));
  }

  private MatingJson mating(Context request) {
    MatingChoice sire = choice(request, "sire");
    MatingChoice dam = choice(request, "dam");
    return matings
        .foal(sire.horse().orElseThrow(), dam.horse().orElseThrow())
        .map(foal -> MatingJson.of(foal, true))
        .orElseThrow(() -> new NoSuchPage(MatingFigures.NOT_TWO));
  }

  private MatingChoice choice(Context request, String role) {
    MatingChoice choice = matings.choose(PageParameters.text(request, role).orElse(""));
    if (choice.horse().isEmpty()) {
      throw new NoSuchPage(choice.problem(role));
    }
    return choice;
  }

  /** The id of the horse, also where another horse's name for it as a parent was sent. */
  private static String id(Context request) {
    String named = request.pathParam("id");
    if (!HorseLoader.isPossible(named)) {
      throw new NoSuchPage("There is no such horse.");
    }
    return HorseAddress.ofParent(named)
        .or(() -> HorseId.fromApi(named).map(HorseId::text))
        .orElse(named);
  }

  private static NoSuchPage unknown(String id) {
    return new NoSuchPage("There is no horse %s.".formatted(HtmlFormat.text(id)));
  }
}
