package studbook.dashboard.access;

import io.javalin.security.RouteRole;

/** Who may use a route. Every route has one: a route without is refused. */
public enum RouteAccess implements RouteRole {
  /** Everybody: the login, its stylesheet, health. */
  PUBLIC,
  VIEWER,
  OPERATOR
}
