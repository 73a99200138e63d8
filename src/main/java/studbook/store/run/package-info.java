/** Runs, their plans, their state, and the processes that work on them. */
@NullMarked
package studbook.store.run;

import org.jspecify.annotations.NullMarked;
