package studbook.store.racecard;

import studbook.model.HorseId;
import studbook.model.RawProfile;

/** A complete, valid horse record from a racecard, in the form of a detailed profile. */
public record CachedProfile(HorseId horse, RawProfile profile) {}
