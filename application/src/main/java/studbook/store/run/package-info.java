/** Runs, their plans and states, and the processes that work on them. */
@NullMarked
package studbook.store.run;

import org.jspecify.annotations.NullMarked;
