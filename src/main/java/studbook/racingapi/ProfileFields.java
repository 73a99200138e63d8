package studbook.racingapi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import studbook.model.Field;
import studbook.model.RawProfile.RawParent;
import studbook.model.RawProfile;
import studbook.model.RejectedValue;
import tools.jackson.core.JsonParser;

/** The fields of a profile while it is read, in both shapes: the standard one leaves most out. */
final class ProfileFields {

  /** A field that Studbook reads; its name at the API is its own in lower case. */
  enum Key {
    ID(JsonScalar.DIGITS, null, true),
    NAME(JsonScalar.TEXT, Field.REGION, true),
    DOB(JsonScalar.DIGITS, Field.DOB, false),
    SEX(JsonScalar.TEXT, Field.SEX, false),
    SEX_CODE(JsonScalar.TEXT, Field.SEX_CODE, false),
    COLOUR(JsonScalar.TEXT, Field.COLOUR, false),
    COLOUR_CODE(JsonScalar.TEXT, Field.COLOUR_CODE, false),
    BREEDER(JsonScalar.TEXT, Field.BREEDER, false),
    SIRE(JsonScalar.TEXT, Field.SIRE, true),
    SIRE_ID(JsonScalar.DIGITS, Field.SIRE_ID, true),
    DAM(JsonScalar.TEXT, Field.DAM, true),
    DAM_ID(JsonScalar.DIGITS, Field.DAM_ID, true),
    DAMSIRE(JsonScalar.TEXT, Field.DAMSIRE, true),
    DAMSIRE_ID(JsonScalar.DIGITS, Field.DAMSIRE_ID, true);

    private static final Map<String, Key> BY_NAME =
        Arrays.stream(values()).collect(Collectors.toMap(Key::jsonName, Function.identity()));

    private final JsonScalar scalar;
    private final @Nullable Field field;
    private final boolean isStandard;

    Key(JsonScalar scalar, @Nullable Field field, boolean isStandard) {
      this.scalar = scalar;
      this.field = field;
      this.isStandard = isStandard;
    }

    static @Nullable Key of(String jsonName) {
      return BY_NAME.get(jsonName);
    }

    String jsonName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Map<Key, String> values = new EnumMap<>(Key.class);
  private final List<RejectedValue> rejections = new ArrayList<>();

  /** Reads the value at which {@code json} stands. */
  void read(Key key, JsonParser json) {
    String value =
        key.scalar.read(
            json,
            instead -> {
              if (key.field != null) {
                rejections.add(new RejectedValue(key.field, instead, key.jsonName() + " is no text"));
              }
            });
    if (value != null) {
      values.put(key, value);
    }
  }

  @Nullable String get(Key key) {
    return values.get(key);
  }

  RawProfile toRaw() {
    return new RawProfile(
        get(Key.NAME),
        get(Key.DOB),
        get(Key.SEX),
        get(Key.SEX_CODE),
        get(Key.COLOUR),
        get(Key.COLOUR_CODE),
        get(Key.BREEDER),
        new RawParent(get(Key.SIRE_ID), get(Key.SIRE)),
        new RawParent(get(Key.DAM_ID), get(Key.DAM)),
        new RawParent(get(Key.DAMSIRE_ID), get(Key.DAMSIRE)),
        rejections);
  }

  /** The fields that an answer of {@code endpoint} may have, and whether each was filled. */
  Map<String, Boolean> filled(Endpoint endpoint) {
    Map<String, Boolean> filled = new LinkedHashMap<>();
    for (Key key : Key.values()) {
      if (key != Key.ID && (key.isStandard || endpoint == Endpoint.PRO)) {
        String value = get(key);
        filled.put(key.jsonName(), value != null && !value.isBlank());
      }
    }
    return filled;
  }
}
