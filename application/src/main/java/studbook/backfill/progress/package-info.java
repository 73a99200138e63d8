/** The live figures of a run, and their listeners. */
@NullMarked
package studbook.backfill.progress;

import org.jspecify.annotations.NullMarked;
