/**
 * What stops requests for a while: the circuit breaker, an unavailable database, an endpoint that
 * has moved, rows that the schema rejects.
 */
@NullMarked
package studbook.backfill.pause;

import org.jspecify.annotations.NullMarked;
