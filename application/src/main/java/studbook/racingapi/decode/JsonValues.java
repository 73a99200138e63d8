package studbook.racingapi.decode;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import studbook.model.RejectedValue;
import studbook.racingapi.drift.DriftTally;
import studbook.racingapi.drift.ObjectDrift;
import tools.jackson.core.JsonParser;

/** The values of one JSON object, by field. Not thread-safe. */
public final class JsonValues<F extends Enum<F> & JsonField> {

  private final EnumSet<F> present;
  private final Map<F, String> values;
  private final List<RejectedValue> rejections = new ArrayList<>();

  private JsonValues(Class<F> fields) {
    this.present = EnumSet.noneOf(fields);
    this.values = new EnumMap<>(fields);
  }

  /**
   * Reads the object at the parser's position to its end.
   *
   * @param byName the fields to read; others are skipped
   * @param drift receives values that differ from what is known, and unknown names
   */
  public static <F extends Enum<F> & JsonField> JsonValues<F> read(
      JsonParser json, Class<F> fields, Map<String, F> byName, ObjectDrift drift) {
    JsonValues<F> object = new JsonValues<>(fields);
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      F field = byName.get(name);
      if (field != null) {
        if (DriftTally.differs(field.rule(), json)) {
          drift.tally().value(drift.path() + name, field.rule(), json);
        }
        object.read(field, json);
      } else {
        drift.skipped(name, json);
        json.skipChildren();
      }
    }
    return object;
  }

  private void read(F field, JsonParser json) {
    present.add(field);
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

  /** The fields that the object does not have, not even blank. */
  public Set<F> absent() {
    return EnumSet.complementOf(present);
  }

  /** Values of a type that their field cannot have. */
  public List<RejectedValue> rejections() {
    return rejections;
  }
}
