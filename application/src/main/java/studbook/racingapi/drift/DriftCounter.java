package studbook.racingapi.drift;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import studbook.model.drift.ApiDrift;
import studbook.model.drift.DriftKind;

/**
 * The differences in all responses of a process since they were last taken. Its memory is bounded.
 * Thread-safe.
 */
public final class DriftCounter {

  private static final int MOST = 200;

  private final Map<ApiDrift, ApiDrift> counts = new LinkedHashMap<>();
  private final Map<String, Set<String>> unknownFields = new LinkedHashMap<>();

  /** Adds the differences of a response. */
  public synchronized void add(DriftTally tally) {
    tally.drifts().forEach(this::add);
  }

  private void add(ApiDrift drift) {
    ApiDrift key =
        new ApiDrift(drift.endpoint(), drift.path(), drift.kind(), drift.detail(), 0, "");
    ApiDrift before = counts.get(key);
    if (before != null) {
      counts.put(key, withCount(before, before.occurrences() + drift.occurrences()));
    } else if (counts.size() < MOST) {
      counts.put(key, drift);
    }
    if (drift.kind() == DriftKind.UNKNOWN_FIELD) {
      Set<String> names = unknownFields.computeIfAbsent(drift.endpoint(), _ -> new TreeSet<>());
      if (names.size() < MOST) {
        names.add(drift.path());
      }
    }
  }

  private static ApiDrift withCount(ApiDrift drift, long occurrences) {
    return new ApiDrift(
        drift.endpoint(), drift.path(), drift.kind(), drift.detail(), occurrences, drift.example());
  }

  /** Returns what was counted since the last call, sorted, and counts from 0 again. */
  public synchronized List<ApiDrift> take() {
    List<ApiDrift> taken = counts.values().stream().sorted().toList();
    counts.clear();
    return taken;
  }

  /** The names of unknown fields of an endpoint that this process has seen. */
  public synchronized List<String> unknownFields(String endpoint) {
    return List.copyOf(unknownFields.getOrDefault(endpoint, Set.of()));
  }
}
