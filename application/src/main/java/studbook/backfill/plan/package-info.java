/** The plan of a run: horses, requests, time. */
@NullMarked
package studbook.backfill.plan;

import org.jspecify.annotations.NullMarked;
