/** Rates, monotonic time and waiting, so that hours of work can be tested in milliseconds. */
@NullMarked
package studbook.time;

import org.jspecify.annotations.NullMarked;
