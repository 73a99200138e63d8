/** From results to the database: one writer for outcomes, racecard days and cached profiles. */
@NullMarked
package studbook.backfill.write;

import org.jspecify.annotations.NullMarked;
