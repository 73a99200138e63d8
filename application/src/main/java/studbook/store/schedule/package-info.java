/** The jobs of the service in the database: what is due, what was run, what is disabled. */
@NullMarked
package studbook.store.schedule;

import org.jspecify.annotations.NullMarked;
