package studbook.racingapi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import studbook.model.Field;
import studbook.model.HorseName;
import studbook.model.RawProfile;
import studbook.model.RawProfile.RawParent;
import studbook.model.RejectedValue;
import tools.jackson.core.JsonParser;

/**
 * The profile fields of a runner during decoding. A racecard has bare names with separate regions,
 * and no colour code; here they get the form of a detailed profile.
 */
final class RunnerFields {

  /** The fields that are read; the rest of a racecard is skipped. */
  enum RunnerKey {
    HORSE_ID(JsonScalar.DIGITS, null),
    HORSE(JsonScalar.TEXT, Field.REGION),
    DOB(JsonScalar.DIGITS, Field.DOB),
    SEX(JsonScalar.TEXT, Field.SEX),
    SEX_CODE(JsonScalar.TEXT, Field.SEX_CODE),
    COLOUR(JsonScalar.TEXT, Field.COLOUR),
    REGION(JsonScalar.TEXT, Field.REGION),
    BREEDER(JsonScalar.TEXT, Field.BREEDER),
    SIRE(JsonScalar.TEXT, Field.SIRE),
    SIRE_ID(JsonScalar.DIGITS, Field.SIRE_ID),
    SIRE_REGION(JsonScalar.TEXT, Field.SIRE),
    DAM(JsonScalar.TEXT, Field.DAM),
    DAM_ID(JsonScalar.DIGITS, Field.DAM_ID),
    DAM_REGION(JsonScalar.TEXT, Field.DAM),
    DAMSIRE(JsonScalar.TEXT, Field.DAMSIRE),
    DAMSIRE_ID(JsonScalar.DIGITS, Field.DAMSIRE_ID),
    DAMSIRE_REGION(JsonScalar.TEXT, Field.DAMSIRE);

    private static final Map<String, RunnerKey> BY_NAME =
        Arrays.stream(values()).collect(Collectors.toMap(RunnerKey::jsonName, Function.identity()));

    private final JsonScalar scalar;
    private final @Nullable Field field;

    RunnerKey(JsonScalar scalar, @Nullable Field field) {
      this.scalar = scalar;
      this.field = field;
    }

    static @Nullable RunnerKey of(String name) {
      return BY_NAME.get(name);
    }

    String jsonName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Map<RunnerKey, String> values = new EnumMap<>(RunnerKey.class);
  private final List<RejectedValue> rejections = new ArrayList<>();

  /** Reads the value at the parser's position. */
  void read(RunnerKey key, JsonParser json) {
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

  @Nullable String get(RunnerKey key) {
    return values.get(key);
  }

  RawProfile toRaw() {
    String colour = get(RunnerKey.COLOUR);
    return new RawProfile(
        HorseName.withSuffix(get(RunnerKey.HORSE), get(RunnerKey.REGION)),
        get(RunnerKey.DOB),
        get(RunnerKey.SEX),
        get(RunnerKey.SEX_CODE),
        colour,
        colour == null ? null : colour.toUpperCase(Locale.ROOT),
        get(RunnerKey.BREEDER),
        parent(RunnerKey.SIRE_ID, RunnerKey.SIRE, RunnerKey.SIRE_REGION),
        parent(RunnerKey.DAM_ID, RunnerKey.DAM, RunnerKey.DAM_REGION),
        parent(RunnerKey.DAMSIRE_ID, RunnerKey.DAMSIRE, RunnerKey.DAMSIRE_REGION),
        rejections);
  }

  private RawParent parent(RunnerKey id, RunnerKey name, RunnerKey region) {
    return new RawParent(get(id), HorseName.withSuffix(get(name), get(region)));
  }
}
