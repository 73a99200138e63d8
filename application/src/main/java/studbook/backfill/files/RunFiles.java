package studbook.backfill.files;

import java.io.IOException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.progress.ProgressSnapshot;
import studbook.backfill.progress.RunListener;
import studbook.store.outcome.Outcome;
import studbook.store.outcome.WriteResult;
import studbook.text.FileErrorMessages;
import studbook.text.JsonFormat;

/**
 * Writes the checkpoint and the errors file of a run. The working threads call it, so it writes on
 * another thread: a disk may hang. A file that cannot be written is reported once in the log; the
 * run continues without it.
 */
public final class RunFiles implements RunListener {

  private static final Logger log = LoggerFactory.getLogger(RunFiles.class);
  private static final int CHECKPOINT_EVERY = 100;

  private final CheckpointFile checkpoint;
  private final ErrorsFile errors;
  private final Clock clock;
  private final Executor thread;
  private final AtomicLong lastCheckpoint = new AtomicLong(-1);
  private final AtomicBoolean complained = new AtomicBoolean();

  /**
   * Writes nothing yet.
   *
   * @param thread writes, one file after the other
   */
  public RunFiles(CheckpointFile checkpoint, ErrorsFile errors, Clock clock, Executor thread) {
    this.checkpoint = checkpoint;
    this.errors = errors;
    this.clock = clock;
    this.thread = thread;
  }

  private interface FileWrite {
    void write() throws IOException;
  }

  @Override
  public void onCommit(List<WriteResult.RowWritten> written, ProgressSnapshot snapshot) {
    for (WriteResult.RowWritten row : written) {
      row.failure().ifPresent(failure -> append(entry(row, failure)));
    }
    long hundreds = snapshot.counts().processed() / CHECKPOINT_EVERY;
    if (lastCheckpoint.getAndSet(hundreds) != hundreds) {
      write(snapshot);
    }
  }

  private ErrorsFile.ErrorFileEntry entry(
      WriteResult.RowWritten written, Outcome.OutcomeFailure failure) {
    return new ErrorsFile.ErrorFileEntry(
        JsonFormat.time(OffsetDateTime.now(clock)),
        written.outcome().horse().text(),
        failure.message(),
        failure.kind().text(),
        written.outcome().trace().requests());
  }

  private void append(ErrorsFile.ErrorFileEntry entry) {
    attempt(() -> errors.append(entry));
  }

  @Override
  public void onTick(ProgressSnapshot snapshot) {}

  @Override
  public void onDatabaseWait(long run, String reason) {}

  @Override
  public void onQualityCount(long run) {}

  /** Writes the checkpoint with the figures of {@code snapshot}. */
  public void write(ProgressSnapshot snapshot) {
    attempt(() -> checkpoint.write(snapshot.run(), snapshot.counts()));
  }

  private void attempt(FileWrite write) {
    thread.execute(() -> {
      try {
        write.write();
      } catch (IOException e) {
        if (complained.compareAndSet(false, true)) {
          log.warn(
              "a file in the logs directory cannot be written; the run continues without it: {}",
              FileErrorMessages.reason(e));
        }
      }
    });
  }
}
