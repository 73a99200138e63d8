package studbook.cli.service;

import com.github.kagkarlsson.scheduler.Scheduler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jline.utils.Signals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import studbook.cli.settings.Requirement;
import studbook.cli.settings.Settings;
import studbook.cli.settings.SettingsException;
import studbook.cli.support.CommandContext;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.CommandProgram;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ErrorMessages;
import studbook.cli.support.ExitCode;
import studbook.cli.support.Logging;
import studbook.cli.support.ShutdownHandler;
import studbook.dashboard.ServiceEndpoints;
import studbook.notification.NotificationDispatcher;
import studbook.notification.NotificationLoop;
import studbook.service.DatabaseClock;
import studbook.service.JobScheduler;
import studbook.service.ServiceHealth;
import studbook.service.metrics.ServiceMetrics;
import studbook.service.systemd.SystemdNotifier;
import studbook.store.run.ProcessIdentity;
import studbook.store.schedule.ScheduleQueries;

/** {@code studbook serve}. */
@Command(
    name = "serve",
    description = {
      "Run the jobs of studbook.toml by their schedules and serve the dashboard, until it is"
          + " stopped.",
      "Several services on one database share the jobs: each occurrence runs once."
    },
    exitCodeList = {"0:Stopped by a signal.", "2:Usage or configuration error."},
    footer = {
      "",
      "Examples: studbook serve --config /etc/studbook/studbook.toml",
      "          studbook serve --listen 127.0.0.1:8087"
    })
public final class ServeCommand implements Callable<Integer> {

  private static final Logger log = LoggerFactory.getLogger(ServeCommand.class);
  private static final Duration WITHOUT_WATCHDOG = Duration.ofHours(1);

  private final CommandContext context;
  private final Function<CommandEnvironment, CommandProgram> programs;

  @Mixin private DashboardFlags flags = new DashboardFlags();

  /**
   * @param programs creates the command lines of jobs
   */
  public ServeCommand(
      CommandContext context, Function<CommandEnvironment, CommandProgram> programs) {
    this.context = context;
    this.programs = programs;
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = settings();
    CountDownLatch stopped = new CountDownLatch(1);
    try (AutoCloseable _ = Logging.toServiceLog();
        DatabaseSession database = DatabaseSession.open(settings, context);
        ShutdownHandler.ShutdownScope _ = context.stopSignal().onShutdown(stopped::countDown)) {
      serve(settings, database, stopped);
    }
    return ExitCode.DONE;
  }

  private Settings settings() {
    return context.settings(flags.settings(), Requirement.API, Requirement.DATABASE);
  }

  private void serve(Settings settings, DatabaseSession database, CountDownLatch stopped)
      throws InterruptedException {
    CommandEnvironment environment = context.environment();
    SystemdNotifier systemd = SystemdNotifier.of(environment.environment());
    ServiceHealth health = new ServiceHealth(environment.ticker());
    ServiceMetrics metrics = new ServiceMetrics(database.database());
    CommandJobRunner runner =
        new CommandJobRunner(
            context,
            programs,
            database.jdbi(),
            (job, line) -> log.info("{}: {}", job.text(), line),
            metrics.requests()::record);
    NotificationDispatcher notifications =
        new NotificationDispatcher(database.jdbi(), settings.notifications().channels());
    JobScheduler jobs =
        new JobScheduler(
            database.jdbi(),
            settings.jobs(),
            runner,
            new JobNotifications(notifications),
            new DatabaseClock(new ScheduleQueries(database.jdbi()), environment.ticker()),
            environment.sleeper(),
            ProcessIdentity.mine().toString());
    Scheduler scheduler = jobs.create(database.database().dataSource());
    scheduler.registerSchedulerListener(health);
    ServiceEndpoints endpoints =
        new ServiceEndpoints(metrics::scrape, health::isAlive, health::isReady);
    try (metrics;
        DashboardListener _ =
            DashboardListener.start(
                settings,
                jobs::jobs,
                context,
                programs,
                Optional.of(endpoints),
                metrics.requests()::record);
        NotificationLoop _ =
            NotificationLoop.start(notifications, context.stopSignal()::isStopping)) {
      jobs.arrange(scheduler);
      scheduler.start();
      Signals.register("HUP", () -> reload(jobs, scheduler, systemd));
      log.info("serving {} jobs on {}", settings.jobs().size(), database.place());
      systemd.ready();
      await(stopped, systemd, health);
      systemd.stopping();
      log.info("stopping");
      runner.stop();
      scheduler.stop();
    }
  }

  private static void await(CountDownLatch stopped, SystemdNotifier systemd, ServiceHealth health)
      throws InterruptedException {
    long interval = systemd.watchdogInterval().orElse(WITHOUT_WATCHDOG).toMillis();
    while (!stopped.await(interval, TimeUnit.MILLISECONDS)) {
      if (systemd.watchdogInterval().isPresent() && health.isAlive()) {
        systemd.alive();
      }
    }
  }

  /** On the thread of the signal. */
  private void reload(JobScheduler jobs, Scheduler scheduler, SystemdNotifier systemd) {
    systemd.reloading(context.environment().ticker());
    try {
      jobs.reload(settings().jobs(), scheduler);
      log.info("the settings were read again");
    } catch (SettingsException e) {
      e.mistakes().forEach(mistake -> log.error("the settings stay as they were: {}", mistake));
    } catch (RuntimeException e) {
      log.error("the settings stay as they were: {}", ErrorMessages.loggedSentence(e));
    }
    systemd.ready();
  }
}
