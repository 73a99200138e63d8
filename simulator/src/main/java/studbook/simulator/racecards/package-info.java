/** Racecard days in the API's shape, as large as real ones. */
@NullMarked
package studbook.simulator.racecards;

import org.jspecify.annotations.NullMarked;
