package studbook.racingapi.decode;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import studbook.model.RejectedValue;
import tools.jackson.core.JsonParser;

/** The values of one JSON object, by field. Not thread-safe. */
public final class JsonValues<F extends Enum<F> & JsonField> {

  private final Map<F, String> values;
  private final List<RejectedValue> rejections = new ArrayList<>();

  private JsonValues(Class<F> fields) {
    this.values = new EnumMap<>(fields);
  }

  /**
   * Reads the object at the parser's position to its end.
   *
   * @param byName the fields to read
   * @param unknown receives the names of the other fields, whose values are skipped
   */
  public static <F extends Enum<F> & JsonField> JsonValues<F> read(
      JsonParser json, Class<F> fields, Map<String, F> byName, Consumer<String> unknown) {
    JsonValues<F> object = new JsonValues<>(fields);
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      F field = byName.get(name);
      if (field != null) {
        object.read(field, json);
      } else {
        json.skipChildren();
        unknown.accept(name);
      }
    }
    return object;
  }

  private void read(F field, JsonParser json) {
    String value = field.scalar().read(json, instead -> reject(field, instead));
    if (value != null) {
      values.put(field, value);
    }
  }

  private void reject(F field, String instead) {
    if (field.field() != null) {
      rejections.add(new RejectedValue(field.field(), instead, field.jsonName() + " is no text"));
    }
  }

  public @Nullable String get(F field) {
    return values.get(field);
  }

  /** Values of a type that their field cannot have. */
  public List<RejectedValue> rejections() {
    return rejections;
  }
}
