package studbook.dashboard.run;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import studbook.dashboard.live.BackgroundFigures;
import studbook.dashboard.run.RunHistory.OutcomeHistory;
import studbook.store.statistics.ErrorSummaryQueries;
import studbook.store.statistics.ResponseTimeQueries;
import studbook.store.statistics.ThroughputHistory;
import studbook.time.Ticker;

/**
 * The histories of runs. Response times and errors need a look at each outcome of a run, so they
 * are read in the background while somebody asks, and are some seconds old. Safe for many threads.
 */
public final class RunHistories {

  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final int PARTS = 120;

  /** Runs whose response times and errors are kept. */
  private static final int MOST_RUNS = 50;

  private final Jdbi jdbi;
  private final ResponseTimeQueries responses;
  private final ErrorSummaryQueries errors;
  private final Ticker ticker;
  private final Map<Long, BackgroundFigures<OutcomeHistory>> histories =
      new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(
            Map.Entry<Long, BackgroundFigures<OutcomeHistory>> eldest) {
          return size() > MOST_RUNS;
        }
      };

  /**
   * @param computing for what reads every outcome of a run
   */
  public RunHistories(Jdbi jdbi, Jdbi computing, Ticker ticker) {
    this.jdbi = jdbi;
    this.responses = new ResponseTimeQueries(computing);
    this.errors = new ErrorSummaryQueries(computing);
    this.ticker = ticker;
  }

  /** The history of a run that exists. */
  public RunHistory of(long run) {
    return of(run, ThroughputHistory.of(jdbi, run));
  }

  RunHistory of(long run, ThroughputHistory throughput) {
    return RunHistory.of(throughput, figures(run).newest().orElse(OutcomeHistory.NONE));
  }

  private OutcomeHistory read(long run) {
    return new OutcomeHistory(responses.overTime(run, PARTS), errors.overTime(run, PARTS));
  }

  private BackgroundFigures<OutcomeHistory> figures(long run) {
    synchronized (histories) {
      return histories.computeIfAbsent(
          run,
          _ -> new BackgroundFigures<>("outcomes", () -> Optional.of(read(run)), INTERVAL, ticker));
    }
  }
}
