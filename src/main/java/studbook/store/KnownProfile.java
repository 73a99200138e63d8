package studbook.store;

import studbook.horse.HorseId;
import studbook.horse.RawProfile;

/** A horse's record from a racecard, whole and flawless, in the form of a detailed profile. */
public record KnownProfile(HorseId horse, RawProfile profile) {}
