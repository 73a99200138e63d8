package studbook.racingapi;

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
}
