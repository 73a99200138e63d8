package studbook.racingapi;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import studbook.horse.Name;
import studbook.horse.RawProfile;
import studbook.horse.RawProfile.RawParent;

/**
 * A runner while it is read, with the fields that a profile needs. A racecard has bare names with
 * their regions beside them, and no colour code; here they get the form of a detailed profile.
 */
final class RunnerWire {

  /** What is kept of a runner; everything else on its racecard is passed over. */
  enum Key {
    HORSE_ID,
    HORSE,
    DOB,
    SEX,
    SEX_CODE,
    COLOUR,
    REGION,
    BREEDER,
    SIRE,
    SIRE_ID,
    SIRE_REGION,
    DAM,
    DAM_ID,
    DAM_REGION,
    DAMSIRE,
    DAMSIRE_ID,
    DAMSIRE_REGION;

    private static final Map<String, Key> BY_NAME =
        Arrays.stream(values())
            .collect(
                Collectors.toMap(key -> key.name().toLowerCase(Locale.ROOT), Function.identity()));

    static @Nullable Key of(String name) {
      return BY_NAME.get(name);
    }
  }

  private final Map<Key, String> values = new EnumMap<>(Key.class);

  void put(Key key, String value) {
    values.put(key, value);
  }

  @Nullable String get(Key key) {
    return values.get(key);
  }

  RawProfile toRaw() {
    String colour = get(Key.COLOUR);
    return new RawProfile(
        Name.withSuffix(get(Key.HORSE), get(Key.REGION)),
        get(Key.DOB),
        get(Key.SEX),
        get(Key.SEX_CODE),
        colour,
        colour == null ? null : colour.toUpperCase(Locale.ROOT),
        get(Key.BREEDER),
        parent(Key.SIRE_ID, Key.SIRE, Key.SIRE_REGION),
        parent(Key.DAM_ID, Key.DAM, Key.DAM_REGION),
        parent(Key.DAMSIRE_ID, Key.DAMSIRE, Key.DAMSIRE_REGION));
  }

  private RawParent parent(Key id, Key name, Key region) {
    return new RawParent(get(id), Name.withSuffix(get(name), get(region)));
  }
}
