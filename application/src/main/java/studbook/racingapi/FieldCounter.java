package studbook.racingapi;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts the fields of responses that Studbook reads, so that fields that are no longer filled are
 * noticed. Thread-safe.
 */
public final class FieldCounter {

  private final Map<Endpoint, Long> answers = new TreeMap<>();
  private final Map<FieldKey, Long> filled = new TreeMap<>();

  private record FieldKey(Endpoint endpoint, String field) implements Comparable<FieldKey> {
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
   * @param answers that could have contained it
   * @param filled in which it was not blank
   */
  public record FieldPresence(Endpoint endpoint, String field, long answers, long filled) {}

  /** Counts a decoded response: its fields and whether they were filled. */
  synchronized void record(Endpoint endpoint, Map<String, Boolean> fields) {
    answers.merge(endpoint, 1L, Long::sum);
    fields.forEach((field, isFilled) ->
        filled.merge(new FieldKey(endpoint, field), isFilled ? 1L : 0L, Long::sum));
  }

  public synchronized List<FieldPresence> counts() {
    return filled.entrySet().stream()
        .map(entry ->
            new FieldPresence(
                entry.getKey().endpoint(),
                entry.getKey().field(),
                answers.getOrDefault(entry.getKey().endpoint(), 0L),
                entry.getValue()))
        .toList();
  }
}
