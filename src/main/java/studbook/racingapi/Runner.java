package studbook.racingapi;

import studbook.horse.HorseId;
import studbook.horse.RawProfile;

/** A horse on a racecard, brought into the form of a detailed profile; unchecked. */
public record Runner(HorseId horse, RawProfile profile) {}
