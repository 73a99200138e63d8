/** Read-only queries for the monitor, validation, reports and exports. */
@NullMarked
package studbook.store.statistics;

import org.jspecify.annotations.NullMarked;
