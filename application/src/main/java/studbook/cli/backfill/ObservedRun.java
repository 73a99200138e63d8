package studbook.cli.backfill;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import studbook.backfill.progress.ProgressSnapshot;
import studbook.backfill.progress.RunListener;
import studbook.backfill.worker.RunResult;
import studbook.cli.progress.ProgressBar;
import studbook.cli.progress.RunListeners;
import studbook.cli.progress.RunResultMessage;
import studbook.cli.progress.RunText;
import studbook.cli.support.CommandContext;
import studbook.cli.support.CommandEnvironment;
import studbook.cli.support.TerminalWidth;
import studbook.cli.terminal.DaemonExecutor;
import studbook.store.run.RunCounts;

/**
 * A process's part in a run, after it has ended.
 *
 * @param last the last progress; empty if the process did no work
 */
record ObservedRun(RunResult result, Optional<ProgressSnapshot> last, Duration took) {

  /**
   * Executes {@code work} and shows its progress.
   *
   * @param executor prints, so that a blocked terminal does not block the work
   * @param others further listeners
   */
  static ObservedRun execute(
      CommandContext context,
      DaemonExecutor executor,
      Function<RunListener, RunResult> work,
      RunListener... others) {
    CommandEnvironment environment = context.environment();
    long began = environment.ticker().nanos();
    ProgressBar progress =
        new ProgressBar(
            context.out(),
            executor,
            environment.terminal(),
            TerminalWidth::width,
            environment.clock());
    RunListeners listeners =
        new RunListeners(Stream.concat(Stream.of(progress), Stream.of(others)).toList());
    RunResult result = work.apply(listeners);
    progress.end();
    Duration took = Duration.ofNanos(environment.ticker().nanos() - began);
    return new ObservedRun(result, listeners.last(), took);
  }

  RunCounts counts() {
    return last.map(ProgressSnapshot::counts).orElse(RunCounts.NOTHING);
  }

  List<String> summary() {
    return last.map(snapshot ->
            RunText.summary(snapshot.counts(), took, snapshot.perSecond()).lines(Integer.MAX_VALUE))
        .orElse(List.of());
  }

  RunResultMessage message(long run) {
    return RunResultMessage.of(run, result, counts());
  }
}
