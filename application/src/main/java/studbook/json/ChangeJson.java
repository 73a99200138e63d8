package studbook.json;

import java.time.Instant;
import java.util.Optional;
import studbook.store.change.RecordedChange;

/** A value that Studbook changed in the user's tables. */
public record ChangeJson(
    String horseId,
    String column,
    Optional<String> oldValue,
    String newValue,
    String source,
    Optional<Long> runId,
    Instant changedAt) {

  public static ChangeJson of(RecordedChange change) {
    return new ChangeJson(
        change.horse(),
        change.column(),
        change.oldValue(),
        change.newValue(),
        change.source(),
        change.run(),
        change.at());
  }
}
