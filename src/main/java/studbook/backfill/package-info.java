/** A run from plan to finish: pieces of work, outcomes, progress. */
@NullMarked
package studbook.backfill;

import org.jspecify.annotations.NullMarked;
