package studbook.dashboard.page;

import io.javalin.http.Context;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import studbook.model.SafeText;

/** The parameters of a request, checked: whatever does not fit counts as absent. */
public final class PageParameters {

  private static final int MAX_TEXT = 200;
  private static final int MAX_PAGE = 100_000;

  private PageParameters() {}

  /** The number in a path. */
  public static long number(Context request, String name) {
    return parse(request.pathParam(name))
        .orElseThrow(() -> new NoSuchPage("There is no such page."));
  }

  /**
   * A text of the query or of a form; empty if it is absent or blank, or has characters that no
   * name has.
   */
  public static Optional<String> text(Context request, String name) {
    @Nullable String query = request.queryParam(name);
    @Nullable String value = query == null ? request.formParam(name) : query;
    return Optional.ofNullable(value)
        .map(String::strip)
        .filter(text -> !text.isEmpty() && text.length() <= MAX_TEXT && SafeText.is(text));
  }

  /** A number of the query or of a form. */
  public static Optional<Long> optionalNumber(Context request, String name) {
    return text(request, name).flatMap(PageParameters::parse);
  }

  /** The page of a long table, from 1. */
  public static int page(Context request) {
    return optionalNumber(request, "page")
        .filter(page -> page >= 1 && page <= MAX_PAGE)
        .map(Long::intValue)
        .orElse(1);
  }

  private static Optional<Long> parse(String text) {
    return text.matches("\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }
}
