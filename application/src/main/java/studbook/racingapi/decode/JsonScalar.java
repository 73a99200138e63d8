package studbook.racingapi.decode;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the value of a known field as text if it is unambiguous. Text is taken as it is, and where
 * digits have a meaning (an id, a day such as {@code 20150304}) a whole number is its digits. A
 * boolean, list, object or other number never becomes text: it would be stored as a horse's name.
 */
public enum JsonScalar {
  /** A name, a code, a word: text only. */
  TEXT,
  /** An id or a day: text, or the digits of a whole number. */
  DIGITS;

  /** Longer numbers are neither ids nor days. */
  private static final int MAX_DIGITS = 18;

  /**
   * The value at the parser's position; moves to the value's end.
   *
   * @param rejected receives a description of an unusable value, such as {@code a list}; not called
   *     for null
   * @return null if there is no usable value
   */
  @Nullable String read(JsonParser json, Consumer<String> rejected) {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      return json.getString();
    }
    if (this == DIGITS && token == JsonToken.VALUE_NUMBER_INT && isShort(json.getString())) {
      return json.getString();
    }
    json.skipChildren();
    if (token != JsonToken.VALUE_NULL) {
      rejected.accept(describe(token));
    }
    return null;
  }

  private static boolean isShort(String number) {
    return number.length() <= MAX_DIGITS && !number.startsWith("-");
  }

  private static String describe(JsonToken token) {
    return switch (token) {
      case START_ARRAY -> "a list";
      case START_OBJECT -> "an object";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      default -> "a number";
    };
  }
}
