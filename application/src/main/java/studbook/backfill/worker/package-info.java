/**
 * The life cycle of a process that works on a run: start, heartbeat, coordination with other
 * processes, end.
 */
@NullMarked
package studbook.backfill.worker;

import org.jspecify.annotations.NullMarked;
