package studbook.dashboard.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import studbook.dashboard.access.RouteAccess;
import studbook.dashboard.access.VisitorSessions;
import studbook.dashboard.access.VisitorSessions.LoginResult;
import studbook.text.HumanFormat;

/** Logs users in and out. */
public final class LoginPage {

  private static final int MAX_NAME = 100;

  private final PageRenderer renderer;
  private final VisitorSessions sessions;

  public LoginPage(PageRenderer renderer, VisitorSessions sessions) {
    this.renderer = renderer;
    this.sessions = sessions;
  }

  public void register(RoutesConfig routes) {
    routes.get("/login", request -> show(request, "", ""), RouteAccess.PUBLIC);
    routes.post("/login", this::logIn, RouteAccess.PUBLIC);
    routes.post("/logout", this::logOut, RouteAccess.PUBLIC);
  }

  private void show(Context request, String name, String message) {
    renderer.page(
        request,
        "page/login",
        "Log in",
        null,
        Map.of("name", name, "message", message, "next", next(request)));
  }

  private void logIn(Context request) throws InterruptedException {
    String name = field(request, "name").strip().toLowerCase(Locale.ROOT);
    String known = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
    switch (sessions.logIn(request, known, field(request, "password"))) {
      case LoginResult.LoggedIn() -> request.redirect(next(request), HttpStatus.SEE_OTHER);
      case LoginResult.LoginRejected() -> {
        request.status(HttpStatus.UNAUTHORIZED);
        show(request, known, "The name or the password is wrong.");
      }
      case LoginResult.LoginDelayed(Duration wait) -> {
        request.status(HttpStatus.TOO_MANY_REQUESTS);
        request.header("Retry-After", Long.toString(wait.toSeconds() + 1));
        show(
            request,
            known,
            "Too many failed logins: try again in %s.".formatted(HumanFormat.duration(wait)));
      }
    }
  }

  private void logOut(Context request) {
    sessions.logOut(request);
    request.redirect("/login", HttpStatus.SEE_OTHER);
  }

  private static String field(Context request, String name) {
    @Nullable String value = request.formParam(name);
    return Objects.requireNonNullElse(value, "");
  }

  /** A path of this server; anything else leads to the overview. */
  private static String next(Context request) {
    @Nullable String query = request.queryParam("next");
    String wanted = query == null ? field(request, "next") : query;
    boolean own =
        wanted.startsWith("/")
            && !wanted.startsWith("//")
            && wanted.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\');
    return own ? wanted : "/";
  }
}
