package studbook.dashboard.access;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import studbook.store.access.AccessRole;

/**
 * Decides for each request whether it may pass: the host, the visitor's role for the route, and for
 * a request that changes something its origin. Safe for many threads.
 */
public final class AccessGuard {

  private static final String VISITOR = "visitor";
  private static final Set<HandlerType> READING = Set.of(HandlerType.GET, HandlerType.HEAD);
  private static final int MISDIRECTED = 421;
  private static final int UNAUTHORISED = 401;
  private static final int FORBIDDEN = 403;

  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  private final HostRules hosts;
  private final ProxyRules proxies;
  private final VisitorSessions sessions;

  public AccessGuard(HostRules hosts, ProxyRules proxies, VisitorSessions sessions) {
    this.hosts = hosts;
    this.proxies = proxies;
    this.sessions = sessions;
  }

  /** A request is refused. */
  public static final class AccessDenied extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    AccessDenied(int status, String message) {
      super(message);
      this.status = status;
    }

    public int status() {
      return status;
    }
  }

  /** The visitor that {@link #authorise} has identified; a stranger before. */
  public static Visitor visitor(Context request) {
    @Nullable Visitor known = request.attribute(VISITOR);
    return known == null ? Visitor.STRANGER : known;
  }

  /** Adds the security headers and checks the host; for every request. */
  public void receive(Context request) {
    request.header("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    request.header("X-Content-Type-Options", "nosniff");
    // Not no-referrer: a browser would send "Origin: null" with forms.
    request.header("Referrer-Policy", "same-origin");
    request.header("Cross-Origin-Opener-Policy", "same-origin");
    request.header("Cross-Origin-Resource-Policy", "same-origin");
    request.header("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    request.header("Cache-Control", "no-store");
    if (proxies.isSecure(request)) {
      request.header("Strict-Transport-Security", "max-age=31536000");
    }
    if (!hosts.isAllowed(proxies.host(request))) {
      throw new AccessDenied(
          MISDIRECTED,
          "This host name is not allowed: add it to STUDBOOK_ALLOWED_HOSTS, or use the address.");
    }
  }

  /**
   * Checks role and origin; for every request that has a route. What is for everybody needs no look
   * at the database, so it works without one: health, stylesheets, the page that says so.
   */
  public void authorise(Context request) {
    Optional<AccessRole> needed = needed(request);
    Visitor visitor = needed.isEmpty() ? Visitor.STRANGER : sessions.identify(request);
    request.attribute(VISITOR, visitor);
    if (isChange(request)
        && !visitor.byToken()
        && !HostRules.isSameOrigin(
            ProxyRules.header(request, "Origin"),
            ProxyRules.header(request, "Sec-Fetch-Site"),
            proxies.host(request))) {
      throw new AccessDenied(FORBIDDEN, "The request came from another site, or from none.");
    }
    if (needed.isEmpty() || visitor.may(needed.get())) {
      return;
    }
    if (visitor.role().isPresent()) {
      throw new AccessDenied(
          FORBIDDEN,
          visitor.known().isPresent()
              ? "Your role is %s: it reads and changes nothing.".formatted(AccessRole.VIEWER.text())
              : "Only an operator may do this: `studbook user add NAME --role operator` adds one.");
    }
    if (isPage(request)) {
      request.redirect("/login?next=" + URLEncoder.encode(target(request), StandardCharsets.UTF_8));
      request.skipRemainingHandlers();
      return;
    }
    throw new AccessDenied(UNAUTHORISED, "Log in, or send an API token.");
  }

  /** Empty for everybody; a route without access is for operators. */
  private static Optional<AccessRole> needed(Context request) {
    if (request.routeRoles().contains(RouteAccess.PUBLIC)) {
      return Optional.empty();
    }
    return Optional.of(
        request.routeRoles().contains(RouteAccess.VIEWER)
            ? AccessRole.VIEWER
            : AccessRole.OPERATOR);
  }

  private static boolean isChange(Context request) {
    return !READING.contains(request.method());
  }

  private static boolean isPage(Context request) {
    String accept = ProxyRules.header(request, "Accept");
    return !isChange(request) && accept != null && accept.contains("text/html");
  }

  private static String target(Context request) {
    String query = request.req().getQueryString();
    return request.path() + (query == null ? "" : "?" + query);
  }
}
