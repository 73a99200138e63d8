package studbook.json;

import java.util.Optional;
import studbook.model.RunState;
import studbook.store.run.ChainRun;

/** A run of a chain of retries. */
public record ChainRunJson(
    long runId, RunState state, Optional<Long> retryOfRunId, RunCountsJson counts) {

  public static ChainRunJson of(ChainRun link) {
    return new ChainRunJson(
        link.run().id(),
        link.run().state(),
        link.run().told().retryOf(),
        new RunCountsJson(link.counts()));
  }
}
