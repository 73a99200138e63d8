package studbook.racingapi;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import studbook.model.Field;
import studbook.model.HorseName;
import studbook.model.RawProfile;
import studbook.model.RawProfile.RawParent;
import studbook.racingapi.decode.JsonField;
import studbook.racingapi.decode.JsonScalar;
import studbook.racingapi.decode.JsonValues;
import studbook.racingapi.drift.ValueRule;

/** A profile field of a runner; the rest of a racecard is skipped. */
enum RunnerField implements JsonField {
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

  static final Map<String, RunnerField> BY_NAME = JsonField.byName(values());

  private final JsonScalar scalar;
  private final @Nullable Field field;

  RunnerField(JsonScalar scalar, @Nullable Field field) {
    this.scalar = scalar;
    this.field = field;
  }

  @Override
  public JsonScalar scalar() {
    return scalar;
  }

  @Override
  public @Nullable Field field() {
    return field;
  }

  @Override
  public ValueRule rule() {
    return switch (this) {
      case DOB -> ValueRule.ISO_DATE;
      case SEX_CODE -> ValueRule.SEX_CODE;
      case COLOUR -> ValueRule.COLOUR_CODE;
      case REGION, SIRE_REGION, DAM_REGION, DAMSIRE_REGION -> ValueRule.REGION;
      default -> ValueRule.TEXT;
    };
  }

  /**
   * The runner in the form of a detailed profile: a racecard has bare names with separate regions,
   * and no colour code.
   */
  static RawProfile profile(JsonValues<RunnerField> values) {
    String colour = values.get(COLOUR);
    return new RawProfile(
        HorseName.withSuffix(values.get(HORSE), values.get(REGION)),
        values.get(DOB),
        values.get(SEX),
        values.get(SEX_CODE),
        colour,
        colour == null ? null : colour.toUpperCase(Locale.ROOT),
        values.get(BREEDER),
        parent(values, SIRE_ID, SIRE, SIRE_REGION),
        parent(values, DAM_ID, DAM, DAM_REGION),
        parent(values, DAMSIRE_ID, DAMSIRE, DAMSIRE_REGION),
        values.rejections());
  }

  private static RawParent parent(
      JsonValues<RunnerField> values, RunnerField id, RunnerField name, RunnerField region) {
    return new RawParent(
        values.get(id), HorseName.withSuffix(values.get(name), values.get(region)));
  }
}
