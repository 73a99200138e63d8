package studbook.racingapi;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import studbook.model.Field;
import studbook.model.RawProfile;
import studbook.model.RawProfile.RawParent;
import studbook.racingapi.decode.JsonField;
import studbook.racingapi.decode.JsonScalar;
import studbook.racingapi.decode.JsonValues;
import studbook.racingapi.drift.ValueRule;

/** A field of a profile; the standard one has few of them. */
enum ProfileField implements JsonField {
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

  static final Map<String, ProfileField> BY_NAME = JsonField.byName(values());

  private final JsonScalar scalar;
  private final @Nullable Field field;
  private final boolean isStandard;

  ProfileField(JsonScalar scalar, @Nullable Field field, boolean isStandard) {
    this.scalar = scalar;
    this.field = field;
    this.isStandard = isStandard;
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
      case COLOUR_CODE -> ValueRule.COLOUR_CODE;
      default -> ValueRule.TEXT;
    };
  }

  /** Whether a response of {@code endpoint} has it. */
  boolean isOf(Endpoint endpoint) {
    return isStandard || endpoint == Endpoint.PRO;
  }

  static RawProfile profile(JsonValues<ProfileField> values) {
    return new RawProfile(
        values.get(NAME),
        values.get(DOB),
        values.get(SEX),
        values.get(SEX_CODE),
        values.get(COLOUR),
        values.get(COLOUR_CODE),
        values.get(BREEDER),
        new RawParent(values.get(SIRE_ID), values.get(SIRE)),
        new RawParent(values.get(DAM_ID), values.get(DAM)),
        new RawParent(values.get(DAMSIRE_ID), values.get(DAMSIRE)),
        values.rejections());
  }

  /** The fields that a response of {@code endpoint} can have, and whether each was filled. */
  static Map<String, Boolean> filled(JsonValues<ProfileField> values, Endpoint endpoint) {
    Map<String, Boolean> filled = new LinkedHashMap<>();
    for (ProfileField field : values()) {
      if (field != ID && field.isOf(endpoint)) {
        String value = values.get(field);
        filled.put(field.jsonName(), value != null && !value.isBlank());
      }
    }
    return filled;
  }
}
