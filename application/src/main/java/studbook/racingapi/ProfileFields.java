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
import studbook.model.RawProfile;
import studbook.model.RawProfile.RawParent;
import studbook.model.RejectedValue;
import tools.jackson.core.JsonParser;

/** The fields of a profile during decoding, in both shapes: the standard one has few of them. */
final class ProfileFields {

  /** A field that Studbook reads; the API's name is this name in lower case. */
  enum ProfileKey {
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

    private static final Map<String, ProfileKey> BY_NAME =
        Arrays.stream(values())
            .collect(Collectors.toMap(ProfileKey::jsonName, Function.identity()));

    private final JsonScalar scalar;
    private final @Nullable Field field;
    private final boolean isStandard;

    ProfileKey(JsonScalar scalar, @Nullable Field field, boolean isStandard) {
      this.scalar = scalar;
      this.field = field;
      this.isStandard = isStandard;
    }

    static @Nullable ProfileKey of(String jsonName) {
      return BY_NAME.get(jsonName);
    }

    String jsonName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Map<ProfileKey, String> values = new EnumMap<>(ProfileKey.class);
  private final List<RejectedValue> rejections = new ArrayList<>();

  /** Reads the value at the parser's position. */
  void read(ProfileKey key, JsonParser json) {
    String value =
        key.scalar.read(
            json,
            instead -> {
              if (key.field != null) {
                rejections.add(
                    new RejectedValue(key.field, instead, key.jsonName() + " is no text"));
              }
            });
    if (value != null) {
      values.put(key, value);
    }
  }

  @Nullable String get(ProfileKey key) {
    return values.get(key);
  }

  RawProfile toRaw() {
    return new RawProfile(
        get(ProfileKey.NAME),
        get(ProfileKey.DOB),
        get(ProfileKey.SEX),
        get(ProfileKey.SEX_CODE),
        get(ProfileKey.COLOUR),
        get(ProfileKey.COLOUR_CODE),
        get(ProfileKey.BREEDER),
        new RawParent(get(ProfileKey.SIRE_ID), get(ProfileKey.SIRE)),
        new RawParent(get(ProfileKey.DAM_ID), get(ProfileKey.DAM)),
        new RawParent(get(ProfileKey.DAMSIRE_ID), get(ProfileKey.DAMSIRE)),
        rejections);
  }

  /** The fields that a response of {@code endpoint} can have, and whether each was filled. */
  Map<String, Boolean> filled(Endpoint endpoint) {
    Map<String, Boolean> filled = new LinkedHashMap<>();
    for (ProfileKey key : ProfileKey.values()) {
      if (key != ProfileKey.ID && (key.isStandard || endpoint == Endpoint.PRO)) {
        String value = get(key);
        filled.put(key.jsonName(), value != null && !value.isBlank());
      }
    }
    return filled;
  }
}
