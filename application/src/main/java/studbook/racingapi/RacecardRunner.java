package studbook.racingapi;

import studbook.model.HorseId;
import studbook.model.RawProfile;

/** A runner of a racecard in the form of a detailed profile; not validated. */
public record RacecardRunner(HorseId horse, RawProfile profile) {}
