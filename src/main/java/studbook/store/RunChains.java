package studbook.store;

import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Runs that belong together: each asks again for what failed in the one before. */
public final class RunChains {

  private final Jdbi jdbi;

  public RunChains(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The runs that {@code run} retries, itself, and those that retry it, the oldest first. */
  public List<Runs.Run> of(long run) {
    return jdbi.withHandle(handle -> RunRows.chain(handle, run));
  }
}
