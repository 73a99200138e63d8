package studbook.dashboard.data;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import studbook.dashboard.access.RouteAccess;
import studbook.dashboard.page.FilterQuery;
import studbook.dashboard.page.PageParameters;
import studbook.dashboard.page.PageRenderer;
import studbook.dashboard.page.PageSection;
import studbook.dashboard.page.PagedRows;
import studbook.store.change.ChangeQueries;
import studbook.store.change.ChangeQueries.ChangeFilter;
import studbook.store.change.RecordedChange;

/** What refreshes and reviews have changed in the user's tables. */
public final class ChangesPage {

  private static final String PATH = "/changes";

  private final PageRenderer renderer;
  private final ChangeQueries changes;

  public ChangesPage(PageRenderer renderer, Jdbi jdbi) {
    this.renderer = renderer;
    this.changes = new ChangeQueries(jdbi);
  }

  /** The changes, and the filters as they were given. */
  public record ChangesView(
      Optional<String> horse,
      Optional<String> column,
      Optional<LocalDate> since,
      FilterQuery filters,
      PagedRows<RecordedChange> changes) {

    public boolean isChosen(String name) {
      return column.filter(name::equals).isPresent();
    }
  }

  public void register(RoutesConfig routes) {
    routes.get(PATH, this::show, RouteAccess.VIEWER);
  }

  private void show(Context request) {
    Optional<String> horse = PageParameters.text(request, "horse");
    Optional<String> column =
        PageParameters.text(request, "column").filter(RecordedChange.COLUMNS::contains);
    Optional<LocalDate> since = PageParameters.text(request, "since").flatMap(ChangesPage::day);
    ChangeFilter filter =
        new ChangeFilter(
            horse,
            since.map(day -> day.atStartOfDay(renderer.format().clock().getZone()).toInstant()),
            column);
    renderer.page(
        request,
        "data/changes",
        "Changes",
        PageSection.CHANGES,
        Map.of(
            "view",
            new ChangesView(
                horse,
                column,
                since,
                FilterQuery.of(PATH)
                    .with("horse", horse)
                    .with("column", column)
                    .with("since", since.map(Object::toString)),
                PagedRows.load(
                    PageParameters.page(request),
                    (skipped, most) -> changes.newest(filter, skipped, most)))));
  }

  /** A day of the calendar's years of four digits. */
  private static Optional<LocalDate> day(String text) {
    try {
      return text.matches("\\d{4}-\\d{2}-\\d{2}")
          ? Optional.of(LocalDate.parse(text))
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
