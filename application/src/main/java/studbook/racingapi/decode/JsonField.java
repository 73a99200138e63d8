package studbook.racingapi.decode;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import studbook.model.Field;
import studbook.racingapi.drift.ValueRule;

/** A field of a JSON object that Studbook reads, as a constant of an enum. */
public interface JsonField {

  /** The constant's name; the API's is the same in lower case. */
  String name();

  JsonScalar scalar();

  /** The value that it becomes; null for the id of the object itself. */
  @Nullable Field field();

  /** What is known of its values. */
  default ValueRule rule() {
    return ValueRule.TEXT;
  }

  default String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The fields by the API's names. */
  static <F extends JsonField> Map<String, F> byName(F[] fields) {
    return Arrays.stream(fields)
        .collect(Collectors.toUnmodifiableMap(JsonField::jsonName, Function.identity()));
  }
}
