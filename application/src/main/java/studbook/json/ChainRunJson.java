package studbook.json;

import java.util.Optional;
import studbook.model.RunState;
import studbook.store.run.ChainRun;

/** A run of a chain of retries. */
public record ChainRunJson(
    long runId, RunState state, Optional<Long> retryOfRunId, RunCountsJson counts) {

  public static ChainRunJson of(ChainRun run) {
    return new ChainRunJson(
        run.run().id(),
        run.run().state(),
        run.run().config().retryOf(),
        new RunCountsJson(run.counts()));
  }
}
