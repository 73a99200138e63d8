package studbook.simulator.racecards;

import java.time.LocalTime;
import java.util.List;
import studbook.simulator.population.HorseRecord;

/**
 * A race and its runners.
 *
 * @param number unique over all days
 */
record Race(long number, Racecourse racecourse, LocalTime off, List<HorseRecord> runners) {}
