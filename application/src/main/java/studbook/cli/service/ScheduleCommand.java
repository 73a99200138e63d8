package studbook.cli.service;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import studbook.cli.settings.Requirement;
import studbook.cli.settings.Settings;
import studbook.cli.support.CommandContext;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.CommandProgram;
import studbook.cli.support.DatabaseSession;
import studbook.cli.support.ExitCode;
import studbook.cli.support.ShutdownHandler;
import studbook.cli.support.UsageException;
import studbook.service.JobExecution;
import studbook.service.JobScheduler;
import studbook.service.JobStatus;
import studbook.service.ScheduleJson;
import studbook.service.job.JobConfig;
import studbook.service.job.ServiceJob;
import studbook.store.run.ProcessIdentity;
import studbook.store.schedule.OccurrenceRepository;
import studbook.store.schedule.OccurrenceResult;
import studbook.store.schedule.ScheduleQueries;

/** {@code studbook schedule}. */
@Command(
    name = "schedule",
    description = {
      "List, run, enable or disable the jobs of the service.",
      "Without a subcommand: list them."
    },
    synopsisSubcommandLabel = "[list | run | enable | disable]",
    exitCodeList = {
      "0:Done.",
      "1:Run, but something is not good.",
      "2:Usage or configuration error; or the job failed.",
      "3:Stopped before its end."
    },
    footer = {"", "Examples: studbook schedule", "          studbook schedule run discover"})
public final class ScheduleCommand implements Runnable {

  private final CommandContext context;
  private final Function<CommandEnvironment, CommandProgram> programs;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  /**
   * @param programs creates the command lines of jobs
   */
  public ScheduleCommand(
      CommandContext context, Function<CommandEnvironment, CommandProgram> programs) {
    this.context = context;
    this.programs = programs;
  }

  /** Without a subcommand. */
  @Override
  public void run() {
    print(json);
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "list",
      description = "List each job: its schedule, its last occurrence, and the next one.")
  int list(@Option(names = "--json", description = "Print JSON.") boolean asJson) {
    print(asJson);
    return ExitCode.DONE;
  }

  private void print(boolean asJson) {
    Settings settings = context.settings(Requirement.DATABASE);
    try (DatabaseSession database = DatabaseSession.existing(settings, context)) {
      List<JobStatus> jobs = JobStatus.load(database.jdbi(), settings.jobs());
      if (asJson) {
        context.printJson(ScheduleJson.of(jobs));
      } else {
        new ScheduleText(jobs, context.style(), context.environment().clock())
            .lines(context.width())
            .forEach(context.out()::println);
      }
    }
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "run",
      description = "Run a job now, in this process, with the settings of studbook.toml.")
  int run(@Parameters(paramLabel = "NAME", description = "Name of the job.") String name)
      throws InterruptedException {
    ServiceJob job = job(name);
    Settings settings = context.settings(Requirement.DATABASE);
    JobConfig config =
        settings.jobs().stream().filter(one -> one.job() == job).findFirst().orElseThrow();
    try (DatabaseSession database = DatabaseSession.open(settings, context)) {
      CommandJobRunner runner =
          new CommandJobRunner(
              context,
              programs,
              database.jdbi(),
              (_, line) -> context.out().println(line),
              context.environment().requests());
      try (ShutdownHandler.ShutdownScope _ = context.stopSignal().onShutdown(runner::stop)) {
        return exitCode(run(config, database, runner));
      }
    }
  }

  private JobExecution.ExecutionResult run(
      JobConfig config, DatabaseSession database, CommandJobRunner runner)
      throws InterruptedException {
    ScheduleQueries queries = new ScheduleQueries(database.jdbi());
    String name = config.job().text();
    Optional<String> obstacle =
        Optional.ofNullable(queries.tasks().get(name))
            .filter(JobScheduler::isRunning)
            .flatMap(ScheduleQueries.ScheduledTask::process)
            .map(process -> "it is running on " + process)
            .or(() -> runner.obstacle(config.job()));
    if (obstacle.isPresent()) {
      throw new UsageException("%s cannot start: %s".formatted(name, obstacle.get()));
    }
    return new JobExecution(
            new OccurrenceRepository(database.jdbi()),
            runner,
            context.environment().sleeper(),
            ProcessIdentity.mine().toString())
        .run(config, new OccurrenceRepository.JobOccurrence(name, queries.now(), true));
  }

  private static int exitCode(JobExecution.ExecutionResult end) {
    return switch (end) {
      case JobExecution.ExecutionResult.OccurrenceEnded(Optional<OccurrenceResult> result) ->
          exitCode(result.orElse(OccurrenceResult.DONE));
      case JobExecution.ExecutionResult.OccurrenceInterrupted _,
          JobExecution.ExecutionResult.OccurrenceLost _ ->
          ExitCode.STOPPED;
    };
  }

  private static int exitCode(OccurrenceResult result) {
    return switch (result) {
      case DONE -> ExitCode.DONE;
      case NOT_GOOD -> ExitCode.DONE_WITH_FAILURES;
      case FAILED -> ExitCode.USAGE_ERROR;
      case PARTIAL, SKIPPED, MISSED -> ExitCode.STOPPED;
    };
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "enable",
      description = "Enable a job that was disabled.")
  int enable(@Parameters(paramLabel = "NAME", description = "Name of the job.") String name) {
    Settings settings = context.settings(Requirement.DATABASE);
    ServiceJob job = job(name);
    disable(settings, job, false);
    boolean configured =
        settings.jobs().stream().anyMatch(config -> config.job() == job && config.enabled());
    if (!configured) {
      throw new UsageException(
          "%s stays disabled: studbook.toml has enabled = false in [jobs.%1$s]"
              .formatted(job.text()));
    }
    context.out().println(job.text() + " is enabled.");
    return ExitCode.DONE;
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "disable",
      description = "Disable a job in all services until it is enabled.")
  int disable(@Parameters(paramLabel = "NAME", description = "Name of the job.") String name) {
    ServiceJob job = job(name);
    disable(context.settings(Requirement.DATABASE), job, true);
    context.out().println(job.text() + " is disabled: a service skips it until it is enabled.");
    return ExitCode.DONE;
  }

  private void disable(Settings settings, ServiceJob job, boolean disabled) {
    try (DatabaseSession database = DatabaseSession.open(settings, context)) {
      new ScheduleQueries(database.jdbi()).disable(job.text(), disabled);
    }
  }

  private static ServiceJob job(String name) {
    return ServiceJob.of(name)
        .orElseThrow(() ->
            new UsageException(
                "there is no job %s; the jobs are %s".formatted(name, ServiceJob.names())));
  }
}
