package studbook.backfill.worker;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.progress.RunListener;
import studbook.quality.CheckResults;
import studbook.quality.QualityScore;
import studbook.store.error.ErrorClassifier;
import studbook.store.run.RunRepository;
import studbook.store.run.RunRepository.RunRow;
import studbook.store.statistics.CheckHistoryRepository;
import studbook.store.statistics.CheckHistoryRepository.CheckCount;
import studbook.time.Ticker;

/**
 * Stores the quality of the rows before and after a run. The run does not depend on it: what cannot
 * be counted is left out, with a line in the log. Thread-safe.
 */
final class QualityRecorder {

  private static final Logger log = LoggerFactory.getLogger(QualityRecorder.class);
  private static final Duration POLL = Duration.ofMillis(50);

  /** A person is told of a count that takes longer. */
  private static final Duration SILENT = Duration.ofSeconds(2);

  private final Jdbi jdbi;
  private final RunRepository runs;
  private final CheckHistoryRepository checks;
  private final BooleanSupplier stopping;
  private final Ticker ticker;

  /**
   * @param stopping whether the process was asked to stop
   */
  QualityRecorder(Jdbi jdbi, BooleanSupplier stopping, Ticker ticker) {
    this.jdbi = jdbi;
    this.runs = new RunRepository(jdbi);
    this.checks = new CheckHistoryRepository(jdbi);
    this.stopping = stopping;
    this.ticker = ticker;
  }

  /** Stores the data quality score before the run. */
  void before(RunRow run) {
    try {
      runs.qualityBefore(run.id(), QualityScore.compute(jdbi).map(QualityScore::value));
    } catch (RuntimeException e) {
      logFailure(run, e);
    }
  }

  /**
   * Stores the score after a finished run, and what each check counted. A stop does not wait for
   * it: the count continues on its own thread, which ends with the process.
   */
  void after(RunRow run, RunListener listener) {
    FutureTask<Boolean> counting = new FutureTask<>(() -> count(run), true);
    Thread.ofPlatform().name("quality counter").daemon().start(counting);
    long began = ticker.nanos();
    boolean told = false;
    while (!stopping.getAsBoolean()) {
      try {
        counting.get(POLL.toMillis(), TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        if (!told && ticker.nanos() - began > SILENT.toNanos()) {
          listener.onQualityCount(run.id());
          told = true;
        }
      } catch (ExecutionException e) {
        logFailure(run, Objects.requireNonNullElse(e.getCause(), e));
        return;
      } catch (InterruptedException e) { // a stop, which the run's end does not need any more
        break;
      }
    }
    log.info("run {} has no data quality score after it: the process was stopped", run.id());
  }

  private void count(RunRow run) {
    CheckResults results = CheckResults.count(jdbi);
    runs.qualityAfter(run.id(), results.score().map(QualityScore::value));
    checks.add(
        run.id(),
        results.all().stream()
            .map(result -> new CheckCount(result.check().key(), result.faults(), result.rows()))
            .toList());
  }

  private static void logFailure(RunRow run, Throwable failure) {
    log.warn(
        "run {} has no data quality score here: {}", run.id(), ErrorClassifier.reason(failure));
  }
}
