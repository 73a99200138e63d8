/**
 * A run from its plan to its end. The classes here are the entry; the packages below do the work.
 */
@NullMarked
package studbook.backfill;

import org.jspecify.annotations.NullMarked;
