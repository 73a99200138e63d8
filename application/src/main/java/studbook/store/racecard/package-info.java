/** Racecard days of a run, and profiles cached from racecards. */
@NullMarked
package studbook.store.racecard;

import org.jspecify.annotations.NullMarked;
