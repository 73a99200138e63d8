/** Chunks of a run: claimed with a lease, completed, released; and the run's events. */
@NullMarked
package studbook.store.work;

import org.jspecify.annotations.NullMarked;
