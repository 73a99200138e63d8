package studbook.backfill.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import studbook.security.OwnerOnly;
import studbook.store.run.Tally;
import studbook.text.Json;

/**
 * The checkpoint file: how far a run is, for scripts that look. Written atomically, so that whoever
 * reads finds the whole of one version. Resuming never reads it.
 */
public final class Checkpoint {

  private final Path file;
  private final Clock clock;
  private final Instant started;
  private final Instant sessionStarted;

  /**
   * Writes nothing yet.
   *
   * @param started when the run was planned
   */
  public Checkpoint(Path file, Clock clock, Instant started) {
    this.file = file.toAbsolutePath();
    this.clock = clock;
    this.started = started;
    this.sessionStarted = clock.instant();
  }

  private record Content(String timestamp, long run, long processed, Stats stats) {}

  private record Stats(
      long total,
      long processed,
      long withPedigree,
      long withoutPedigree,
      long notFound,
      long errors,
      String startTime,
      String sessionStart) {}

  /** Replaces the file's content. */
  public void write(long run, Tally tally) throws IOException {
    Content content =
        new Content(
            local(clock.instant()),
            run,
            tally.processed(),
            new Stats(
                tally.total(),
                tally.processed(),
                tally.withPedigree(),
                tally.withoutPedigree(),
                tally.notFound(),
                tally.failed(),
                local(started),
                local(sessionStarted)));
    Path whole = file.resolveSibling(file.getFileName() + ".new");
    OwnerOnly.write(whole, Json.pretty(content) + "\n");
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private String local(Instant instant) {
    return Json.time(OffsetDateTime.ofInstant(instant, clock.getZone()));
  }
}
