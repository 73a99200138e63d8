package studbook.store.racecard;

import studbook.model.HorseId;
import studbook.model.RawProfile;

/** A horse's record from a racecard, whole and flawless, in the form of a detailed profile. */
public record CachedProfile(HorseId horse, RawProfile profile) {}
