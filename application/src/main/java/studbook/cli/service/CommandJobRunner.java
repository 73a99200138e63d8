package studbook.cli.service;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import studbook.cli.support.CommandContext;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.CommandProgram;
import studbook.cli.support.ExitCode;
import studbook.model.SafeText;
import studbook.racingapi.network.RequestObserver;
import studbook.service.job.JobConfig;
import studbook.service.job.JobNeeds;
import studbook.service.job.JobRunner;
import studbook.service.job.ServiceJob;
import studbook.store.run.RunRepository;
import studbook.store.schedule.OccurrenceResult;

/**
 * Runs the command of a job within this process, as a person would call it. A run that was stopped
 * is continued first: a database has one unfinished run. Safe for many threads.
 */
final class CommandJobRunner implements JobRunner {

  private static final int MAX_MESSAGE = 500;
  private static final String CONTINUE = "--resume";

  private final CommandContext context;
  private final Function<CommandEnvironment, CommandProgram> programs;
  private final RunRepository runs;
  private final BiConsumer<ServiceJob, String> output;
  private final RequestObserver requests;
  private final Set<CommandProgram> running = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  /**
   * @param programs creates a command line with an environment of its own
   * @param output receives the lines that a job prints
   * @param requests observes the requests of all jobs
   */
  CommandJobRunner(
      CommandContext context,
      Function<CommandEnvironment, CommandProgram> programs,
      Jdbi jdbi,
      BiConsumer<ServiceJob, String> output,
      RequestObserver requests) {
    this.context = context;
    this.programs = programs;
    this.runs = new RunRepository(jdbi);
    this.output = output;
    this.requests = requests;
  }

  @Override
  public Optional<String> obstacle(ServiceJob job) {
    return job.needs() == JobNeeds.DATABASE
        ? Optional.empty()
        : runs.unfinished()
            .filter(RunRepository.RunRow::isUnderWay)
            .map(run -> "run %d is under way and has the rate limit first".formatted(run.id()));
  }

  @Override
  public JobResult run(JobConfig config) {
    JobWindow window = JobWindow.of(config.window(), context.environment().sleeper());
    try (window) {
      if (config.job().needs() == JobNeeds.RUN && runs.unfinished().isPresent()) {
        JobResult continued =
            execute(config, window, List.of("backfill", CONTINUE, "--non-interactive"));
        if (!isComplete(continued)) {
          return continued;
        }
      }
      if (config.job() == ServiceJob.RETRY && runs.latest().isEmpty()) {
        return new JobResult(Optional.of(OccurrenceResult.DONE), "there is no run yet");
      }
      return execute(config, window, config.arguments());
    }
  }

  private static boolean isComplete(JobResult result) {
    return result
        .result()
        .filter(end -> end == OccurrenceResult.DONE || end == OccurrenceResult.NOT_GOOD)
        .isPresent();
  }

  private JobResult execute(JobConfig config, JobWindow window, List<String> command) {
    LineStream out = new LineStream(line -> output.accept(config.job(), line));
    LineStream err = new LineStream(line -> output.accept(config.job(), line));
    CommandProgram program = programs.apply(environment(out, err));
    running.add(program);
    window.during(program);
    try {
      if (stopping) {
        program.stop();
      }
      List<String> arguments = new ArrayList<>(command);
      arguments.addAll(context.globalArguments());
      return result(program.run(arguments.toArray(String[]::new)), window, out, err);
    } finally {
      running.remove(program);
    }
  }

  private CommandEnvironment environment(LineStream out, LineStream err) {
    CommandEnvironment own = context.environment();
    return new CommandEnvironment(
        own.environment(),
        own.workingDirectory(),
        InputStream.nullInputStream(),
        out.printer(),
        err.printer(),
        false,
        own.clock(),
        own.ticker(),
        own.sleeper(),
        requests);
  }

  private JobResult result(int code, JobWindow window, LineStream out, LineStream err) {
    String message =
        SafeText.excerpt(
            (code >= ExitCode.USAGE_ERROR && code != ExitCode.STOPPED ? err.last() : out.last())
                .or(err::last)
                .orElse("exit code " + code),
            MAX_MESSAGE);
    return switch (code) {
      case ExitCode.DONE -> new JobResult(Optional.of(OccurrenceResult.DONE), message);
      case ExitCode.DONE_WITH_FAILURES ->
          new JobResult(Optional.of(OccurrenceResult.NOT_GOOD), message);
      case ExitCode.STOPPED -> stopped(window, message);
      default -> new JobResult(Optional.of(OccurrenceResult.FAILED), message);
    };
  }

  private JobResult stopped(JobWindow window, String message) {
    if (window.isOver()) {
      return new JobResult(Optional.of(OccurrenceResult.PARTIAL), "its window is over");
    }
    return new JobResult(
        stopping ? Optional.empty() : Optional.of(OccurrenceResult.PARTIAL), message);
  }

  /** Asks all jobs to stop; returns at once. They are to be continued. */
  void stop() {
    stopping = true;
    running.forEach(CommandProgram::stop);
  }
}
