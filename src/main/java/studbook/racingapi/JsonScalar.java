package studbook.racingapi;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the value of one known field as text, where its meaning is certain. A text is itself, and
 * where digits alone have a meaning (an id, a day such as {@code 20150304}) a whole number is its
 * digits. A boolean, a list, an object or any other number is never made a text: it would be stored
 * as a name that no horse has.
 */
enum JsonScalar {
  /** A name, a code, a word: only text will do. */
  TEXT,
  /** An id or a day: text, or the digits of a whole number. */
  DIGITS;

  /** Longer numbers are neither an id nor a day. */
  private static final int MAX_DIGITS = 18;

  /**
   * The value at which {@code json} stands; afterwards it stands at the value's end.
   *
   * @param rejected receives what the value is instead, such as {@code a list}; not called for null
   * @return null where there is no value, or none that can be used
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
