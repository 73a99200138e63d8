/** Runs: the list, each with its progress, history and workers. */
@NullMarked
package studbook.dashboard.run;

import org.jspecify.annotations.NullMarked;
