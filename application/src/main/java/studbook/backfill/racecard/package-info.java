/**
 * Racecard days: their requests, the order in which they are written, and profiles that earlier
 * racecards gave.
 */
@NullMarked
package studbook.backfill.racecard;

import org.jspecify.annotations.NullMarked;
