package studbook.cli.inspect;

import java.time.Instant;
import java.util.Optional;
import studbook.store.change.RecordedChange;

/** A change as JSON. */
record ChangeJson(
    String horseId,
    String column,
    Optional<String> oldValue,
    String newValue,
    String source,
    Optional<Long> runId,
    Instant changedAt) {

  static ChangeJson of(RecordedChange change) {
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
