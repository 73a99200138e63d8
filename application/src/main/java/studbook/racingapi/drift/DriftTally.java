package studbook.racingapi.drift;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import studbook.model.SafeText;
import studbook.model.drift.ApiDrift;
import studbook.model.drift.DriftKind;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Counts the differences in responses of one endpoint. Its memory is bounded: a response with
 * endless field names adds no more than {@value #MOST} of them. Not thread-safe.
 */
public final class DriftTally {

  static final int MOST = 50;

  private static final int LONGEST_PATH = 100;
  private static final int LONGEST_EXAMPLE = 60;

  private final String endpoint;
  private final Map<DriftKey, DriftCount> counts = new LinkedHashMap<>();

  /** What is counted together. */
  private record DriftKey(String path, DriftKind kind, String detail) {}

  private record DriftCount(long occurrences, String example) {
    DriftCount plusOne() {
      return new DriftCount(occurrences + 1, example);
    }
  }

  public DriftTally(String endpoint) {
    this.endpoint = endpoint;
  }

  /** Counts an unknown field; the parser is at its value and stays there. */
  public void unknown(String path, JsonParser json) {
    add(path, DriftKind.UNKNOWN_FIELD, "", isScalar(json.currentToken()) ? json.getString() : "");
  }

  /** Counts a field that is absent. */
  public void missing(String path) {
    add(path, DriftKind.MISSING_FIELD, "", "");
  }

  /** Whether the value at the parser's position is not what its rule says; null is. */
  public static boolean differs(ValueRule rule, JsonParser json) {
    JsonToken token = json.currentToken();
    return token != JsonToken.VALUE_NULL
        && (token != JsonToken.VALUE_STRING || !rule.accepts(json.getString()));
  }

  /** Counts a value that {@link #differs}; the parser stays at it. */
  public void value(String path, ValueRule rule, JsonParser json) {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      boolean isNew = rule.otherwise() == DriftKind.NEW_VALUE;
      add(path, rule.otherwise(), isNew ? json.getString() : "", json.getString());
    } else {
      add(path, DriftKind.OTHER_TYPE, type(token), isScalar(token) ? json.getString() : "");
    }
  }

  private void add(String path, DriftKind kind, String detail, String example) {
    DriftKey key =
        new DriftKey(
            SafeText.excerpt(path, LONGEST_PATH), kind, SafeText.excerpt(detail, LONGEST_EXAMPLE));
    DriftCount before = counts.get(key);
    if (before != null) {
      counts.put(key, before.plusOne());
    } else if (counts.size() < MOST) {
      counts.put(key, new DriftCount(1, SafeText.excerpt(example, LONGEST_EXAMPLE)));
    }
  }

  /** The differences with their counts. */
  List<ApiDrift> drifts() {
    return counts.entrySet().stream()
        .map(count ->
            new ApiDrift(
                endpoint,
                count.getKey().path(),
                count.getKey().kind(),
                count.getKey().detail(),
                count.getValue().occurrences(),
                count.getValue().example()))
        .toList();
  }

  private static boolean isScalar(JsonToken token) {
    return token.isScalarValue() && token != JsonToken.VALUE_NULL;
  }

  private static String type(JsonToken token) {
    return switch (token) {
      case START_ARRAY -> "a list";
      case START_OBJECT -> "an object";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      default -> "a number";
    };
  }
}
