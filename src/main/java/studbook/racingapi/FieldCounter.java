package studbook.racingapi;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import studbook.model.SafeText;

/**
 * Which fields the answers held: so that a field which the API has newly, or fills no more, is
 * noticed. Thread-safe.
 */
public final class FieldCounter {

  /** An API that invents a new name in each answer must not fill our memory. */
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
   * A field and how often it was there, since the beginning.
   *
   * @param known whether Studbook reads it
   * @param answers in which it might have stood
   * @param filled in which it stood and was not blank; of an unknown one, in which it stood
   */
  public record FieldPresence(
      Endpoint endpoint, String field, boolean known, long answers, long filled) {}

  /** An answer was decoded: these fields that we know were filled, those that we do not stood. */
  synchronized void saw(Endpoint endpoint, Map<String, Boolean> known, List<String> unknownNames) {
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

  /**
   * Names of the fields that stood in an answer of {@code endpoint} and that Studbook does not
   * read.
   */
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
