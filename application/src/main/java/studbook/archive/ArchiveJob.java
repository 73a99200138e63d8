package studbook.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import studbook.archive.OldLogs.OldLog;
import studbook.store.archive.ArchiveQueries;
import studbook.store.archive.ArchiveRepository;
import studbook.store.archive.ArchiveUnit;
import studbook.store.archive.ArchivedTable;

/**
 * Moves old rows and logs to compressed files: errors, samples and events of closed months, work
 * items and chunks of old runs, dated logs. Runs that have not ended for good keep everything. No
 * row is deleted before its file was read back, except of notifications, which have no file. Killed
 * at any point it can be repeated: nothing is lost or stored twice. For one process at a time; a
 * second one gets an exception.
 */
public final class ArchiveJob {

  private final ArchiveQueries queries;
  private final ArchiveRepository repository;
  private final ArchiveFolder archive;
  private final OldLogs logs;

  /**
   * A job on a database and the home that belongs to it.
   *
   * @param home with the folders {@code logs} and {@code archive}
   */
  public ArchiveJob(Jdbi jdbi, Path home) {
    this.queries = new ArchiveQueries(jdbi);
    this.repository = new ArchiveRepository(jdbi);
    this.archive = ArchiveFolder.in(home);
    this.logs = new OldLogs(home.resolve("logs"));
  }

  /** What {@link #run} would move now, with the number of rows. Writes nothing. */
  public List<ArchivedFile> plan(ArchiveLimits limits) throws IOException {
    List<ArchivedFile> files = new ArrayList<>();
    for (ArchiveUnit unit : queries.units(limits.before(), limits.ledgersBefore())) {
      unit.rows().forEach((table, rows) -> files.add(planned(table, unit.month(), rows)));
    }
    for (OldLog log : oldLogs(limits)) {
      files.add(
          new ArchivedFile("log", log.month(), 1, archive.file(log.file()), Optional.empty()));
    }
    return files;
  }

  private ArchivedFile planned(ArchivedTable table, YearMonth month, long rows) {
    return new ArchivedFile(
        table.text(), month, rows, archive.file(table, month), Optional.empty());
  }

  /**
   * Moves it.
   *
   * @param written is called after each file, when its rows are deleted
   * @throws studbook.store.error.StoreException if rows may not be deleted, or while another
   *     process archives
   */
  public void run(ArchiveLimits limits, Consumer<ArchivedFile> written) throws IOException {
    repository.requirePermitted();
    ArchiveWriter writer = archive.writer();
    repository.saveTimelines(limits.before());
    Set<ArchivedTable> changed = EnumSet.noneOf(ArchivedTable.class);
    for (ArchiveUnit unit : queries.units(limits.before(), limits.ledgersBefore())) {
      repository.move(
          unit,
          (table, lines) ->
              writer.merge(archive.file(table, unit.month()).getFileName().toString(), lines));
      changed.addAll(unit.rows().keySet());
      for (Map.Entry<ArchivedTable, Long> table : unit.rows().entrySet()) {
        written.accept(sized(planned(table.getKey(), unit.month(), table.getValue())));
      }
    }
    for (OldLog log : oldLogs(limits)) {
      written.accept(move(writer, log));
    }
    repository.deleteNotifications(limits.before());
    repository.vacuum(changed);
  }

  /** A log of a process that may still run stays. */
  private List<OldLog> oldLogs(ArchiveLimits limits) throws IOException {
    Instant month = limits.before().atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    Instant oldest = queries.oldestProcess().orElse(month);
    return logs.before(oldest.isBefore(month) ? oldest : month);
  }

  private ArchivedFile move(ArchiveWriter writer, OldLog log) throws IOException {
    Path file = archive.file(log.file());
    writer.copy(file.getFileName().toString(), log.file());
    Files.delete(log.file());
    return sized(new ArchivedFile("log", log.month(), 1, file, Optional.empty()));
  }

  private static ArchivedFile sized(ArchivedFile file) throws IOException {
    return new ArchivedFile(
        file.content(),
        file.month(),
        file.rows(),
        file.file(),
        Optional.of(Files.size(file.file())));
  }
}
