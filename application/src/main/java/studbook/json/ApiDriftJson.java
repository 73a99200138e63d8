package studbook.json;

import java.time.Instant;
import studbook.model.drift.ApiDrift;
import studbook.model.drift.DriftKind;
import studbook.store.statistics.DriftStatistics.SeenDrift;

/** A difference of the API's responses from what Studbook knows. */
public record ApiDriftJson(
    String endpoint,
    String path,
    DriftKind finding,
    String detail,
    long occurrences,
    Instant firstSeenAt,
    Instant lastSeenAt,
    String example) {

  public static ApiDriftJson of(SeenDrift seen) {
    ApiDrift drift = seen.drift();
    return new ApiDriftJson(
        drift.endpoint(),
        drift.path(),
        drift.kind(),
        drift.detail(),
        drift.occurrences(),
        seen.firstSeenAt(),
        seen.lastSeenAt(),
        drift.example());
  }
}
