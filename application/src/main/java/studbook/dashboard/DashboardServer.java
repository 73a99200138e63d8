package studbook.dashboard;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import studbook.dashboard.access.AccessGuard;
import studbook.dashboard.access.HostRules;
import studbook.dashboard.access.ProxyRules;
import studbook.dashboard.access.RouteAccess;
import studbook.dashboard.access.VisitorSessions;
import studbook.dashboard.live.LiveUpdates;
import studbook.dashboard.page.BackgroundActions;
import studbook.dashboard.page.OperatorActions;
import studbook.dashboard.page.OperatorCommands;
import studbook.dashboard.page.PageRenderer;
import studbook.store.access.UserRepository;
import studbook.store.database.Database;
import studbook.time.Ticker;

/**
 * Serves the dashboard, and of a service metrics and health. Closing it ends the listener and all
 * connections. Safe for many threads.
 */
public final class DashboardServer implements AutoCloseable {

  /** Of one statement of a page. */
  private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(10);

  /** Of one statement of what is computed in the background, or asked for once. */
  private static final Duration LONGEST_COMPUTATION = Duration.ofMinutes(2);

  /** No form is longer. */
  private static final long MAX_REQUEST_BYTES = 100_000;

  private static final int IDLE_MILLIS = 30_000;

  private final Javalin javalin;
  private final LiveUpdates live;
  private final BackgroundActions background;

  private DashboardServer(Javalin javalin, LiveUpdates live, BackgroundActions background) {
    this.javalin = javalin;
    this.live = live;
    this.background = background;
  }

  /**
   * Starts to listen.
   *
   * @param database whose connections are not those of a run
   * @param service metrics and health; empty of a process that is no service
   * @param settings of the pages
   * @throws DashboardException if there are no users and other machines could reach it, or if the
   *     certificate cannot be used
   * @throws IOException if the address is in use or not this machine's
   */
  public static DashboardServer start(
      DashboardOptions options,
      Database database,
      OperatorCommands commands,
      Optional<ServiceEndpoints> service,
      PageSettings settings,
      Clock clock,
      Ticker ticker)
      throws IOException {
    requireUsers(options, database);
    LiveUpdates live = new LiveUpdates(ticker);
    BackgroundActions background = BackgroundActions.start(database.jdbi());
    try {
      Javalin javalin =
          Javalin.create(config -> {
            configure(config, options);
            ProxyRules proxies = new ProxyRules(options.trustedProxies());
            VisitorSessions sessions =
                new VisitorSessions(database.jdbi(), proxies, ticker, options.isLoopback());
            DashboardAssets assets = new DashboardAssets();
            PageRenderer renderer = new PageRenderer(database.jdbi(), assets.path(), clock);
            new ErrorPages(renderer).register(config.routes);
            AccessGuard guard =
                new AccessGuard(new HostRules(options.allowedHosts()), proxies, sessions);
            config.routes.before(guard::receive);
            config.routes.beforeMatched(guard::authorise);
            config.routes.get("/assets/{version}/{name}", assets::serve, RouteAccess.PUBLIC);
            service.ifPresent(endpoints -> endpoints.register(config.routes, options.isLoopback()));
            new DashboardPages(
                    renderer,
                    sessions,
                    database.readOnly(LONGEST_STATEMENT),
                    database.readOnly(LONGEST_COMPUTATION),
                    new OperatorActions(commands, database.jdbi(), background),
                    settings,
                    live,
                    ticker)
                .register(config.routes);
          });
      javalin.start();
      return new DashboardServer(javalin, live, background);
    } catch (JavalinBindException e) {
      close(live, background);
      throw new IOException(e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
    } catch (RuntimeException e) {
      close(live, background);
      throw e;
    }
  }

  private static void close(LiveUpdates live, BackgroundActions background) {
    live.close();
    background.close();
  }

  private static void requireUsers(DashboardOptions options, Database database) {
    if (!options.isLoopback() && !new UserRepository(database.jdbi()).exists()) {
      throw new DashboardException(
          "the dashboard has no users, and other machines can reach %s: `studbook user add NAME --role operator` adds one; on 127.0.0.1 it needs none"
              .formatted(options.address().getAddress().getHostAddress()));
    }
  }

  private static void configure(JavalinConfig config, DashboardOptions options) {
    config.concurrency.useVirtualThreads = true;
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.maxRequestSize = MAX_REQUEST_BYTES;
    config.http.strictContentTypes = true;
    config.jetty.addConnector((server, http) -> connector(server, http, options));
  }

  private static ServerConnector connector(
      Server server, HttpConfiguration http, DashboardOptions options) {
    http.setSendServerVersion(false);
    ServerConnector connector =
        options
            .tls()
            .map(files -> TlsConnector.create(server, http, files))
            .orElseGet(() -> new ServerConnector(server, new HttpConnectionFactory(http)));
    connector.setHost(options.address().getAddress().getHostAddress());
    connector.setPort(options.address().getPort());
    connector.setIdleTimeout(IDLE_MILLIS);
    return connector;
  }

  /** The port, also where any free one was asked for. */
  public int port() {
    return javalin.port();
  }

  @Override
  public void close() {
    live.close();
    javalin.stop();
    background.close();
  }
}
