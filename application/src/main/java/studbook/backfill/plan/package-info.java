/** What a run would take: horses, requests, time. */
@NullMarked
package studbook.backfill.plan;

import org.jspecify.annotations.NullMarked;
