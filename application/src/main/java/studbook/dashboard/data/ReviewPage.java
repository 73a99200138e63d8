package studbook.dashboard.data;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Jdbi;
import studbook.dashboard.access.RouteAccess;
import studbook.dashboard.page.ActionGroup;
import studbook.dashboard.page.FilterQuery;
import studbook.dashboard.page.LastActions;
import studbook.dashboard.page.NoSuchPage;
import studbook.dashboard.page.OperatorActions;
import studbook.dashboard.page.PageParameters;
import studbook.dashboard.page.PageRenderer;
import studbook.dashboard.page.PageSection;
import studbook.dashboard.page.PagedRows;
import studbook.store.change.ReviewRepository;
import studbook.store.change.WaitingReview;

/** The suspicious changes that wait for a person, and their decision. */
public final class ReviewPage {

  private static final String PATH = "/review";
  private static final String FIELD = "field";
  private static final String ROW = "row";
  private static final List<String> DECISIONS = List.of("accept", "reject");

  private final PageRenderer renderer;
  private final ReviewRepository reviews;
  private final OperatorActions actions;
  private final LastActions last;

  public ReviewPage(PageRenderer renderer, Jdbi jdbi, OperatorActions actions, LastActions last) {
    this.renderer = renderer;
    this.reviews = new ReviewRepository(jdbi);
    this.actions = actions;
    this.last = last;
  }

  /**
   * The waiting reviews.
   *
   * @param counts of all waiting ones, by field
   * @param field that is chosen
   * @param focused the review that has the focus
   */
  public record ReviewView(
      Map<String, Long> counts,
      Optional<String> field,
      FilterQuery filters,
      PagedRows<WaitingReview> reviews,
      OptionalLong focused) {

    /** Whether a review has the focus when the page is opened. */
    public boolean isFocused(WaitingReview review) {
      return focused.isPresent() && focused.getAsLong() == review.id();
    }

    /** The first row of those that the Tab key reaches: one of all rows. */
    public boolean isReachable(int row) {
      List<WaitingReview> rows = reviews.rows();
      boolean any = rows.stream().anyMatch(this::isFocused);
      return any ? isFocused(rows.get(row)) : row == 0;
    }

    /**
     * The review that has the focus when this one is decided: the next one, else the one before.
     */
    public long after(int row) {
      List<WaitingReview> rows = reviews.rows();
      int next = row + 1 < rows.size() ? row + 1 : Math.max(0, row - 1);
      return rows.get(next).id();
    }
  }

  public void register(RoutesConfig routes) {
    routes.get(PATH, this::show, RouteAccess.VIEWER);
    routes.post(PATH, this::decideAll, RouteAccess.OPERATOR);
    routes.post(PATH + "/{id}", this::decide, RouteAccess.OPERATOR);
  }

  private void show(Context request) {
    Optional<String> field = field(request);
    renderer.page(
        request,
        "data/review",
        "Review",
        PageSection.REVIEW,
        Map.of(
            "actions",
            last.of(ActionGroup.REVIEW),
            "view",
            new ReviewView(
                reviews.countByField(),
                field,
                filters(request),
                PagedRows.load(
                    PageParameters.page(request),
                    (skipped, most) -> reviews.waiting(field, skipped, most)),
                PageParameters.optionalNumber(request, ROW).stream()
                    .mapToLong(Long::longValue)
                    .findFirst())));
  }

  private static Optional<String> field(Context request) {
    return PageParameters.text(request, FIELD).filter(WaitingReview.FIELDS::contains);
  }

  private static FilterQuery filters(Context request) {
    return FilterQuery.of(PATH).with(FIELD, field(request)).onPage(PageParameters.page(request));
  }

  private static String decision(Context request) {
    return PageParameters.text(request, "decision")
        .filter(DECISIONS::contains)
        .orElseThrow(() -> new NoSuchPage("A review is accepted or rejected."));
  }

  private void decide(Context request) {
    String id = Long.toString(PageParameters.number(request, "id"));
    String back =
        filters(request)
            .with(ROW, PageParameters.optionalNumber(request, ROW).map(Object::toString))
            .address();
    OperatorActions.showOn(
        request, back, actions.run(request, List.of("review", decision(request), id)));
  }

  private void decideAll(Context request) {
    String field =
        field(request).orElseThrow(() -> new NoSuchPage("There is no such field to review."));
    OperatorActions.showOn(
        request,
        PATH,
        actions.run(request, List.of("review", decision(request), "--field", field, "--all")));
  }
}
