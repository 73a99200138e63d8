/** Racecard days: their requests and order of writing, and cached profiles of earlier racecards. */
@NullMarked
package studbook.backfill.racecard;

import org.jspecify.annotations.NullMarked;
