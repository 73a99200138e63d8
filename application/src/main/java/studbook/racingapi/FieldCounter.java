package studbook.racingapi;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import studbook.model.SafeText;

/**
 * Counts the fields of responses, so that new or no longer filled fields of the API are noticed.
 * Thread-safe.
 */
public final class FieldCounter {

  /** Bounds the memory if an API invents new names in each response. */
  private static final int MOST_UNKNOWN = 100;

  private static final int LONGEST_NAME = 60;

  private final Map<Endpoint, Long> answers = new TreeMap<>();
  private final Map<FieldKey, Long> filled = new TreeMap<>();
  private int unknown;

  private record FieldKey(Endpoint endpoint, String field, boolean known)
      implements Comparable<FieldKey> {
    @Override
    public int compareTo(FieldKey other) {
      int first = endpoint.compareTo(other.endpoint);
      return first != 0 ? first : field.compareTo(other.field);
    }
  }

  FieldCounter() {}

  /**
   * A field and how often it occurred.
   *
   * @param known whether Studbook reads it
   * @param answers that could have contained it
   * @param filled in which it was not blank; for an unknown field, in which it occurred
   */
  public record FieldPresence(
      Endpoint endpoint, String field, boolean known, long answers, long filled) {}

  /** Counts a decoded response: known fields and whether they were filled, and unknown fields. */
  synchronized void record(
      Endpoint endpoint, Map<String, Boolean> known, List<String> unknownNames) {
    answers.merge(endpoint, 1L, Long::sum);
    known.forEach((field, isFilled) ->
        filled.merge(new FieldKey(endpoint, field, true), isFilled ? 1L : 0L, Long::sum));
    for (String name : unknownNames) {
      FieldKey key = new FieldKey(endpoint, SafeText.excerpt(name, LONGEST_NAME), false);
      if (filled.containsKey(key)) {
        filled.merge(key, 1L, Long::sum);
      } else if (unknown < MOST_UNKNOWN) {
        unknown++;
        filled.put(key, 1L);
      }
    }
  }

  /** Names of fields of {@code endpoint} that Studbook does not read. */
  public synchronized List<String> unknown(Endpoint endpoint) {
    return filled.keySet().stream()
        .filter(key -> !key.known() && key.endpoint() == endpoint)
        .map(FieldKey::field)
        .toList();
  }

  public synchronized List<FieldPresence> counts() {
    return filled.entrySet().stream()
        .map(entry ->
            new FieldPresence(
                entry.getKey().endpoint(),
                entry.getKey().field(),
                entry.getKey().known(),
                answers.getOrDefault(entry.getKey().endpoint(), 0L),
                entry.getValue()))
        .toList();
  }
}
