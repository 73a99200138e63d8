package studbook.dashboard;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.dashboard.access.AccessGuard.AccessDenied;
import studbook.dashboard.api.ProblemJson;
import studbook.dashboard.page.HtmlFormat;
import studbook.dashboard.page.NoSuchPage;
import studbook.dashboard.page.PageRenderer;
import studbook.store.error.ErrorClassifier;
import studbook.text.JsonFormat;

/**
 * What a visitor sees instead of a page. Never a path, a version or a name of a user; what is wrong
 * inside is in the log.
 */
final class ErrorPages {

  private static final Logger log = LoggerFactory.getLogger(ErrorPages.class);

  private static final int NOT_FOUND = 404;
  private static final int SERVER_ERROR = 500;
  private static final int UNAVAILABLE = 503;

  private final PageRenderer renderer;

  ErrorPages(PageRenderer renderer) {
    this.renderer = renderer;
  }

  void register(RoutesConfig routes) {
    routes.exception(
        AccessDenied.class,
        (denied, request) -> show(request, denied.status(), String.valueOf(denied.getMessage())));
    routes.exception(
        NoSuchPage.class,
        (missing, request) -> show(request, NOT_FOUND, String.valueOf(missing.getMessage())));
    routes.exception(
        HttpResponseException.class,
        (refused, request) -> show(request, refused.getStatus(), text(refused.getStatus())));
    routes.exception(Exception.class, this::unexpected);
  }

  private static String text(int status) {
    return switch (status) {
      case NOT_FOUND -> "There is no such page.";
      case 405 -> "This address does not take such a request.";
      case 413 -> "The request is too large.";
      default -> "The request cannot be answered.";
    };
  }

  private void unexpected(Exception failure, Context request) {
    if (ErrorClassifier.passes(failure)) {
      log.debug("the database is unavailable for {}", request.path(), failure);
      request.header("Retry-After", "5");
      show(
          request,
          UNAVAILABLE,
          "The database is unavailable: %s. The page works again as soon as it answers."
              .formatted(HtmlFormat.text(ErrorClassifier.reason(failure))));
      return;
    }
    log.error("{} {} failed", request.method(), HtmlFormat.text(request.path()), failure);
    show(request, SERVER_ERROR, "Something went wrong; the log of the service has the details.");
  }

  private void show(Context request, int status, String message) {
    request.status(status);
    if (request.path().startsWith("/api/")) {
      request
          .contentType("application/json")
          .result(JsonFormat.line(new ProblemJson(status, message)));
      return;
    }
    renderer.page(
        request,
        "page/problem",
        switch (status) {
          case NOT_FOUND -> "Not found";
          case UNAVAILABLE -> "Database unavailable";
          case SERVER_ERROR -> "Error";
          default -> "Not allowed";
        },
        null,
        Map.of("message", message, "retry", status == UNAVAILABLE));
  }
}
