/**
 * Rates, monotonic time and waiting, replaceable so that hours of work are tested in milliseconds.
 */
@NullMarked
package studbook.time;

import org.jspecify.annotations.NullMarked;
