package studbook.cli.service;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.cli.settings.Settings;
import studbook.cli.support.CommandContext;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.CommandProgram;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.UsageException;
import studbook.dashboard.DashboardException;
import studbook.dashboard.DashboardOptions;
import studbook.dashboard.DashboardServer;
import studbook.dashboard.PageSettings;
import studbook.dashboard.ServiceEndpoints;
import studbook.racingapi.network.RequestObserver;
import studbook.service.job.JobConfig;

/** The dashboard of a process, with connections of its own. */
public final class DashboardListener implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DashboardListener.class);

  /** A process without one. */
  public static final DashboardListener NONE = new DashboardListener(Optional.empty(), () -> {});

  private final Optional<String> url;
  private final Runnable end;

  private DashboardListener(Optional<String> url, Runnable end) {
    this.url = url;
    this.end = end;
  }

  /**
   * Starts it. Where the default address is in use and no other was given, the process works
   * without a dashboard.
   *
   * @param jobs with their present settings
   * @param programs creates the command lines of operators' commands
   * @param endpoints of a service
   * @param requests observes their requests
   * @throws UsageException if the given address cannot be used, or has no users
   */
  public static DashboardListener start(
      Settings settings,
      Supplier<List<JobConfig>> jobs,
      CommandContext context,
      Function<CommandEnvironment, CommandProgram> programs,
      Optional<ServiceEndpoints> endpoints,
      RequestObserver requests) {
    DatabaseSession database = DatabaseSession.connectBeside(settings, context);
    DashboardCommands commands = new DashboardCommands(context, programs, requests);
    DashboardOptions options = settings.dashboard().options();
    try {
      DashboardServer server =
          DashboardServer.start(
              options,
              database.database(),
              commands,
              endpoints,
              new PageSettings(jobs, settings.thresholds(), settings.pedigreeThresholds()),
              context.environment().clock(),
              context.environment().ticker());
      String url = url(options, server);
      log.info("dashboard at {}", url);
      return new DashboardListener(
          Optional.of(url),
          () -> {
            commands.close();
            server.close();
            database.close();
          });
    } catch (DashboardException e) {
      database.close();
      throw new UsageException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      String reason =
          "cannot listen on %s: %s; choose another address with --listen"
              .formatted(place(options.address()), e.getMessage());
      if (settings.dashboard().given().isPresent()) {
        database.close();
        throw new UsageException(reason);
      }
      log.warn("no dashboard: {}", reason);
      database.close();
      return NONE;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static String place(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  private static String url(DashboardOptions options, DashboardServer server) {
    InetSocketAddress bound = new InetSocketAddress(options.address().getAddress(), server.port());
    return (options.tls().isPresent() ? "https" : "http") + "://" + place(bound);
  }

  /** Its address for a browser; empty if there is none. */
  public Optional<String> url() {
    return url;
  }

  @Override
  public void close() {
    end.run();
  }
}
