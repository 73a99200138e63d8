package studbook.cli.progress;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.progress.ProgressSnapshot;
import studbook.backfill.progress.RunListener;
import studbook.store.outcome.WriteResult.RowWritten;

/**
 * Notifies several listeners and keeps the last snapshot. An exception of a listener is logged, and
 * stops neither the others nor the work.
 */
public final class RunListeners implements RunListener {

  private static final Logger log = LoggerFactory.getLogger(RunListeners.class);

  private final List<RunListener> all;
  private volatile @Nullable ProgressSnapshot snapshot;

  public RunListeners(List<RunListener> all) {
    this.all = List.copyOf(all);
  }

  @Override
  public void onCommit(List<RowWritten> written, ProgressSnapshot snapshot) {
    tell(listener -> listener.onCommit(written, snapshot));
  }

  @Override
  public void onTick(ProgressSnapshot view) {
    snapshot = view;
    tell(listener -> listener.onTick(view));
  }

  @Override
  public void onDatabaseWait(long run, String reason) {
    tell(listener -> listener.onDatabaseWait(run, reason));
  }

  @Override
  public void onQualityCount(long run) {
    tell(listener -> listener.onQualityCount(run));
  }

  private void tell(Consumer<RunListener> event) {
    for (RunListener listener : all) {
      try {
        event.accept(listener);
      } catch (RuntimeException e) {
        log.warn("a listener failed; the run continues", e);
      }
    }
  }

  /** As the run was when work ended: the worker ticks once at its end. */
  public Optional<ProgressSnapshot> last() {
    return Optional.ofNullable(snapshot);
  }
}
