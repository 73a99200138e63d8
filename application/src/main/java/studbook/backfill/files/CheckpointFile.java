package studbook.backfill.files;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import studbook.security.AtomicFile;
import studbook.store.run.RunCounts;
import studbook.text.JsonFormat;

/**
 * The checkpoint file: the progress of a run, for scripts. Each write replaces the file atomically.
 * Resuming does not read it.
 */
public final class CheckpointFile {

  private final Path file;
  private final Clock clock;
  private final Instant started;
  private final Instant sessionStarted;

  /**
   * Writes nothing yet.
   *
   * @param started when the run was planned
   */
  public CheckpointFile(Path file, Clock clock, Instant started) {
    this.file = file.toAbsolutePath();
    this.clock = clock;
    this.started = started;
    this.sessionStarted = clock.instant();
  }

  private record CheckpointContent(
      Instant timestamp, long run, long processed, CheckpointCounts stats) {}

  private record CheckpointCounts(
      long total,
      long processed,
      long withPedigree,
      long withoutPedigree,
      long notFound,
      long errors,
      Instant startTime,
      Instant sessionStart) {}

  /** Replaces the file's content. */
  void write(long run, RunCounts counts) throws IOException {
    CheckpointContent content =
        new CheckpointContent(
            clock.instant(),
            run,
            counts.processed(),
            new CheckpointCounts(
                counts.total(),
                counts.processed(),
                counts.withPedigree(),
                counts.withoutPedigree(),
                counts.notFound(),
                counts.failed(),
                started,
                sessionStarted));
    AtomicFile.write(file, JsonFormat.pretty(content, clock.getZone()) + "\n");
  }
}
