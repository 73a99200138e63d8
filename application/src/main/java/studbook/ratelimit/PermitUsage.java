package studbook.ratelimit;

import java.time.Duration;
import java.time.Instant;

/**
 * Feedback on a used or unused permit.
 *
 * @param permit its moment by the database's clock
 * @param late how late its request left, or would have left; the permit a window later waits as
 *     long
 * @param used false if nothing was sent, so that another process can use it
 */
record PermitUsage(Instant permit, Duration late, boolean used) {}
