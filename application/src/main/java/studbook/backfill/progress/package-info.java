/** The figures of a run while it is under way, and who is told of them. */
@NullMarked
package studbook.backfill.progress;

import org.jspecify.annotations.NullMarked;
