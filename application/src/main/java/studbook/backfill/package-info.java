/**
 * A run from plan to finish. The classes here are the entry points; the packages below do the work.
 */
@NullMarked
package studbook.backfill;

import org.jspecify.annotations.NullMarked;
