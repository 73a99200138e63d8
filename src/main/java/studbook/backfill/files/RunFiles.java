package studbook.backfill.files;

import java.io.IOException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import studbook.backfill.RunListener;
import studbook.backfill.RunView;
import studbook.store.Settled;
import studbook.text.Json;

/**
 * Keeps the checkpoint and the errors file while a run goes. A file that cannot be written is said
 * once in the log; the run goes on without it.
 */
public final class RunFiles implements RunListener {

  private static final Logger log = LoggerFactory.getLogger(RunFiles.class);
  private static final int CHECKPOINT_EVERY = 100;

  private final Checkpoint checkpoint;
  private final ErrorsFile errors;
  private final Clock clock;
  private long lastCheckpoint = -1;
  private boolean complained;

  public RunFiles(Checkpoint checkpoint, ErrorsFile errors, Clock clock) {
    this.checkpoint = checkpoint;
    this.errors = errors;
    this.clock = clock;
  }

  private interface Writing {
    void write() throws IOException;
  }

  @Override
  public void committed(List<Settled.Written> written, RunView view) {
    for (Settled.Written one : written) {
      one.failure()
          .ifPresent(failure ->
              attempt(() ->
                  errors.append(
                      new ErrorsFile.Entry(
                          Json.time(OffsetDateTime.now(clock)),
                          one.outcome().horse().text(),
                          failure.message(),
                          failure.kind().text(),
                          one.outcome().trace().requests()))));
    }
    long hundreds = view.tally().processed() / CHECKPOINT_EVERY;
    if (hundreds != lastCheckpoint) {
      lastCheckpoint = hundreds;
      write(view);
    }
  }

  @Override
  public void ticked(RunView view) {}

  @Override
  public void waitsForDatabase(long run, String reason) {}

  /** Writes the checkpoint as the run stands at its end. */
  public void write(RunView view) {
    attempt(() -> checkpoint.write(view.run(), view.tally()));
  }

  private void attempt(Writing writing) {
    try {
      writing.write();
    } catch (IOException e) {
      if (!complained) {
        complained = true;
        log.warn(
            "a file in the logs folder cannot be written; the run goes on without it: {}",
            e.toString());
      }
    }
  }
}
