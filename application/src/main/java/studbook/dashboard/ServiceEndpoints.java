package studbook.dashboard;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import studbook.dashboard.access.RouteAccess;

/**
 * What monitoring systems and load balancers ask for: {@code /metrics}, {@code /healthz} (the
 * service works) and {@code /readyz} (and the database answers).
 *
 * @param metrics in Prometheus' text format
 */
public record ServiceEndpoints(
    Supplier<String> metrics, BooleanSupplier alive, BooleanSupplier ready) {

  private static final int UNAVAILABLE = 503;

  /**
   * Adds the routes.
   *
   * @param loopback whether only this machine is listened to: metrics then need no authentication
   */
  void register(RoutesConfig routes, boolean loopback) {
    routes.get(
        "/metrics",
        request ->
            request.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.get()),
        loopback ? RouteAccess.PUBLIC : RouteAccess.VIEWER);
    routes.get("/healthz", request -> health(request, alive), RouteAccess.PUBLIC);
    routes.get(
        "/readyz",
        request -> health(request, () -> alive.getAsBoolean() && ready.getAsBoolean()),
        RouteAccess.PUBLIC);
  }

  private static void health(Context request, BooleanSupplier good) {
    request.contentType("text/plain");
    if (good.getAsBoolean()) {
      request.result("ok\n");
    } else {
      request.status(UNAVAILABLE).result("unavailable\n");
    }
  }
}
