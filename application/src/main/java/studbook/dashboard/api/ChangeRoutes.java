package studbook.dashboard.api;

import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import studbook.dashboard.page.NoSuchPage;
import studbook.dashboard.page.OperatorActions;
import studbook.dashboard.page.PageParameters;
import studbook.json.ChangeJson;
import studbook.json.ChangesJson;
import studbook.json.ReviewJson;
import studbook.json.ReviewsJson;
import studbook.store.change.ChangeQueries;
import studbook.store.change.ChangeQueries.ChangeFilter;
import studbook.store.change.ReviewRepository;
import studbook.store.change.WaitingReview;

/** Routes of changes: those that were made, and those that wait for a person. */
final class ChangeRoutes {

  private static final String FIELD = "field";

  private final Jdbi jdbi;
  private final OperatorActions actions;

  ChangeRoutes(Jdbi jdbi, OperatorActions actions) {
    this.jdbi = jdbi;
    this.actions = actions;
  }

  List<ApiRoute> all() {
    return List.of(
        ApiRoute.read(
            "/changes",
            "What refreshes changed, latest first",
            Map.of(
                ApiRoute.LIMIT,
                ApiRoute.LIMIT_TEXT,
                "horse",
                "Only of this horse.",
                "column",
                "Only of this column."),
            ChangesJson.class,
            this::changes),
        ApiRoute.read(
            "/reviews",
            "Suspicious changes that wait for a person, oldest first",
            Map.of(FIELD, "Only of this field."),
            ReviewsJson.class,
            this::reviews),
        one("accept", "Write the value of a suspicious change"),
        one("reject", "Keep the value that a suspicious change would replace"),
        ofField("accept", "Write the values of all suspicious changes of a field"),
        ofField("reject", "Keep the values that the suspicious changes of a field would replace"));
  }

  private ApiRoute one(String decision, String summary) {
    return ApiRoute.act(
        "/reviews/{id}/" + decision,
        summary,
        request ->
            actions.run(
                request,
                List.of("review", decision, Long.toString(PageParameters.number(request, "id")))));
  }

  private ApiRoute ofField(String decision, String summary) {
    return ApiRoute.act(
        "/reviews/" + decision,
        summary,
        Map.of(FIELD, "The field; needed."),
        request ->
            actions.run(request, List.of("review", decision, "--field", field(request), "--all")));
  }

  private static String field(Context request) {
    return PageParameters.text(request, FIELD)
        .filter(WaitingReview.FIELDS::contains)
        .orElseThrow(() ->
            new NoSuchPage(
                "Name one of these fields: %s."
                    .formatted(String.join(", ", WaitingReview.FIELDS))));
  }

  private ChangesJson changes(Context request) {
    ChangeFilter filter =
        new ChangeFilter(
            PageParameters.text(request, "horse"),
            Optional.empty(),
            PageParameters.text(request, "column").map(name -> name.toLowerCase(Locale.ROOT)));
    return new ChangesJson(
        new ChangeQueries(jdbi)
            .newest(filter, ApiRoute.limit(request)).stream().map(ChangeJson::of).toList());
  }

  private ReviewsJson reviews(Context request) {
    return new ReviewsJson(
        new ReviewRepository(jdbi)
            .waiting(PageParameters.text(request, FIELD)).stream().map(ReviewJson::of).toList());
  }
}
