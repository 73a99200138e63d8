/**
 * Reasons to stop requests: the circuit breaker, an unavailable database, a moved endpoint, rows
 * that the schema rejects.
 */
@NullMarked
package studbook.backfill.pause;

import org.jspecify.annotations.NullMarked;
