package studbook.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import studbook.model.ErrorKind;
import studbook.model.HorseId;
import studbook.store.outcome.ErrorEntry;
import studbook.store.outcome.ErrorLog.LoggedError;
import studbook.text.HumanFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The errors of an archive file. The file may contain anything: lines that are no errors are
 * counted and left out, and texts are shortened.
 *
 * @param kinds entries by kind
 * @param newest the last entries of the file, latest first
 * @param unreadable lines that are no errors
 */
public record ArchivedErrors(
    Map<ErrorKind, Long> kinds, List<LoggedError> newest, long unreadable) {

  private static final int LONGEST_TEXT = 4_000;

  /** The number of entries. */
  public long entries() {
    return kinds.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Reads a file.
   *
   * @param run only errors of this run, if given
   * @param kind only errors of this kind, if given
   * @param most of {@code newest}
   */
  public static ArchivedErrors read(
      Path file, Optional<Long> run, Optional<ErrorKind> kind, int most) throws IOException {
    Map<ErrorKind, Long> kinds = new EnumMap<>(ErrorKind.class);
    Deque<LoggedError> newest = new ArrayDeque<>();
    long unreadable = 0;
    try (ArchiveReader reader = ArchiveReader.open(file)) {
      for (byte[] line = reader.next(); line != null; line = reader.next()) {
        Optional<LoggedError> error = error(line);
        if (error.isEmpty()) {
          unreadable++;
        } else if (isWanted(error.get().entry(), run, kind)) {
          kinds.merge(error.get().entry().kind(), 1L, Long::sum);
          newest.addFirst(error.get());
          if (newest.size() > most) {
            newest.removeLast();
          }
        }
      }
    }
    return new ArchivedErrors(kinds, List.copyOf(newest), unreadable);
  }

  private static boolean isWanted(ErrorEntry entry, Optional<Long> run, Optional<ErrorKind> kind) {
    return run.filter(number -> number != entry.run()).isEmpty()
        && kind.filter(one -> one != entry.kind()).isEmpty();
  }

  private static Optional<LoggedError> error(byte[] line) {
    try {
      JsonNode json = JsonMapper.shared().readTree(line);
      return Optional.of(
          new LoggedError(
              Instant.parse(json.path("occurred_at").stringValue("")),
              new ErrorEntry(
                  UUID.fromString(json.path("entry_id").stringValue("")),
                  json.path("run_id").longValue(0),
                  Optional.ofNullable(text(json, "horse_id")).flatMap(HorseId::parse),
                  ErrorKind.of(json.path("kind").stringValue("")),
                  Optional.ofNullable(text(json, "endpoint")),
                  json.path("http_status").intValue(0),
                  json.path("attempt").intValue(0),
                  Duration.ofMillis(json.path("duration_ms").intValue(0)),
                  HumanFormat.shortened(json.path("message").stringValue(""), LONGEST_TEXT))));
    } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static @Nullable String text(JsonNode json, String key) {
    return json.path(key).stringValue(null);
  }
}
