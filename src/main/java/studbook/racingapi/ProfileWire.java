package studbook.racingapi;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import studbook.horse.RawProfile;
import studbook.horse.RawProfile.RawParent;

/** A profile as the API sends it, in both shapes: the standard one leaves most of it out. */
record ProfileWire(
    @Nullable String id,
    @Nullable String name,
    @Nullable String dob,
    @Nullable String sex,
    @Nullable String sexCode,
    @Nullable String colour,
    @Nullable String colourCode,
    @Nullable String breeder,
    @Nullable String sire,
    @Nullable String sireId,
    @Nullable String dam,
    @Nullable String damId,
    @Nullable String damsire,
    @Nullable String damsireId) {

  RawProfile toRaw() {
    return new RawProfile(
        name,
        dob,
        sex,
        sexCode,
        colour,
        colourCode,
        breeder,
        new RawParent(sireId, sire),
        new RawParent(damId, dam),
        new RawParent(damsireId, damsire));
  }

  /** The fields that an answer of {@code endpoint} may have, and whether each was filled. */
  Map<String, Boolean> filled(Endpoint endpoint) {
    Map<String, Boolean> filled = new LinkedHashMap<>();
    filled.put("name", isFilled(name));
    filled.put("sire", isFilled(sire));
    filled.put("sire_id", isFilled(sireId));
    filled.put("dam", isFilled(dam));
    filled.put("dam_id", isFilled(damId));
    filled.put("damsire", isFilled(damsire));
    filled.put("damsire_id", isFilled(damsireId));
    if (endpoint == Endpoint.PRO) {
      filled.put("dob", isFilled(dob));
      filled.put("sex", isFilled(sex));
      filled.put("sex_code", isFilled(sexCode));
      filled.put("colour", isFilled(colour));
      filled.put("colour_code", isFilled(colourCode));
      filled.put("breeder", isFilled(breeder));
    }
    return filled;
  }

  private static boolean isFilled(@Nullable String value) {
    return value != null && !value.isBlank();
  }
}
