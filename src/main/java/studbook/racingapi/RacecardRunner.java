package studbook.racingapi;

import studbook.model.HorseId;
import studbook.model.RawProfile;

/** A horse on a racecard, brought into the form of a detailed profile; unchecked. */
public record RacecardRunner(HorseId horse, RawProfile profile) {}
